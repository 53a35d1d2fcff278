package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.train.data.Standardizer;
import java.util.Optional;

/// The door for data that all of the package share.
final class Doors {

  private Doors() {}

  /// Checks that these are rows of `columns` finite numbers.
  ///
  /// @throws IllegalArgumentException naming both shapes, or row and column of the first number that is not finite
  static void requireMatrix(Tensor rows, int columns, Object owner, String name) {
    RowOps.requireRows(rows, columns, owner, name);
    rows.requireFinite(owner, name);
  }

  /// Finite numbers as a network takes them: standardized if they are to be, and rounded once to its precision.
  ///
  /// @throws IllegalArgumentException if one is infinite then, naming the number as it was given with its row and
  ///     column
  static Tensor prepared(
      Tensor rows, Optional<Standardizer> standardizer, Precision precision, Object owner, String name) {
    if (standardizer.isPresent()) {
      return standardizer.get().apply(rows, precision, owner, name);
    }
    return RowOps.rounded(rows, precision, owner, name);
  }
}
