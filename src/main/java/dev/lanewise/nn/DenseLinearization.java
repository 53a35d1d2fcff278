package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// [Dense] at one point. Kept in the workspace and pointed at new data by each `linearize`.
final class DenseLinearization implements Linearization {

  Dense layer;
  Tensor x;
  Tensor weight;
  Tensor y;
  Tensor residual;
  Workspace ws;

  @Override
  public Tensor output() {
    return y;
  }

  /// Ẏ = φ′ ⊙ (Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ). Without θ̇ the slope rides along with the one product.
  @Override
  public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = yDot.requireChunk(x.precision(), y.shape(), layer, "yDot");
    if (!xDot.isNone()) {
      xDot.require(x.precision(), chunk, x.shape(), layer, "xDot");
    }
    if (thetaDot.isNone() && !xDot.isNone()) {
      Ops.densePush(xDot, weight, layer.activation(), residual, yDot, ws);
      return;
    }
    requireParameters(thetaDot, chunk, "thetaDot");
    if (xDot.isNone()) {
      yDot.fill(0);
    } else {
      Ops.timesTransposed(xDot, weight, yDot, false, ws);
    }
    if (!thetaDot.isNone()) {
      pushParameters(thetaDot, chunk, yDot);
    }
    if (layer.activation() != Activation.IDENTITY) {
      Ops.scaleBySlope(layer.activation(), residual, yDot, yDot);
    }
  }

  private void pushParameters(Parameters thetaDot, int chunk, Tensor yDot) {
    int mark = ws.mark();
    for (int direction = 0; direction < chunk; direction++) {
      Tensor zDot = chunk == 1 ? yDot : ws.view(yDot, direction * y.size(), 1, y.shape());
      Ops.timesTransposed(x, thetaDot.get(0, direction), zDot, true, ws);
      if (layer.bias()) {
        Ops.addRow(thetaDot.get(1, direction), zDot);
      }
    }
    ws.release(mark);
  }

  /// Z̄ = φ′ ⊙ Ȳ, X̄ = Z̄·W, W̄ += Z̄ᵀ·X, b̄ += Z̄ᵀ·1. Without θ̄ the slope rides along with the one product.
  @Override
  public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = yBar.requireChunk(x.precision(), y.shape(), layer, "yBar");
    if (!xBar.isNone()) {
      xBar.require(x.precision(), chunk, x.shape(), layer, "xBar");
    }
    requireParameters(thetaBar, chunk, "thetaBar");
    if (thetaBar.isNone()) {
      if (!xBar.isNone()) {
        Ops.densePull(yBar, weight, layer.activation(), residual, xBar, ws);
      }
      return;
    }
    int mark = ws.mark();
    Tensor zBar = yBar;
    if (layer.activation() != Activation.IDENTITY) {
      zBar = ws.tensor(x.precision(), chunk, y.shape());
      Ops.scaleBySlope(layer.activation(), residual, yBar, zBar);
    }
    if (!xBar.isNone()) {
      Ops.times(zBar, weight, xBar, false, ws);
    }
    for (int direction = 0; direction < chunk; direction++) {
      Tensor zBarHere = chunk == 1 ? zBar : ws.view(zBar, direction * y.size(), 1, y.shape());
      Ops.transposedTimes(zBarHere, x, thetaBar.get(0, direction), true, ws);
      if (layer.bias()) {
        Ops.sumRows(zBarHere, thetaBar.get(1, direction));
      }
    }
    ws.release(mark);
  }

  @Override
  public Tensor weight() {
    if (x.shape().dim(0) != 1) {
      throw new UnsupportedOperationException(layer + ": no Jacobian at hand of " + x.shape().dim(0) + " samples, expected 1");
    }
    return weight;
  }

  @Override
  public Tensor slope() {
    if (layer.activation() == Activation.IDENTITY) {
      return Tensor.none();
    }
    if (!layer.activation().slopeFromOutput()) {
      return residual;
    }
    Tensor slope = ws.matrix(x.precision(), y.shape().dim(0), layer.out());
    Ops.slope(layer.activation(), residual, slope);
    return slope;
  }

  private void requireParameters(Parameters direction, int chunk, String name) {
    if (!direction.isNone()) {
      direction.require(layer.bias() ? 2 : 1, x.precision(), chunk, layer, name);
      if (!direction.get(0).shape().is(layer.out(), layer.in())) {
        throw new IllegalArgumentException(
            layer + ": " + name + " has weight " + direction.get(0).shape() + ", expected [" + layer.out() + ", " + layer.in() + "]");
      }
    }
  }
}
