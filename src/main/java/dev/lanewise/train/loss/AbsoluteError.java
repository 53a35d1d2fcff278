package dev.lanewise.train.loss;

import dev.lanewise.LossOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The mean of a row's absolute differences.
record AbsoluteError() implements Loss {

  @Override
  public void requireTargets(Precision precision, Shape outputs, Tensor targets, Tensor weights) {
    LossOps.requireNumbers(precision, outputs, targets, weights, this);
  }

  @Override
  public double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient,
      Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    double factor = scale / outputs.shape().last();
    return factor * LossOps.absolute(outputs, targets, weights, factor, gradient, ws);
  }

  /// 0, also at the corner, where there is no second derivative.
  @Override
  public void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    directions.requireChunk(outputs.precision(), outputs.shape(), this, "directions");
    product.require(outputs.precision(), directions.shape(), this, "product");
    product.fill(0);
  }

  @Override
  public String toString() {
    return "meanAbsoluteError";
  }
}
