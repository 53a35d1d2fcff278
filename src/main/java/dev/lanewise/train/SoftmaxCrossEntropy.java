package dev.lanewise.train;

import dev.lanewise.CrossEntropyOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Cross-entropy of the softmax of logits.
record SoftmaxCrossEntropy() implements Loss {

  @Override
  public void requireTargets(Tensor outputs, Tensor targets, Tensor weights) {
    if (CrossEntropyOps.areClasses(outputs, targets, this)) {
      CrossEntropyOps.requireClasses(targets, outputs.shape().last(), this, "targets");
    } else {
      CrossEntropyOps.requireProbabilities(targets, this, "targets");
    }
    Targets.requireWeights(this, outputs, weights);
  }

  @Override
  public double valueAndGradient(Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor gradient, Workspace ws) {
    requireTargets(outputs, targets, weights);
    return scale * CrossEntropyOps.valueAndGradient(outputs, targets, weights, scale, gradient, ws);
  }

  @Override
  public void hessianProduct(
      Tensor outputs, Tensor targets, Tensor weights, double scale, Tensor directions, Tensor product, Workspace ws) {
    requireTargets(outputs, targets, weights);
    CrossEntropyOps.hessianProduct(outputs, targets, weights, scale, directions, product, ws);
  }

  /// `softmaxCrossEntropy`.
  @Override
  public String toString() {
    return "softmaxCrossEntropy";
  }
}
