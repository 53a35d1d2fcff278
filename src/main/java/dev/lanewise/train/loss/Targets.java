package dev.lanewise.train.loss;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;

/// The doors that losses share.
final class Targets {

  private Targets() {}

  /// 1/B for the mean over the rows.
  static double mean(Loss loss, Tensor outputs) {
    if (outputs.shape().rows() == 0) {
      throw new IllegalArgumentException(loss + ": outputs have shape " + outputs.shape() + ", expected at least 1 row to take a mean of");
    }
    return 1.0 / outputs.shape().rows();
  }

  /// Checks targets that are numbers, one for each output.
  static void requireNumbers(Loss loss, Precision precision, Shape outputs, Tensor targets, Tensor weights) {
    targets.require(precision, outputs, loss, "targets");
    targets.requireFinite(loss, "targets");
    requireWeights(loss, precision, outputs, weights);
  }

  /// Checks weights: one for each row, none of them negative.
  static void requireWeights(Loss loss, Precision precision, Shape outputs, Tensor weights) {
    if (weights.isNone()) {
      return;
    }
    if (weights.size() != outputs.rows() || weights.precision() != precision) {
      throw new IllegalArgumentException(loss + ": weights are " + weights.precision() + " " + weights.shape() + ", expected "
          + precision + " of " + outputs.rows() + " elements, one for each row");
    }
    for (int row = 0; row < weights.size(); row++) {
      if (!(weights.get(row) >= 0 && weights.get(row) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            loss + ": weights has " + weights.get(row) + " at row " + row + ", expected a finite number, at least 0");
      }
    }
  }
}
