package dev.lanewise.train;

import dev.lanewise.RowOps;
import dev.lanewise.Tensor;

/// The doors that losses share.
final class Targets {

  private Targets() {}

  /// Checks targets that are numbers, one for each output.
  static void requireNumbers(Loss loss, Tensor outputs, Tensor targets, Tensor weights) {
    targets.require(outputs.precision(), outputs.shape(), loss, "targets");
    RowOps.requireFinite(targets, loss, "targets");
    requireWeights(loss, outputs, weights);
  }

  /// Checks weights: one for each row, none of them negative.
  static void requireWeights(Loss loss, Tensor outputs, Tensor weights) {
    if (weights.isNone()) {
      return;
    }
    if (weights.size() != outputs.shape().rows() || weights.precision() != outputs.precision()) {
      throw new IllegalArgumentException(loss + ": weights are " + weights.precision() + " " + weights.shape() + ", expected "
          + outputs.precision() + " of " + outputs.shape().rows() + " elements, one for each row");
    }
    for (int row = 0; row < weights.size(); row++) {
      if (!(weights.get(row) >= 0 && weights.get(row) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            loss + ": weights has " + weights.get(row) + " at row " + row + ", expected a finite number, at least 0");
      }
    }
  }
}
