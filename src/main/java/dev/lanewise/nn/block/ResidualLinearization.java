package dev.lanewise.nn.block;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// [Residual] at one point. Kept in the workspace.
final class ResidualLinearization implements Linearization {

  private Residual layer;
  private Tensor x;
  private Parameters theta;
  private Linearization inner;
  private Tensor y;

  void begin(Residual layer, Tensor x, Parameters theta, Linearization inner, Tensor y) {
    this.layer = layer;
    this.x = x;
    this.theta = theta;
    this.inner = inner;
    this.y = y;
  }

  @Override
  public Tensor output() {
    return y;
  }

  /// Ẏ = Ẋ + J_x·Ẋ + J_θ·θ̇.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
    inner.jvp(xDot, thetaDot.part(1), yDot);
    add(xDot, yDot);
  }

  /// X̄ = Ȳ + J_xᵀ·Ȳ, θ̄ += J_θᵀ·Ȳ.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
    inner.vjp(yBar, xBar, thetaBar.part(1));
    add(yBar, xBar);
  }

  @Override
  public void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    Linearization.requirePullDot(layer, x.shape(), theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    inner.vjpDot(xDot, thetaDot.part(1), yBar, yBarDot, xBarDot, thetaBarDot.part(1));
    add(yBarDot, xBarDot);
  }

  private static void add(Tensor identity, Tensor sum) {
    if (!identity.isNone() && !sum.isNone()) {
      PointwiseOps.add(identity, sum);
    }
  }
}
