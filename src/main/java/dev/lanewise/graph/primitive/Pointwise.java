package dev.lanewise.graph.primitive;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;
import java.util.List;

/// A function f of single elements. Each says what y′ = f′(a) and y″ = f″(a) are.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = f(a) |
/// | residuals   | s = f′(a) |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + f″(a) ⊙ ȧ ⊙ ȳ |
public interface Pointwise extends Elementwise {

  /// y = f(a). `y` may be `a`.
  void function(Tensor a, Tensor y);

  /// s = f′(a), where y = f(a) is known too.
  void slope(Tensor a, Tensor y, Tensor s);

  /// c = f″(a), where y = f(a) is known too.
  void curvature(Tensor a, Tensor y, Tensor c);

  @Override
  default long kept(List<Shape> operands) {
    return operands.getFirst().size();
  }

  @Override
  default void value(Point at, boolean keep) {
    function(at.in[0], at.y);
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.y.shape());
      slope(at.in[0], at.y, at.kept);
    }
  }

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    ArithmeticOps.multiply(at.kept, dots[0], yDot);
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ArithmeticOps.multiply(at.kept, yBar, bar);
  }

  @Override
  default void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor bend = at.ws.tensor(at.y.precision(), at.y.shape());
    curvature(at.in[0], at.y, bend);
    PointwiseOps.multiply(yBar, bend);
    ArithmeticOps.addProduct(bend, dots[0], barDot);
    at.ws.release(mark);
  }
}
