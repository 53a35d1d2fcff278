package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// An activation as a layer, where no [Dense] precedes it that could compute it along with its product.
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
public record Elementwise(Activation activation) implements Parameterless {

  /// Refuses null.
  public Elementwise {
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public Shape outputShape(Shape input) {
    return requireBatch(input, this);
  }

  static Shape requireBatch(Shape input, Layer layer) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(layer + ": input has shape " + input
          + ", expected [batch, features] or more axes");
    }
    return input;
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.diagonal(n).keeping(activation.kept(n));
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    PointwiseOps.activate(activation, x, y, Tensor.none());
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    At at = ws.object(At.class, At::new);
    Tensor slope = activation.slopeFromOutput() ? Tensor.none() : ws.tensor(x.precision(), x.shape());
    PointwiseOps.activate(activation, x, y, slope);
    at.activation = activation;
    at.x = x;
    at.residual = slope.isNone() ? y : slope;
    at.set(this, x.shape(), y, ws);
    return at;
  }

  private static final class At extends ParameterlessLinearization {

    private Activation activation;
    private Tensor x;
    private Tensor residual;

    @Override
    void push(Tensor xDot, Tensor yDot) {
      PointwiseOps.scaleBySlope(activation, residual, xDot, yDot);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      PointwiseOps.scaleBySlope(activation, residual, yBar, xBar);
    }

    @Override
    void addCurvature(int chunk, Tensor xDot, Tensor yBar, Tensor xBarDot) {
      if (!activation.curved()) {
        return;
      }
      int mark = ws.mark();
      Tensor bend = ws.tensor(y.precision(), y.shape());
      Tensor bent = ws.tensor(y.precision(), chunk, y.shape());
      PointwiseOps.curvature(activation, x, bend);
      PointwiseOps.multiply(yBar, bend);
      bent.copyFrom(xDot);
      PointwiseOps.multiply(bend, bent);
      PointwiseOps.add(bent, xBarDot);
      ws.release(mark);
    }

    @Override
    public Tensor slope() {
      if (activation == Activation.IDENTITY) {
        return Tensor.none();
      }
      if (!activation.slopeFromOutput()) {
        return residual;
      }
      Tensor slope = ws.tensor(y.precision(), y.shape());
      PointwiseOps.slope(activation, residual, slope);
      return slope;
    }
  }
}
