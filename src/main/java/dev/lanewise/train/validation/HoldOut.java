package dev.lanewise.train.validation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Holds a random share of the rows out of training. The same seed gives the same rows.
///
/// @param share of the rows held out, more than 0 and less than 1
/// @param seed of the choice
public record HoldOut(double share, long seed) {

  /// @throws IllegalArgumentException if the share is not more than 0 and less than 1
  public HoldOut {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("HoldOut: share is " + share + ", expected more than 0 and less than 1");
    }
  }

  /// Divides `rows` rows: share·rows of them are held out, rounded to a whole number. At least one is held out, and at
  /// least one is trained on.
  ///
  /// @return which rows are held out, and which are trained on
  /// @throws IllegalArgumentException for fewer than 2 rows
  public Fold fold(int rows) {
    requireRows(rows);
    return fold(rows, List.of(new Deck(seed).shuffle(IntStream.range(0, rows).toArray())), new int[] {heldOut(rows)});
  }

  /// Divides rows that belong to classes. Of a class of n rows share·n are held out, rounded up or down so that the
  /// share of all rows is as close as possible. Each class keeps at least one training row.
  ///
  /// The classes with the largest remainders are rounded up, as in Hamilton's method of apportionment; ties are drawn.
  ///
  /// @param labels the class of each row, 0 or more
  /// @return which rows are held out, and which are trained on
  /// @throws IllegalArgumentException for fewer than 2 rows, a negative label, or if no class has two rows
  public Fold stratified(int[] labels) {
    requireRows(labels.length);
    Deck deck = new Deck(seed);
    List<int[]> classes = Deck.classes(labels, this).stream().map(deck::shuffle).toList();
    int[] counts = classes.stream().mapToInt(rows -> Math.min((int) (share * rows.length), rows.length - 1)).toArray();
    int[] roundedUp = Arrays.stream(deck.shuffle(IntStream.range(0, counts.length).toArray())).boxed()
        .filter(c -> remainder(classes.get(c).length) > 0 && counts[c] + 1 < classes.get(c).length)
        .sorted(Comparator.comparingDouble(c -> -remainder(classes.get(c).length)))
        .limit(Math.max(0, heldOut(labels.length) - Arrays.stream(counts).sum()))
        .mapToInt(Integer::intValue).toArray();
    Arrays.stream(roundedUp).forEach(c -> counts[c]++);
    if (Arrays.stream(counts).sum() == 0) {
      throw new IllegalArgumentException(this + ": each of the " + classes.size()
          + " classes has 1 row, expected one of at least 2");
    }
    return fold(labels.length, classes, counts);
  }

  private double remainder(int rows) {
    return share * rows - Math.floor(share * rows);
  }

  /// Half a row rounds down.
  private int heldOut(int rows) {
    return Math.clamp((long) Math.ceil(share * rows - 0.5), 1, rows - 1);
  }

  /// Holds out the first `counts[c]` of each class.
  private static Fold fold(int rows, List<int[]> classes, int[] counts) {
    int[] foldOf = new int[rows];
    for (int c = 0; c < counts.length; c++) {
      Arrays.stream(classes.get(c), 0, counts[c]).forEach(row -> foldOf[row] = 1);
    }
    return new Fold(foldOf, 1);
  }

  private void requireRows(int rows) {
    if (rows < 2) {
      throw new IllegalArgumentException(this + ": data has " + rows + " rows, expected at least 2");
    }
  }
}
