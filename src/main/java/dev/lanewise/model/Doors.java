package dev.lanewise.model;

import dev.lanewise.RowOps;
import dev.lanewise.Tensor;

/// The door for data that all of the package share.
final class Doors {

  private Doors() {}

  /// Checks that these are rows of `columns` finite numbers.
  ///
  /// @throws IllegalArgumentException naming both shapes, or row and column of the first number that is not finite
  static void requireMatrix(Tensor rows, int columns, Object owner, String name) {
    if (rows.isNone() || rows.shape().rank() != 2 || rows.shape().dim(1) != columns) {
      throw new IllegalArgumentException(owner + ": " + name + " has shape " + rows.shape() + ", expected [rows, " + columns + "]");
    }
    RowOps.requireFinite(rows, owner, name);
  }
}
