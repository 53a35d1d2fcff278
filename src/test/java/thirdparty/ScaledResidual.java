package thirdparty;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A residual block with a fixed weight: somebody else's layer, written against public packages only.
///
/// | what       | formula                                      | shapes                          |
/// |------------|----------------------------------------------|---------------------------------|
/// | value      | Y = X + α·H, H = tanh(X·Wᵀ)                   | X, Y, H `[batch, n]`            |
/// | parameters | `weight` W                                   | `[n, n]`                        |
/// | residuals  | X, H                                         |                                 |
/// | tangent    | Ẏ = Ẋ + α·(1 − H²) ⊙ (Ẋ·Wᵀ + X·Ẇᵀ)            | `[chunk, batch, n]`             |
/// | cotangent  | X̄ = Ȳ + α·Z̄·W, W̄ += α·Z̄ᵀ·X, Z̄ = (1 − H²) ⊙ Ȳ  | `[chunk, batch, n]`, W̄ as W     |
///
/// He, Zhang, Ren and Sun, *Deep Residual Learning for Image Recognition*, 2016, with one inner layer.
///
/// @param features n
/// @param alpha α
public record ScaledResidual(int features, double alpha) implements Layer {

  /// @throws IllegalArgumentException for a width below 1
  public ScaledResidual {
    if (features < 1) {
      throw new IllegalArgumentException("ScaledResidual: features=" + features + ", expected at least 1");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2 || input.dim(1) != features) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, " + features + "]");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.of(new ParameterSpec.Entry(
        "weight", Shape.of(features, features), Initializer.glorotUniform(features, features)));
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.requireOf(this, "theta");
    theta.require(1, x.precision(), 1, this, "theta");
    At at = ws.object(At.class, At::new);
    at.layer = this;
    at.x = x;
    at.theta = theta;
    at.weight = theta.get(0);
    at.h = ws.tensor(x.precision(), x.shape());
    at.y = ws.tensor(x.precision(), x.shape());
    at.ws = ws;
    Ops.dense(x, at.weight, Tensor.none(), Activation.TANH, at.h, Tensor.none(), ws);
    PointwiseOps.scale(alpha, at.h, at.y);
    PointwiseOps.add(x, at.y);
    return at;
  }

  /// Kept in the workspace and pointed at new data by each `linearize`, so that repeating one allocates nothing.
  private static final class At implements Linearization {

    private ScaledResidual layer;
    private Tensor x;
    private Parameters theta;
    private Tensor weight;
    private Tensor h;
    private Tensor y;
    private Workspace ws;

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, x.shape(), theta, y, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
      } else {
        Ops.timesTransposed(xDot, weight, yDot, false, ws);
      }
      for (int direction = 0; direction < thetaDot.chunk(); direction++) {
        int mark = ws.mark();
        Tensor zDot = ws.view(yDot, direction * y.size(), 1, y.shape());
        Ops.timesTransposed(x, thetaDot.get(0, direction), zDot, true, ws);
        ws.release(mark);
      }
      PointwiseOps.scaleBySlope(Activation.TANH, h, yDot, yDot);
      PointwiseOps.scale(layer.alpha, yDot, yDot);
      if (!xDot.isNone()) {
        PointwiseOps.add(xDot, yDot);
      }
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      int chunk = Linearization.requirePull(layer, x.shape(), theta, y, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        Ops.densePull(yBar, weight, Activation.TANH, h, xBar, ws);
        PointwiseOps.scale(layer.alpha, xBar, xBar);
        PointwiseOps.add(yBar, xBar);
      }
      if (!thetaBar.isNone()) {
        int mark = ws.mark();
        Tensor zBar = ws.tensor(x.precision(), chunk, y.shape());
        PointwiseOps.scaleBySlope(Activation.TANH, h, yBar, zBar);
        PointwiseOps.scale(layer.alpha, zBar, zBar);
        for (int direction = 0; direction < chunk; direction++) {
          Tensor here = ws.view(zBar, direction * y.size(), 1, y.shape());
          Ops.transposedTimes(here, x, thetaBar.get(0, direction), true, ws);
        }
        ws.release(mark);
      }
    }
  }
}
