package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.AffineMap;
import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.DenseLinearization;
import java.util.Objects;
import java.util.Optional;

/// Fully connected: an affine map of the features, then an activation, fused into one pass.
///
/// - **value**: Y = φ(Z), Z = X·Wᵀ + 1·bᵀ; X `[batch, in]`, Y `[batch, out]`
/// - **parameters**: `weight` W, `bias` b; `[out, in]`, `[out]`
/// - **residuals**: X, and Y or the slope S = φ′(Z); [Activation#slopeFromOutput()] says which
/// - **tangent**: Ẏ = φ′(Z) ⊙ (Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ); Ẋ `[chunk, batch, in]`, Ẏ `[chunk, batch, out]`
/// - **cotangent**: Z̄ = φ′(Z) ⊙ Ȳ, X̄ = Z̄·W, W̄ += Z̄ᵀ·X, b̄ += Z̄ᵀ·1; as the tangents; W̄, b̄ for each direction
/// - **its tangent**: Z̄̇ = φ′(Z) ⊙ Ȳ̇ + φ″(Z) ⊙ Ȳ ⊙ Ż, X̄̇ = Z̄̇·W + Z̄·Ẇ, W̄̇ += Z̄̇ᵀ·X + Z̄ᵀ·Ẋ, b̄̇ += Z̄̇ᵀ·1; as
///   the tangents; Ȳ of one direction
///
/// Slides, equations [17] to [19] (without bias) and, for the derivatives, [27] to [33].
///
/// [17]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-17
/// [19]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-19
/// [27]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-27
/// [33]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-33
///
/// @param in features of the input, at least 1
/// @param out features of the output, at least 1
/// @param bias whether there is a bias b
/// @param activation φ
/// @param initializer the initial values of W; b starts from 0
public record Dense(int in, int out, boolean bias, Activation activation, Initializer initializer) implements Layer {

  private static final Initializer DEFAULT = Initializer.glorotUniform();

  /// @throws IllegalArgumentException for a width below 1
  public Dense {
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(initializer, "initializer");
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException("Dense: in=" + in + ", out=" + out + ", expected both at least 1");
    }
  }

  /// With W from [Initializer#glorotUniform()].
  public Dense(int in, int out, boolean bias, Activation activation) {
    this(in, out, bias, activation, DEFAULT);
  }

  /// With a bias, W from [Initializer#glorotUniform()].
  public Dense(int in, int out, Activation activation) {
    this(in, out, true, activation);
  }

  /// With a bias and no activation, an affine map, W from [Initializer#glorotUniform()].
  public Dense(int in, int out) {
    this(in, out, true, Activation.IDENTITY);
  }

  /// {@return the same layer, W starting from another initializer: `Initializer.heNormal()` suits relu}
  public Dense withInitializer(Initializer other) {
    return new Dense(in, out, bias, activation, other);
  }

  @Override
  public Shape outputShape(Shape input) {
    requireInput(input);
    return Shape.of(input.dim(0), out);
  }

  /// `weight` by the initializer, `bias` 0.
  @Override
  public ParameterSpec parameters() {
    return parameters(Shape.of(out, in), bias, initializer);
  }

  /// W of the given shape and, if there is a bias, b with a number for each row of W.
  static ParameterSpec parameters(Shape weight, boolean bias, Initializer initializer) {
    var entry = new ParameterSpec.Entry("weight", weight, initializer);
    return bias
        ? ParameterSpec.of(entry, new ParameterSpec.Entry("bias", Shape.of(weight.dim(0)), Initializer.zeros()))
        : ParameterSpec.of(entry);
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    requireInput(input);
    JacobianStructure structure =
        input.dim(0) == 1 ? JacobianStructure.dense(out, in)
        : JacobianStructure.implicit((long) input.dim(0) * out * in);
    return structure.keeping(activation.kept((long) input.dim(0) * out));
  }

  @Override
  public Optional<AffineMap> affineMap(Parameters theta) {
    requireParameters(theta, theta.isNone() ? null : theta.precision());
    return Optional.of(new AffineMap(theta.get(0), bias ? theta.get(1) : Tensor.none(), activation));
  }

  @Override
  public Optional<Layer> activatedBy(Activation phi) {
    return activation == Activation.IDENTITY
        ? Optional.of(new Dense(in, out, bias, phi, initializer)) : Optional.empty();
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    Tensor y = ws.matrix(x.precision(), x.shape().dim(0), out);
    Ops.dense(x, theta.get(0), bias ? theta.get(1) : Tensor.none(), activation, y, Tensor.none(), ws);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    Tensor y = ws.matrix(x.precision(), x.shape().dim(0), out);
    return DenseLinearization.of(this, activation, x, theta, y, ws);
  }

  private void require(Tensor x, Parameters theta) {
    requireInput(x.shape());
    requireParameters(theta, x.precision());
  }

  private void requireParameters(Parameters theta, Precision precision) {
    theta.require(bias ? 2 : 1, precision, 1, this, "theta");
    Shape weight = theta.get(0).shape();
    if (!weight.is(out, in)) {
      throw new IllegalArgumentException(
          this + ": theta has weight " + weight + ", expected [" + out + ", " + in + "]");
    }
    if (bias && !theta.get(1).shape().is(out)) {
      throw new IllegalArgumentException(
          this + ": theta has bias " + theta.get(1).shape() + ", expected [" + out + "]");
    }
  }

  private void requireInput(Shape input) {
    if (input.rank() != 2) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, " + in + "]");
    }
    if (input.dim(1) != in) {
      throw new IllegalArgumentException(this + ": input has " + input.dim(1) + " features, expected " + in);
    }
  }

  /// For example `Dense[in=64, out=32]`, and what is not the default.
  @Override
  public String toString() {
    return "Dense[in=" + in + ", out=" + out + (bias ? "" : ", no bias")
        + (activation == Activation.IDENTITY ? "" : ", " + activation)
        + (initializer.equals(DEFAULT) ? "" : ", " + initializer) + "]";
  }
}
