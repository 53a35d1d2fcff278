package dev.lanewise.train.loss;

import dev.lanewise.CrossEntropyOps;
import dev.lanewise.LossOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Cross-entropy of the softmax of logits.
record SoftmaxCrossEntropy() implements Loss {

  @Override
  public void requireTargets(Precision precision, Shape outputs, Tensor targets, Tensor weights) {
    if (CrossEntropyOps.areClasses(precision, outputs, targets, this)) {
      CrossEntropyOps.requireClasses(targets, outputs.last(), this, "targets");
    } else {
      CrossEntropyOps.requireProbabilities(targets, this, "targets");
    }
    LossOps.requireWeights(precision, outputs, weights, this);
  }

  @Override
  public double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient,
      Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    return scale * CrossEntropyOps.valueAndGradient(outputs, targets, weights, scale, gradient, ws);
  }

  @Override
  public void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws) {
    requireTargets(outputs.precision(), outputs.shape(), targets, weights);
    CrossEntropyOps.hessianProduct(outputs, targets, weights, scale, directions, product, ws);
  }

  @Override
  public String toString() {
    return "softmaxCrossEntropy";
  }
}
