package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// An activation as a layer of its own, for where no [Dense] stands before it that could take it along.
///
/// | what        | formula                         | shapes                                       |
/// |-------------|---------------------------------|----------------------------------------------|
/// | value       | Y = φ(X)                        | `[batch, …]`                                 |
/// | residuals   | X, and Y or S = φ′(X)           | [Activation#slopeFromOutput()] says which    |
/// | tangent     | Ẏ = φ′(X) ⊙ Ẋ                   | `[chunk, batch, …]`                          |
/// | cotangent   | X̄ = φ′(X) ⊙ Ȳ                   | `[chunk, batch, …]`                          |
/// | its tangent | X̄̇ = φ′(X) ⊙ Ȳ̇ + φ″(X) ⊙ Ȳ ⊙ Ẋ  | `[chunk, batch, …]`, Ȳ of one direction      |
///
/// Slides, equations [18], [29] and [30].
///
/// [18]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-18
/// [29]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-29
/// [30]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-30
///
/// @param activation φ
public record Elementwise(Activation activation) implements Layer {

  /// Refuses null.
  public Elementwise {
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(this + ": input has shape " + input
          + ", expected [batch, features] or more axes");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.diagonal(n).keeping(activation.kept(n));
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    Tensor y = ws.tensor(x.precision(), x.shape());
    PointwiseOps.activate(activation, x, y, Tensor.none());
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    At at = ws.object(At.class, At::new);
    Tensor y = ws.tensor(x.precision(), x.shape());
    Tensor slope = activation.slopeFromOutput() ? Tensor.none() : ws.tensor(x.precision(), x.shape());
    PointwiseOps.activate(activation, x, y, slope);
    at.layer = this;
    at.x = x;
    at.y = y;
    at.residual = slope.isNone() ? y : slope;
    at.ws = ws;
    return at;
  }

  private static final class At implements Linearization {

    private Elementwise layer;
    private Tensor x;
    private Tensor y;
    private Tensor residual;
    private Workspace ws;

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, y.shape(), Parameters.none(), y, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
        return;
      }
      PointwiseOps.scaleBySlope(layer.activation, residual, xDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(layer, y.shape(), Parameters.none(), y, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        PointwiseOps.scaleBySlope(layer.activation, residual, yBar, xBar);
      }
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      int chunk = Linearization.requirePullDot(
          layer, y.shape(), Parameters.none(), y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      if (xBarDot.isNone()) {
        return;
      }
      PointwiseOps.scaleBySlope(layer.activation, residual, yBarDot, xBarDot);
      if (!xDot.isNone() && layer.activation.curved()) {
        int mark = ws.mark();
        Tensor bend = ws.tensor(y.precision(), y.shape());
        Tensor bent = ws.tensor(y.precision(), chunk, y.shape());
        PointwiseOps.curvature(layer.activation, x, bend);
        PointwiseOps.multiply(yBar, bend);
        bent.copyFrom(xDot);
        PointwiseOps.multiply(bend, bent);
        PointwiseOps.add(bent, xBarDot);
        ws.release(mark);
      }
    }

    @Override
    public Tensor slope() {
      if (layer.activation == Activation.IDENTITY) {
        return Tensor.none();
      }
      if (!layer.activation.slopeFromOutput()) {
        return residual;
      }
      Tensor slope = ws.tensor(y.precision(), y.shape());
      PointwiseOps.slope(layer.activation, residual, slope);
      return slope;
    }
  }
}
