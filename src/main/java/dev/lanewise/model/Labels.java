package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Classes by number.
final class Labels {

  private Labels() {}

  /// Checks that each label is one of `classes` classes.
  ///
  /// @throws IllegalArgumentException naming the row of the first that is not
  static void require(int[] labels, int classes, Object owner) {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new IllegalArgumentException(owner + ": label is " + labels[row] + " at row " + row + ", expected 0 to " + (classes - 1));
      }
    }
  }

  /// The labels as a loss takes them, `[rows]`.
  static Tensor targets(int[] labels, Precision precision) {
    Tensor targets = Tensor.zeros(precision, labels.length);
    for (int row = 0; row < labels.length; row++) {
      targets.set(row, labels[row]);
    }
    return targets;
  }

  /// The column of each row's largest number, of equals the first.
  static int[] ofLargest(Tensor rows) {
    int[] largest = new int[rows.shape().dim(0)];
    for (int row = 0; row < largest.length; row++) {
      for (int column = 1; column < rows.shape().dim(1); column++) {
        if (rows.get(row, column) > rows.get(row, largest[row])) {
          largest[row] = column;
        }
      }
    }
    return largest;
  }
}
