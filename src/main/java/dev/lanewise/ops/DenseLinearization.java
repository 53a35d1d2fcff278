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

/// y = φ(W·x + b) over the innermost axis, at one point: what a dense layer pushes and pulls. Kept in the workspace and
/// pointed at new data by each `linearize`.
///
/// - **value**: Y = φ(Z), Z = X·Wᵀ + 1·bᵀ; X `[batch, …, in]`, Y `[batch, …, out]`
/// - **parameters**: W, then b where there is one; `[out, in]`, `[out]`
/// - **residuals**: X, and Y or the slope S = φ′(Z); [Activation#slopeFromOutput()] says which
/// - **tangent**: Ẏ = φ′(Z) ⊙ (Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ); `[chunk, …]`
/// - **cotangent**: Z̄ = φ′(Z) ⊙ Ȳ, X̄ = Z̄·W, W̄ += Z̄ᵀ·X, b̄ += Z̄ᵀ·1; as the tangents; W̄, b̄ for each direction
/// - **its tangent**: Z̄̇ = φ′(Z) ⊙ Ȳ̇ + φ″(Z) ⊙ Ȳ ⊙ Ż, X̄̇ = Z̄̇·W + Z̄·Ẇ, W̄̇ += Z̄̇ᵀ·X + Z̄ᵀ·Ẋ, b̄̇ += Z̄̇ᵀ·1; as
///   the tangents; Ȳ of one direction
public final class DenseLinearization implements Linearization {

  private Layer layer;
  private Activation activation;
  private Tensor x;
  private Parameters theta;
  private Tensor weight;
  private Tensor bias;
  private Tensor y;
  private Tensor residual;
  private Workspace ws;

  private DenseLinearization() {}

  /// Evaluates φ(W·x + b) and keeps what its derivatives need.
  ///
  /// @param layer who asks, for messages
  /// @param theta W, and b where the layer has one
  /// @param y the place for the output, from `ws`
  /// @return the layer at this point, in `ws`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static DenseLinearization of(
      Layer layer, Activation activation, Tensor x, Parameters theta, Tensor y, Workspace ws) {
    DenseLinearization at = ws.object(DenseLinearization.class, DenseLinearization::new);
    Tensor slope = activation.slopeFromOutput() ? Tensor.none() : ws.tensor(x.precision(), y.shape());
    at.layer = layer;
    at.activation = activation;
    at.x = x;
    at.theta = theta;
    at.weight = theta.get(0);
    at.bias = theta.count() > 1 ? theta.get(1) : Tensor.none();
    at.y = y;
    at.residual = slope.isNone() ? y : slope;
    at.ws = ws;
    Ops.dense(x, at.weight, at.bias, activation, y, slope, ws);
    return at;
  }

  @Override
  public Tensor output() {
    return y;
  }

  /// Ẏ = φ′ ⊙ (Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ). Without θ̇ the slope rides along with the one product.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    if (thetaDot.isNone() && !xDot.isNone()) {
      Ops.densePush(xDot, weight, activation, residual, yDot, ws);
      return;
    }
    pushAffine(xDot, thetaDot, chunk, yDot);
    if (activation != Activation.IDENTITY) {
      PointwiseOps.scaleBySlope(activation, residual, yDot, yDot);
    }
  }

  /// Ż = Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ.
  private void pushAffine(Tensor xDot, Parameters thetaDot, int chunk, Tensor zDot) {
    if (xDot.isNone()) {
      zDot.fill(0);
    } else {
      Ops.timesTransposed(xDot, weight, zDot, false, ws);
    }
    if (thetaDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    for (int direction = 0; direction < chunk; direction++) {
      Tensor here = direction(zDot, direction, chunk, y);
      Ops.timesTransposed(x, thetaDot.get(0, direction), here, true, ws);
      if (!bias.isNone()) {
        RowOps.addRow(thetaDot.get(1, direction), here);
      }
    }
    ws.release(mark);
  }

  /// Z̄ = φ′ ⊙ Ȳ, X̄ = Z̄·W, W̄ += Z̄ᵀ·X, b̄ += Z̄ᵀ·1. Without θ̄ the slope rides along with the one product.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    if (thetaBar.isNone()) {
      if (!xBar.isNone()) {
        Ops.densePull(yBar, weight, activation, residual, xBar, ws);
      }
      return;
    }
    int mark = ws.mark();
    Tensor zBar = timesSlope(yBar, chunk);
    if (!xBar.isNone()) {
      Ops.times(zBar, weight, xBar, false, ws);
    }
    for (int direction = 0; direction < chunk; direction++) {
      Tensor zBarHere = direction(zBar, direction, chunk, y);
      Ops.transposedTimes(zBarHere, x, thetaBar.get(0, direction), true, ws);
      if (!bias.isNone()) {
        RowOps.sumRows(zBarHere, thetaBar.get(1, direction));
      }
    }
    ws.release(mark);
  }

  /// Ż = Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ, Z̄̇ = φ′ ⊙ Ȳ̇ + φ″ ⊙ Ȳ ⊙ Ż, X̄̇ = Z̄̇·W + Z̄·Ẇ, W̄̇ += Z̄̇ᵀ·X + Z̄ᵀ·Ẋ, b̄̇ += Z̄̇ᵀ·1. Z,
  /// which φ″ needs, is not kept but computed again.
  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone() && thetaBarDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    Tensor zBarDot = timesSlope(yBarDot, chunk);
    if (activation.curved() && !(xDot.isNone() && thetaDot.isNone())) {
      addCurvature(xDot, thetaDot, yBar, chunk, zBarDot);
    }
    if (!xBarDot.isNone()) {
      Ops.times(zBarDot, weight, xBarDot, false, ws);
    }
    if (!(thetaDot.isNone() && thetaBarDot.isNone())) {
      addParameterTerms(xDot, thetaDot, timesSlope(yBar, 1), zBarDot, xBarDot, thetaBarDot);
    }
    ws.release(mark);
  }

  /// X̄̇ += Z̄·Ẇ, W̄̇ += Z̄̇ᵀ·X + Z̄ᵀ·Ẋ, b̄̇ += Z̄̇ᵀ·1.
  private void addParameterTerms(
      Tensor xDot, Parameters thetaDot, Tensor zBar, Tensor zBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int mark = ws.mark();
    int chunk = zBarDot.shape().dim(0);
    for (int direction = 0; direction < chunk; direction++) {
      if (!xBarDot.isNone() && !thetaDot.isNone()) {
        Ops.times(zBar, thetaDot.get(0, direction), direction(xBarDot, direction, chunk, x), true, ws);
      }
      if (!thetaBarDot.isNone()) {
        Tensor here = direction(zBarDot, direction, chunk, y);
        Ops.transposedTimes(here, x, thetaBarDot.get(0, direction), true, ws);
        if (!xDot.isNone()) {
          Ops.transposedTimes(zBar, direction(xDot, direction, chunk, x), thetaBarDot.get(0, direction), true, ws);
        }
        if (!bias.isNone()) {
          RowOps.sumRows(here, thetaBarDot.get(1, direction));
        }
      }
    }
    ws.release(mark);
  }

  /// Z̄̇ += φ″ ⊙ Ȳ ⊙ Ż.
  private void addCurvature(Tensor xDot, Parameters thetaDot, Tensor yBar, int chunk, Tensor zBarDot) {
    int mark = ws.mark();
    Tensor z = ws.tensor(x.precision(), y.shape());
    Tensor bend = ws.tensor(x.precision(), y.shape());
    Tensor zDot = ws.tensor(x.precision(), chunk, y.shape());
    Ops.dense(x, weight, bias, Activation.IDENTITY, z, Tensor.none(), ws);
    PointwiseOps.curvature(activation, z, bend);
    PointwiseOps.multiply(yBar, bend);
    pushAffine(xDot, thetaDot, chunk, zDot);
    PointwiseOps.multiply(bend, zDot);
    PointwiseOps.add(zDot, zBarDot);
    ws.release(mark);
  }

  /// φ′ ⊙ V in scratch, or V itself where φ′ is 1.
  private Tensor timesSlope(Tensor v, int chunk) {
    if (activation == Activation.IDENTITY) {
      return v;
    }
    Tensor scaled = ws.tensor(x.precision(), chunk, y.shape());
    PointwiseOps.scaleBySlope(activation, residual, v, scaled);
    return scaled;
  }

  /// One direction of a panel of `chunk`, each of `like`'s shape.
  private Tensor direction(Tensor panel, int direction, int chunk, Tensor like) {
    return chunk == 1 ? panel : ws.view(panel, direction * like.size(), 1, like.shape());
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
