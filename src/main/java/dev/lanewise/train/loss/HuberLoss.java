package dev.lanewise.train.loss;

import dev.lanewise.LossOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The mean of Huber's loss of a row's differences.
///
/// @param delta where the parabola ends and the straight line begins
record HuberLoss(double delta) implements Loss {

  HuberLoss {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Loss.huber: delta is " + delta + ", expected a positive number");
    }
  }

  @Override
  public void requireTargets(Precision precision, Shape outputs, Tensor targets, Tensor weights) {
    precision.requirePositive(delta, "Loss.huber", "delta");
    LossOps.requireNumbers(precision, outputs, targets, weights, this);
  }

  @Override
  public double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient,
      Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    double factor = scale / outputs.shape().last();
    return factor * LossOps.huber(outputs, targets, weights, delta, factor, gradient, ws);
  }

  @Override
  public void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    LossOps.huberCurvature(outputs, targets, weights, delta, scale / outputs.shape().last(), directions, product);
  }

  @Override
  public String toString() {
    return "huber(" + delta + ")";
  }
}
