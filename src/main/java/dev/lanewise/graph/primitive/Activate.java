package dev.lanewise.graph.primitive;

import dev.lanewise.Activation;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.List;

/// An activation of single elements; its slope comes from the same pass as its value, or from its result.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = φ(a) |
/// | residuals   | y, or s = φ′(a): [Activation#slopeFromOutput()] says which |
/// | tangent     | ẏ = φ′(a) ⊙ ȧ |
/// | cotangent   | ā = φ′(a) ⊙ ȳ |
/// | its tangent | ā̇ = φ′(a) ⊙ ȳ̇ + φ″(a) ⊙ ȧ ⊙ ȳ |
///
/// @param phi φ
public record Activate(Activation phi) implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    PointwiseOps.activate(phi, a, y, Tensor.none());
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    if (phi.slopeFromOutput()) {
      PointwiseOps.slope(phi, y, s);
    } else {
      PointwiseOps.activate(phi, a, y, s);
    }
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.curvature(phi, a, c);
  }

  @Override
  public long kept(List<Shape> operands) {
    return phi.slopeFromOutput() ? 0 : operands.getFirst().size();
  }

  @Override
  public void value(Point at, boolean keep) {
    at.kept = keep && !phi.slopeFromOutput() ? at.ws.tensor(at.y.precision(), at.y.shape()) : Tensor.none();
    PointwiseOps.activate(phi, at.in[0], at.y, at.kept);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    PointwiseOps.scaleBySlope(phi, residual(at), dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    PointwiseOps.scaleBySlope(phi, residual(at), yBar, bar);
  }

  private static Tensor residual(Point at) {
    return at.kept.isNone() ? at.y : at.kept;
  }
}
