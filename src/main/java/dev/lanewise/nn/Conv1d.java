package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.Window;
import java.util.Objects;
import java.util.Optional;

/// Convolution of sequences, then an activation, fused into one pass.
///
/// - **value**: Y = φ(Z), Z = W ∗ X + b; X `[batch, in, time]`, Y `[batch, out, positions]`
/// - **parameters**: `weight` W, `bias` b; `[out, in / groups, window]`, `[out]`
/// - **residuals**: X, and Y or the slope S = φ′(Z); [Activation#slopeFromOutput()] says which
/// - **tangent**: Ẏ = φ′(Z) ⊙ (W ∗ Ẋ + Ẇ ∗ X + ḃ); Ẋ `[chunk, …X]`, Ẏ `[chunk, …Y]`
/// - **cotangent**: Z̄ = φ′(Z) ⊙ Ȳ, X̄ = Wᵀ ∗ Z̄, W̄ += Σ Z̄·X, b̄ += Σ Z̄; as the tangents; W̄, b̄ for each direction
/// - **its tangent**: Z̄̇ = φ′(Z) ⊙ Ȳ̇ + φ″(Z) ⊙ Ȳ ⊙ Ż, X̄̇ = Wᵀ ∗ Z̄̇ + Ẇᵀ ∗ Z̄, W̄̇ += Σ Z̄̇·X + Σ Z̄·Ẋ, b̄̇ += Σ
///   Z̄̇; as the tangents; Ȳ of one direction
///
/// (W ∗ X)(o, r) = Σ W(o, a, i)·X(a, s·r + d·i − p), with zeros outside of the sequence: [Conv2d] of images of one row.
/// Waibel, Hanazawa, Hinton, Shikano & Lang 1989, *Phoneme recognition using time-delay neural networks*; sizes as
/// Dumoulin & Visin 2016, relationship 14 ([Window]).
///
/// @param in channels of the input
/// @param out channels of the output
/// @param window of one row, `Window.line(size)`: its size, stride s, padding p and dilation d
/// @param groups parts of the channels that do not see each other; divides `in` and `out`
/// @param bias whether there is a bias b
/// @param activation φ
/// @param initializer the initial values of W; b starts from 0
public record Conv1d(
    int in, int out, Window window, int groups, boolean bias, Activation activation,
    Initializer initializer) implements Layer {

  /// @throws IllegalArgumentException for channels below 1, a number of groups that does not divide both, or a window
  ///     of more than one row
  public Conv1d {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initializer, "initializer");
    Conv2d.requireChannels("Conv1d", in, out, groups);
    if (window.height() != 1 || window.paddingHeight() != 0) {
      throw new IllegalArgumentException("Conv1d: window is " + window + ", expected one row without padding above");
    }
  }

  /// With a bias, one group, W from [Initializer#glorotUniform()].
  public Conv1d(int in, int out, Window window, Activation activation) {
    this(in, out, window, 1, true, activation, Conv2d.DEFAULT);
  }

  /// With a bias, one group and no activation, W from [Initializer#glorotUniform()].
  public Conv1d(int in, int out, Window window) {
    this(in, out, window, Activation.IDENTITY);
  }

  /// {@return the same layer with another number of groups}
  ///
  /// @throws IllegalArgumentException if they do not divide the channels
  public Conv1d withGroups(int other) {
    return new Conv1d(in, out, window, other, bias, activation, initializer);
  }

  /// {@return the same layer without b}
  public Conv1d withoutBias() {
    return new Conv1d(in, out, window, groups, false, activation, initializer);
  }

  /// {@return the same layer with another activation}
  public Conv1d withActivation(Activation other) {
    return new Conv1d(in, out, window, groups, bias, other, initializer);
  }

  /// {@return the same layer, W starting from another initializer: `Initializer.heNormal()` suits relu}
  public Conv1d withInitializer(Initializer other) {
    return new Conv1d(in, out, window, groups, bias, activation, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    Conv2d.requireInput(input, input.rank() == 3, in, "time", this);
    return Shape.of(input.dim(0), out, window.positionsAlongWidth(input.dim(2), this));
  }

  /// `weight` by the initializer, `bias` 0.
  @Override
  public ParameterSpec parameters() {
    return Dense.parameters(Shape.of(out, in / groups, window.width()), bias, initializer);
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    return ConvolutionLinearization.structure(outputShape(input), in / groups * window.taps(), activation);
  }

  @Override
  public Optional<Layer> activatedBy(Activation phi) {
    return activation == Activation.IDENTITY ? Optional.of(withActivation(phi)) : Optional.empty();
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    return ConvolutionLinearization.forward(this, window, groups, bias, activation, x, theta, ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    return ConvolutionLinearization.at(this, window, groups, bias, activation, x, theta, ws);
  }

  /// For example `Conv1d[in=3, out=8, 1×3, padding 0×1, RELU]`, and what is not the default.
  @Override
  public String toString() {
    return "Conv1d[in=" + in + ", out=" + out + ", " + window + (groups == 1 ? "" : ", groups " + groups)
        + (bias ? "" : ", no bias") + (activation == Activation.IDENTITY ? "" : ", " + activation)
        + (initializer.equals(Conv2d.DEFAULT) ? "" : ", " + initializer) + "]";
  }
}
