package dev.lanewise.nn.block;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Axes;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;

/// Brings the features of each sample to mean 0 and deviation 1, then to a deviation γ and a mean β of each feature
/// that are trained.
///
/// With X̂ = (X − m(X))·r, r = 1/√(m((X − m(X))²) + ε), m(·) the mean over the last axes, those of `normalized`,
///
/// - **value**: Y = γ ⊙ X̂ + β; X, Y `[batch, …, …normalized]`
/// - **parameters**: `weight` γ, `bias` β; `[…normalized]`
/// - **residuals**: the values of the expression
/// - **tangent**: Ẏ = γ ⊙ X̂̇ + γ̇ ⊙ X̂ + β̇, X̂̇ = P(Ẋ), P(u) = r·(u − m(u) − X̂·m(X̂ ⊙ u)); Ẋ, Ẏ with a chunk before
/// - **cotangent**: X̄ = P(γ ⊙ Ȳ), γ̄ += Σ X̂ ⊙ Ȳ, β̄ += Σ Ȳ over all but the last axes; as the tangents
/// - **its tangent**: X̄̇ = P(γ ⊙ Ȳ̇ + γ̇ ⊙ Ȳ) + Ṗ(γ ⊙ Ȳ), γ̄̇ += Σ X̂̇ ⊙ Ȳ + X̂ ⊙ Ȳ̇, β̄̇ += Σ Ȳ̇; as the tangents; Ȳ
///   of one direction
///
/// with Ṗ(u) = −r·m(X̂ ⊙ Ẋ)·P(u) − r·(X̂̇·m(X̂ ⊙ u) + X̂·m(X̂̇ ⊙ u)). An expression ([Graph]), and a chain for
/// planners: γ and β are diagonal. Ba, Kiros & Hinton 2016, *Layer normalization*, equations 3 and 4; all as PyTorch's.
public final class LayerNorm extends Blockwise {

  private static final double EPSILON = 1e-5;

  private record Hyperparameters(double epsilon, boolean elementwiseAffine, boolean bias) {}

  private final Hyperparameters own;

  /// Over the last axis, with ε = 1e-5, γ and β.
  ///
  /// @throws IllegalArgumentException for less than one feature
  public LayerNorm(int features) {
    this(Shape.of(features), EPSILON, true, true);
  }

  /// Over the last axes, as many as `normalized` has, with ε = 1e-5, γ and β.
  ///
  /// @throws IllegalArgumentException for a shape without axes, or with an empty one
  public LayerNorm(Shape normalized) {
    this(normalized, EPSILON, true, true);
  }

  /// @param normalized the last axes of the input, which are normalised together
  /// @param epsilon ε, above 0
  /// @param elementwiseAffine whether there are γ and β
  /// @param bias whether there is β beside γ
  /// @throws IllegalArgumentException for a shape without axes or with an empty one, or an ε not above 0
  public LayerNorm(Shape normalized, double epsilon, boolean elementwiseAffine, boolean bias) {
    this(normalized, new Hyperparameters(epsilon, elementwiseAffine, bias && elementwiseAffine));
  }

  private LayerNorm(Shape normalized, Hyperparameters own) {
    super(expression(normalized, own), normalized, own);
    this.own = own;
  }

  private static Layer expression(Shape normalized, Hyperparameters own) {
    Normalization.require("LayerNorm", normalized, own.epsilon);
    return Graph.layer(normalized, x -> {
      Node centered = x.minus(x.mean(Axes.kept()));
      Node scaled = Normalization.scaled(centered, own.epsilon);
      if (!own.elementwiseAffine) {
        return scaled;
      }
      Node weighted = scaled.times(x.parameter("weight", normalized, Normalization.ONES));
      return own.bias ? weighted.plus(x.parameter("bias", normalized, Initializer.zeros())) : weighted;
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

  /// For example `LayerNorm[[64]]`, and what is not the default.
  @Override
  public String toString() {
    return "LayerNorm[" + block() + (own.epsilon == EPSILON ? "" : ", epsilon " + own.epsilon)
        + (own.elementwiseAffine ? own.bias ? "" : ", no bias" : ", no parameters") + "]";
  }
}
