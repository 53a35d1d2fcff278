package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The linearization of a [Parameterless] layer: it checks operands, fills in a zero tangent, and skips cotangents that
/// nobody asked for. A layer adds its push J·ẋ and its pull Jᵀ·ȳ and, where J depends on x, the pull's derivative.
abstract class ParameterlessLinearization implements Linearization {

  /// The output.
  Tensor y;
  Workspace ws;
  private Layer layer;
  private Shape input;

  /// Checks x and θ, and allocates an output of x's shape.
  static Tensor outputLike(Layer layer, Tensor x, Parameters theta, Workspace ws) {
    layer.outputShape(x.shape());
    theta.require(0, x.precision(), 1, layer, "theta");
    return ws.tensor(x.precision(), x.shape());
  }

  final void set(Layer layer, Shape input, Tensor y, Workspace ws) {
    this.layer = layer;
    this.input = input;
    this.y = y;
    this.ws = ws;
  }

  /// ẏ ← J·ẋ.
  abstract void push(Tensor xDot, Tensor yDot);

  /// x̄ ← Jᵀ·ȳ.
  abstract void pull(Tensor yBar, Tensor xBar);

  /// x̄̇ += J̇ᵀ·ȳ, for each of `chunk` directions ẋ. Nothing where J is constant.
  void addCurvature(int chunk, Tensor xDot, Tensor yBar, Tensor xBarDot) {}

  @Override
  public final Tensor output() {
    return y;
  }

  @Override
  public final void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    Linearization.requirePush(layer, input, Parameters.none(), y, xDot, thetaDot, yDot);
    if (xDot.isNone()) {
      yDot.fill(0);
    } else {
      push(xDot, yDot);
    }
  }

  @Override
  public final void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    Linearization.requirePull(layer, input, Parameters.none(), y, yBar, xBar, thetaBar);
    if (!xBar.isNone()) {
      pull(yBar, xBar);
    }
  }

  @Override
  public final void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = Linearization.requirePullDot(
        layer, input, Parameters.none(), y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (xBarDot.isNone()) {
      return;
    }
    pull(yBarDot, xBarDot);
    if (!xDot.isNone()) {
      addCurvature(chunk, xDot, yBar, xBarDot);
    }
  }

  /// A layer whose J is diag(s), s constant.
  static final class Diagonal extends ParameterlessLinearization {

    private Tensor slope;

    /// @param slope s, or [Tensor#none()] for 1
    Linearization set(Layer layer, Tensor slope, Tensor y, Workspace ws) {
      this.slope = slope;
      set(layer, y.shape(), y, ws);
      return this;
    }

    @Override
    void push(Tensor xDot, Tensor yDot) {
      yDot.copyFrom(xDot);
      if (!slope.isNone()) {
        PointwiseOps.multiply(slope, yDot);
      }
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      push(yBar, xBar);
    }

    @Override
    public Tensor slope() {
      return slope;
    }
  }
}
