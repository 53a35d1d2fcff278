package thirdparty;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;

/// Somebody else's layers, each an expression: what [ScaledResidual] is by hand, and five more.
final class LayersByExpression {

  private LayersByExpression() {}

  /// x + α·tanh(W·x).
  static Layer scaledResidual(int features, double alpha) {
    return Graph.layer(Shape.of(features), x -> x.plus(x.linear("inner", features, false).tanh().times(alpha)));
  }

  /// [sin B·x; cos B·x]: Rahimi & Recht 2007, *Random features for large-scale kernel machines*.
  static Layer fourierFeatures(int features, int frequencies) {
    return Graph.layer(Shape.of(features), x -> {
      Node z = x.linear("frequencies", frequencies, false);
      return Node.concat(z.sin(), z.cos());
    });
  }

  /// D·(silu(G·x) ⊙ U·x): Shazeer 2020, *GLU variants improve transformer*.
  static Layer gatedUnit(int features, int hidden) {
    return Graph.layer(Shape.of(features), x -> {
      Node gate = x.linear("gate", hidden, false).activate(Activation.SILU);
      return gate.times(x.linear("up", hidden, false)).linear("down", features, false);
    });
  }

  /// exp(−softplus(g_i)·‖x − c_i‖²) of each centre c_i.
  static Layer radialBasis(int features, int centres) {
    return Graph.layer(Shape.of(features), x -> {
      Node c = x.parameter("centres", Shape.of(centres, features), Initializer.normal(1));
      Node steepness = x.parameter("steepness", Shape.of(centres), Initializer.zeros()).activate(Activation.SOFTPLUS);
      return x.minus(c).squaredNorm(-1).times(steepness).negate().exp();
    });
  }

  /// log Σ_i softmax(l)_i·N(x; μ_i, diag exp s_i).
  static Layer mixtureLogLikelihood(int features, int components) {
    return Graph.layer(Shape.of(features), x -> {
      Node logits = x.parameter("logits", Shape.of(components), Initializer.zeros());
      Node mean = x.parameter("mean", Shape.of(components, features), Initializer.normal(1));
      Node logVariance = x.parameter("log_variance", Shape.of(components, features), Initializer.zeros());
      Node distance = x.minus(mean).square().times(logVariance.negate().exp()).plus(logVariance).sum(-1);
      double constant = features * Math.log(2 * Math.PI);
      return logits.logSoftmax().minus(distance.plus(constant).times(0.5)).logSumExp();
    });
  }

  /// Each channel of an image scaled by what all say of it: Hu, Shen & Sun 2018, *Squeeze-and-excitation networks*.
  static Layer squeezeAndExcitation(int channels, int height, int width, int reduced) {
    return Graph.layer(Shape.of(channels, height, width), x -> {
      Node squeezed = x.mean(1, 2).linear("squeeze", reduced).relu();
      return x.times(squeezed.linear("excite", channels).sigmoid().reshape(channels, 1, 1));
    });
  }
}
