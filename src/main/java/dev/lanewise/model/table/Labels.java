package dev.lanewise.model.table;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Classes by number.
public final class Labels {

  private Labels() {}

  /// Checks that each label is one of `classes` classes.
  public static void require(int[] labels, int classes, Object owner) {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new IllegalArgumentException(owner + ": label is " + labels[row] + " at row " + row + ", expected 0 to "
            + (classes - 1));
      }
    }
  }

  /// The names `0`, `1`, … of `count` classes, outputs or features.
  public static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /// The labels as a loss takes them, `[rows]`.
  public static Tensor targets(int[] labels, Precision precision) {
    Tensor targets = Tensor.zeros(precision, labels.length);
    for (int row = 0; row < labels.length; row++) {
      targets.set(row, labels[row]);
      if (targets.get(row) != labels[row]) {
        throw new IllegalArgumentException("Labels: label is " + labels[row] + " at row " + row
            + ", expected one that " + precision + " holds exactly");
      }
    }
    return targets;
  }

  /// The column of each row's largest number; ties go to the lowest column.
  public static int[] ofLargest(Tensor rows, Object owner, String name) {
    int[] largest = new int[rows.shape().dim(0)];
    for (int row = 0; row < largest.length; row++) {
      for (int column = 0; column < rows.shape().dim(1); column++) {
        double value = rows.get(row, column);
        if (value > rows.get(row, largest[row])) {
          largest[row] = column;
        }
        if (Double.isNaN(value)) {
          throw new IllegalArgumentException(
              owner + ": " + name + " has NaN at row " + row + ", column " + column + ", expected a number");
        }
      }
      if (Double.isInfinite(rows.get(row, largest[row]))) {
        throw new IllegalArgumentException(owner + ": " + name + " has " + rows.get(row, largest[row]) + " at row "
            + row + ", column " + largest[row] + " as the largest, expected a finite number");
      }
    }
    return largest;
  }
}
