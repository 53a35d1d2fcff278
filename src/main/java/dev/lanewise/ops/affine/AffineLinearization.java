package dev.lanewise.ops.affine;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Y = φ(Z), Z = W·X + b, at one point, where the subclass defines W·X as a product or a convolution. Z, which φ″
/// needs, is not kept but computed again.
public abstract class AffineLinearization implements Linearization {

  protected Layer layer;
  protected Activation activation;
  protected Tensor x;
  protected Parameters theta;
  protected Tensor weight;
  protected Tensor bias;
  protected Tensor y;
  /// Y, or S = φ′(Z); [Activation#slopeFromOutput()] says which.
  protected Tensor residual;
  protected Workspace ws;

  /// Points it at new data.
  ///
  /// @param theta W, and b where the layer has one
  /// @param y the place for the output
  /// @return the place for the slope, or [Tensor#none()] where it is not to be kept
  protected final Tensor set(
      Layer layer, Activation activation, Tensor x, Parameters theta, Tensor y, Workspace ws) {
    Tensor slope = activation.slopeFromOutput() ? Tensor.none() : ws.tensor(x.precision(), y.shape());
    this.layer = layer;
    this.activation = activation;
    this.x = x;
    this.theta = theta;
    this.weight = theta.get(0);
    this.bias = theta.count() > 1 ? theta.get(1) : Tensor.none();
    this.y = y;
    this.residual = slope.isNone() ? y : slope;
    this.ws = ws;
    return slope;
  }

  /// Z = W·X + b.
  protected abstract void value(Tensor z);

  /// Ż = W·Ẋ.
  protected abstract void product(Tensor xDot, Tensor zDot);

  /// Ż += Ẇ·X + ḃ of one direction.
  protected abstract void addProduct(Tensor weightDot, Tensor biasDot, Tensor zDot);

  /// X̄ = or += Wᵀ·Z̄.
  protected abstract void transposedProduct(Tensor zBar, Tensor w, Tensor xBar, boolean add);

  /// W̄ += Z̄·Xᵀ of one direction.
  protected abstract void addToWeight(Tensor zBar, Tensor x, Tensor weightBar);

  /// b̄ += ΣZ̄ of one direction.
  protected abstract void addToBias(Tensor zBar, Tensor biasBar);

  @Override
  public final Tensor output() {
    return y;
  }

  /// Ẏ = φ′ ⊙ (W·Ẋ + Ẇ·X + ḃ).
  protected final void push(Tensor xDot, Parameters thetaDot, int chunk, Tensor yDot) {
    pushAffine(xDot, thetaDot, chunk, yDot);
    if (activation != Activation.IDENTITY) {
      PointwiseOps.scaleBySlope(activation, residual, yDot, yDot);
    }
  }

  /// Ż = W·Ẋ + Ẇ·X + ḃ.
  private void pushAffine(Tensor xDot, Parameters thetaDot, int chunk, Tensor zDot) {
    if (xDot.isNone()) {
      zDot.fill(0);
    } else {
      product(xDot, zDot);
    }
    if (thetaDot.isNone()) {
      return;
    }
    int mark = ws.mark();
    for (int direction = 0; direction < chunk; direction++) {
      Tensor biasDot = bias.isNone() ? Tensor.none() : thetaDot.get(1, direction);
      addProduct(thetaDot.get(0, direction), biasDot, direction(zDot, direction, chunk, y));
    }
    ws.release(mark);
  }

  /// Z̄ = φ′ ⊙ Ȳ, X̄ = Wᵀ·Z̄, W̄ += Z̄·Xᵀ, b̄ += ΣZ̄.
  protected final void pull(Tensor yBar, Tensor xBar, Parameters thetaBar, int chunk) {
    int mark = ws.mark();
    Tensor zBar = timesSlope(yBar, chunk);
    if (!xBar.isNone()) {
      transposedProduct(zBar, weight, xBar, false);
    }
    for (int direction = 0; direction < chunk; direction++) {
      pullParameters(direction(zBar, direction, chunk, y), thetaBar, direction);
    }
    ws.release(mark);
  }

  /// W̄ += Z̄·Xᵀ, b̄ += ΣZ̄ of one direction.
  private void pullParameters(Tensor zBar, Parameters thetaBar, int direction) {
    addToWeight(zBar, x, thetaBar.get(0, direction));
    if (!bias.isNone()) {
      addToBias(zBar, thetaBar.get(1, direction));
    }
  }

  /// Ż = W·Ẋ + Ẇ·X + ḃ, Z̄̇ = φ′ ⊙ Ȳ̇ + φ″ ⊙ Ȳ ⊙ Ż, X̄̇ = Wᵀ·Z̄̇ + Ẇᵀ·Z̄, W̄̇ += Z̄̇·Xᵀ + Z̄·Ẋᵀ, b̄̇ += ΣZ̄̇.
  @Override
  public final void vjpDot(
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
      transposedProduct(zBarDot, weight, xBarDot, false);
    }
    if (!(thetaDot.isNone() && thetaBarDot.isNone())) {
      addParameterTerms(xDot, thetaDot, timesSlope(yBar, 1), zBarDot, xBarDot, thetaBarDot);
    }
    ws.release(mark);
  }

  /// X̄̇ += Ẇᵀ·Z̄, W̄̇ += Z̄̇·Xᵀ + Z̄·Ẋᵀ, b̄̇ += ΣZ̄̇.
  private void addParameterTerms(
      Tensor xDot, Parameters thetaDot, Tensor zBar, Tensor zBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int mark = ws.mark();
    int chunk = zBarDot.shape().dim(0);
    for (int direction = 0; direction < chunk; direction++) {
      if (!xBarDot.isNone() && !thetaDot.isNone()) {
        transposedProduct(zBar, thetaDot.get(0, direction), direction(xBarDot, direction, chunk, x), true);
      }
      if (!thetaBarDot.isNone()) {
        pullParameters(direction(zBarDot, direction, chunk, y), thetaBarDot, direction);
        if (!xDot.isNone()) {
          addToWeight(zBar, direction(xDot, direction, chunk, x), thetaBarDot.get(0, direction));
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
    value(z);
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
}
