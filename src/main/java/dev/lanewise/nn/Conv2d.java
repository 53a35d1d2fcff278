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

/// Convolution of images, then an activation, fused into one pass.
///
/// - **value**: Y = φ(Z), Z = W ∗ X + b; X `[batch, in, height, width]`, Y `[batch, out, rows, columns]`
/// - **parameters**: `weight` W, `bias` b; `[out, in / groups, window]`, `[out]`
/// - **residuals**: X, and Y or the slope S = φ′(Z); [Activation#slopeFromOutput()] says which
/// - **tangent**: Ẏ = φ′(Z) ⊙ (W ∗ Ẋ + Ẇ ∗ X + ḃ); Ẋ `[chunk, …X]`, Ẏ `[chunk, …Y]`
/// - **cotangent**: Z̄ = φ′(Z) ⊙ Ȳ, X̄ = Wᵀ ∗ Z̄, W̄ += Σ Z̄·X, b̄ += Σ Z̄; as the tangents; W̄, b̄ for each direction
/// - **its tangent**: Z̄̇ = φ′(Z) ⊙ Ȳ̇ + φ″(Z) ⊙ Ȳ ⊙ Ż, X̄̇ = Wᵀ ∗ Z̄̇ + Ẇᵀ ∗ Z̄, W̄̇ += Σ Z̄̇·X + Σ Z̄·Ẋ, b̄̇ += Σ
///   Z̄̇; as the tangents; Ȳ of one direction
///
/// (W ∗ X)(o, r, c) = Σ W(o, a, i, j)·X(a, s·r + d·i − p, s·c + d·j − p), with zeros outside of the image: what the
/// field calls a convolution is a cross-correlation. `groups` divides the channels into equal parts, and output channel
/// o depends only on the input channels of its group; with as many groups as channels the layer is depthwise. LeCun,
/// Bottou, Bengio & Haffner 1998, section II; sizes as Dumoulin & Visin 2016, relationship 14 ([Window]).
///
/// @param in channels of the input
/// @param out channels of the output
/// @param window its size, stride s, padding p and dilation d
/// @param groups parts of the channels that do not see each other; divides `in` and `out`
/// @param bias whether there is a bias b
/// @param activation φ
/// @param initializer the initial values of W; b starts from 0
public record Conv2d(
    int in, int out, Window window, int groups, boolean bias, Activation activation,
    Initializer initializer) implements Layer {

  static final Initializer DEFAULT = Initializer.glorotUniform();

  /// @throws IllegalArgumentException for channels below 1, or a number of groups that does not divide both
  public Conv2d {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initializer, "initializer");
    requireChannels("Conv2d", in, out, groups);
  }

  static void requireChannels(String name, int in, int out, int groups) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(name + ": in=" + in + ", out=" + out + ", expected both at least 1");
    }
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          name + ": in=" + in + ", out=" + out + " in " + groups + " groups, expected a number that divides both");
    }
  }

  /// @param fits whether the input has as many axes as `[batch, channels, rest]`
  static void requireInput(Shape input, boolean fits, int channels, String rest, Layer layer) {
    if (!fits) {
      throw new IllegalArgumentException(
          layer + ": input has shape " + input + ", expected [batch, " + channels + ", " + rest + "]");
    }
    if (input.dim(1) != channels) {
      throw new IllegalArgumentException(layer + ": input has " + input.dim(1) + " channels, expected " + channels);
    }
  }

  /// With a bias, one group, W from [Initializer#glorotUniform()].
  public Conv2d(int in, int out, Window window, Activation activation) {
    this(in, out, window, 1, true, activation, DEFAULT);
  }

  /// With a bias, one group and no activation, W from [Initializer#glorotUniform()].
  public Conv2d(int in, int out, Window window) {
    this(in, out, window, Activation.IDENTITY);
  }

  /// {@return the same layer with another number of groups}
  ///
  /// @throws IllegalArgumentException if they do not divide the channels
  public Conv2d withGroups(int other) {
    return new Conv2d(in, out, window, other, bias, activation, initializer);
  }

  /// {@return the same layer without b}
  public Conv2d withoutBias() {
    return new Conv2d(in, out, window, groups, false, activation, initializer);
  }

  /// {@return the same layer with another activation}
  public Conv2d withActivation(Activation other) {
    return new Conv2d(in, out, window, groups, bias, other, initializer);
  }

  /// {@return the same layer, W starting from another initializer: `Initializer.heNormal()` suits relu}
  public Conv2d withInitializer(Initializer other) {
    return new Conv2d(in, out, window, groups, bias, activation, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    requireInput(input, input.rank() == 4, in, "height, width", this);
    return Shape.of(input.dim(0), out,
        window.positionsAlongHeight(input.dim(2), this), window.positionsAlongWidth(input.dim(3), this));
  }

  /// `weight` by the initializer, `bias` 0.
  @Override
  public ParameterSpec parameters() {
    return Dense.parameters(Shape.of(out, in / groups, window.height(), window.width()), bias, initializer);
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

  /// For example `Conv2d[in=3, out=8, 3×3, padding 1×1, RELU]`, and what is not the default.
  @Override
  public String toString() {
    return "Conv2d[in=" + in + ", out=" + out + ", " + window + (groups == 1 ? "" : ", groups " + groups)
        + (bias ? "" : ", no bias") + (activation == Activation.IDENTITY ? "" : ", " + activation)
        + (initializer.equals(DEFAULT) ? "" : ", " + initializer) + "]";
  }
}
