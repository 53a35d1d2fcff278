package dev.lanewise.nn.block;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;

/// Brings the features of each sample to mean square 1, then to a scale γ of each feature that is trained.
///
/// With X̂ = X·r, r = 1/√(m(X²) + ε), m(·) the mean over the last axes, those of `normalized`,
///
/// - **value**: Y = γ ⊙ X̂; X, Y `[batch, …, …normalized]`
/// - **parameters**: `weight` γ; `[…normalized]`
/// - **residuals**: the values of the expression
/// - **tangent**: Ẏ = γ ⊙ X̂̇ + γ̇ ⊙ X̂, X̂̇ = P(Ẋ), P(u) = r·(u − X̂·m(X̂ ⊙ u)); Ẋ, Ẏ with a chunk before
/// - **cotangent**: X̄ = P(γ ⊙ Ȳ), γ̄ += Σ X̂ ⊙ Ȳ over all but the last axes; as the tangents
/// - **its tangent**: X̄̇ = P(γ ⊙ Ȳ̇ + γ̇ ⊙ Ȳ) + Ṗ(γ ⊙ Ȳ), γ̄̇ += Σ X̂̇ ⊙ Ȳ + X̂ ⊙ Ȳ̇; as the tangents; Ȳ of one
///   direction
///
/// with Ṗ(u) = −r·m(X̂ ⊙ Ẋ)·P(u) − r·(X̂̇·m(X̂ ⊙ u) + X̂·m(X̂̇ ⊙ u)). An expression ([Graph]). ε is 1e-6 in either
/// precision, where PyTorch's default is the precision's own spacing at 1. Zhang & Sennrich 2019, *Root mean square
/// layer normalization*, equation 4.
public final class RmsNorm extends Blockwise {

  private static final double EPSILON = 1e-6;

  private record Hyperparameters(double epsilon, boolean elementwiseAffine) {}

  private final Hyperparameters own;

  /// Over the last axis, with ε = 1e-6 and γ.
  ///
  /// @throws IllegalArgumentException for less than one feature
  public RmsNorm(int features) {
    this(Shape.of(features), EPSILON, true);
  }

  /// Over the last axes, as many as `normalized` has, with ε = 1e-6 and γ.
  ///
  /// @throws IllegalArgumentException for a shape without axes, or with an empty one
  public RmsNorm(Shape normalized) {
    this(normalized, EPSILON, true);
  }

  /// @param normalized the last axes of the input, which are normalised together
  /// @param epsilon ε, above 0
  /// @param elementwiseAffine whether there is γ
  /// @throws IllegalArgumentException for a shape without axes or with an empty one, or an ε not above 0
  public RmsNorm(Shape normalized, double epsilon, boolean elementwiseAffine) {
    this(normalized, new Hyperparameters(epsilon, elementwiseAffine));
  }

  private RmsNorm(Shape normalized, Hyperparameters own) {
    super(expression(normalized, own), normalized, own);
    this.own = own;
  }

  private static Layer expression(Shape normalized, Hyperparameters own) {
    Normalization.require("RmsNorm", normalized, own.epsilon);
    return Graph.layer(normalized, x -> {
      Node scaled = Normalization.scaled(x, own.epsilon);
      return own.elementwiseAffine ? scaled.times(x.parameter("weight", normalized, Normalization.ONES)) : scaled;
    });
  }

  /// {@return ε}
  public double epsilon() {
    return own.epsilon;
  }

  /// {@return the last axes of the input, which are normalised together}
  public Shape normalized() {
    return block();
  }

  /// For example `RmsNorm[[64]]`, and what is not the default.
  @Override
  public String toString() {
    return "RmsNorm[" + block() + (own.epsilon == EPSILON ? "" : ", epsilon " + own.epsilon)
        + (own.elementwiseAffine ? "" : ", no parameters") + "]";
  }
}
