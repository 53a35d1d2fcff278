package dev.lanewise.nn.block;

import dev.lanewise.Initializer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Axes;
import dev.lanewise.graph.Node;

/// Shared by normalisations of features.
final class Normalization {

  static final Initializer ONES = (parameter, _) -> parameter.fill(1);

  private Normalization() {}

  /// {@return a/√(m(a²) + ε), m over all axes}
  static Node scaled(Node a, double epsilon) {
    Node meanSquare = a.squaredNorm(Axes.kept()).times(1.0 / a.shape().size());
    return a.times(meanSquare.plus(epsilon).sqrt().reciprocal());
  }

  /// @throws IllegalArgumentException for a shape without axes or with an empty one, or an ε not above 0
  static void require(String layer, Shape normalized, double epsilon) {
    if (normalized.rank() == 0 || normalized.size() == 0) {
      throw new IllegalArgumentException(
          layer + ": normalized is " + normalized + ", expected at least one axis, none of length 0");
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(layer + ": epsilon is " + epsilon + ", expected a number above 0");
    }
  }
}
