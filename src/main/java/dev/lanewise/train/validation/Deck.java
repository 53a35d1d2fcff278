package dev.lanewise.train.validation;

import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/// Rows of a data set, shuffled to be dealt out to folds. The same seed gives the same order.
final class Deck {

  private final RandomGenerator random;

  Deck(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// Fisher and Yates's shuffle, in place.
  int[] shuffle(int[] rows) {
    for (int at = rows.length - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      int row = rows[at];
      rows[at] = rows[other];
      rows[other] = row;
    }
    return rows;
  }

  /// The rows of each class, classes and rows ascending.
  static List<int[]> classes(int[] labels, Object owner) {
    TreeMap<Integer, IntStream.Builder> classes = new TreeMap<>();
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0) {
        throw new IllegalArgumentException(owner + ": label is " + labels[row] + " at row " + row
            + ", expected 0 or more");
      }
      classes.computeIfAbsent(labels[row], _ -> IntStream.builder()).add(row);
    }
    return classes.values().stream().map(members -> members.build().toArray()).toList();
  }
}
