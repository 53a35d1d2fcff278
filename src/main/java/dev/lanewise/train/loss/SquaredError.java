package dev.lanewise.train.loss;

import dev.lanewise.LossOps;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Squared differences: half their sum over a row's outputs, or their mean.
enum SquaredError implements Loss {
  /// ½‖y − o‖².
  HALF_SUM,
  /// (1/C)·‖y − o‖².
  MEAN;

  private double factor(Tensor outputs) {
    return this == HALF_SUM ? 0.5 : 1.0 / outputs.shape().last();
  }

  @Override
  public void requireTargets(Precision precision, Shape outputs, Tensor targets, Tensor weights) {
    LossOps.requireNumbers(precision, outputs, targets, weights, this);
  }

  @Override
  public double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient,
      Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    double factor = scale * factor(outputs);
    return factor * LossOps.squared(outputs, targets, weights, 2 * factor, gradient, ws);
  }

  @Override
  public void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    directions.requireChunk(outputs.precision(), outputs.shape(), this, "directions");
    RowOps.scaleRows(2 * scale * factor(outputs), weights, directions, product);
  }

  @Override
  public String toString() {
    return this == HALF_SUM ? "halfSquaredError" : "meanSquaredError";
  }
}
