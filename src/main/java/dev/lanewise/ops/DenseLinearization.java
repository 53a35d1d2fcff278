package dev.lanewise.ops;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.affine.AffineLinearization;

/// y = φ(W·x + b) over the innermost axis, at one point: the pushes and pulls of a dense layer. Kept in the workspace
/// and pointed at new data by each `linearize`.
///
/// - **value**: Y = φ(Z), Z = X·Wᵀ + 1·bᵀ; X `[batch, …, in]`, Y `[batch, …, out]`
/// - **parameters**: W, then b if there is one; `[out, in]`, `[out]`
/// - **residuals**: X, and Y or the slope S = φ′(Z); [Activation#slopeFromOutput()] says which
/// - **tangent**: Ẏ = φ′(Z) ⊙ (Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ); `[chunk, …]`
/// - **cotangent**: Z̄ = φ′(Z) ⊙ Ȳ, X̄ = Z̄·W, W̄ += Z̄ᵀ·X, b̄ += Z̄ᵀ·1; as the tangents; W̄, b̄ for each direction
/// - **its tangent**: Z̄̇ = φ′(Z) ⊙ Ȳ̇ + φ″(Z) ⊙ Ȳ ⊙ Ż, X̄̇ = Z̄̇·W + Z̄·Ẇ, W̄̇ += Z̄̇ᵀ·X + Z̄ᵀ·Ẋ, b̄̇ += Z̄̇ᵀ·1; as
///   the tangents; Ȳ of one direction
@SuppressWarnings("exports") // what it inherits that is public is the contract's
public final class DenseLinearization extends AffineLinearization {

  private DenseLinearization() {}

  /// Evaluates φ(W·x + b) and keeps what its derivatives need.
  ///
  /// @param layer the caller, for messages
  /// @param theta W, and b if the layer has one
  /// @param y the place for the output, from `ws`
  /// @return the layer at this point, in `ws`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static DenseLinearization of(
      Layer layer, Activation activation, Tensor x, Parameters theta, Tensor y, Workspace ws) {
    DenseLinearization at = ws.object(DenseLinearization.class, DenseLinearization::new);
    Tensor slope = at.set(layer, activation, x, theta, y, ws);
    Ops.dense(x, at.weight, at.bias, activation, y, slope, ws);
    return at;
  }

  /// Without θ̇ the slope is fused into the only product.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    if (thetaDot.isNone() && !xDot.isNone()) {
      Ops.densePush(xDot, weight, activation, residual, yDot, ws);
    } else {
      push(xDot, thetaDot, chunk, yDot);
    }
  }

  /// Without θ̄ the slope is fused into the only product.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    if (!thetaBar.isNone()) {
      pull(yBar, xBar, thetaBar, chunk);
    } else if (!xBar.isNone()) {
      Ops.densePull(yBar, weight, activation, residual, xBar, ws);
    }
  }

  @Override
  protected void value(Tensor z) {
    Ops.dense(x, weight, bias, Activation.IDENTITY, z, Tensor.none(), ws);
  }

  @Override
  protected void product(Tensor xDot, Tensor zDot) {
    Ops.timesTransposed(xDot, weight, zDot, false, ws);
  }

  @Override
  protected void addProduct(Tensor weightDot, Tensor biasDot, Tensor zDot) {
    Ops.timesTransposed(x, weightDot, zDot, true, ws);
    if (!biasDot.isNone()) {
      RowOps.addRow(biasDot, zDot);
    }
  }

  @Override
  protected void transposedProduct(Tensor zBar, Tensor w, Tensor xBar, boolean add) {
    Ops.times(zBar, w, xBar, add, ws);
  }

  @Override
  protected void addToWeight(Tensor zBar, Tensor from, Tensor weightBar) {
    Ops.transposedTimes(zBar, from, weightBar, true, ws);
  }

  @Override
  protected void addToBias(Tensor zBar, Tensor biasBar) {
    RowOps.sumRows(zBar, biasBar);
  }

  @Override
  public Tensor weight() {
    if (x.shape().rows() != 1) {
      throw new UnsupportedOperationException(
          layer + ": no Jacobian at hand of " + x.shape().rows() + " rows, expected 1");
    }
    return weight;
  }

  @Override
  public Tensor slope() {
    if (activation == Activation.IDENTITY) {
      return Tensor.none();
    }
    if (!activation.slopeFromOutput()) {
      return residual;
    }
    Tensor slope = ws.tensor(x.precision(), y.shape());
    PointwiseOps.slope(activation, residual, slope);
    return slope;
  }
}
