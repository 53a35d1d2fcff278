package dev.lanewise.graph.primitive.product;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.ops.expression.ProductOps;
import java.util.Arrays;
import java.util.List;

/// Products of matrices along the last two axes of the operands, either of which may be transposed.
///
/// | what | formula, matrix by matrix |
/// |------|---------|
/// | value       | Y = A·B |
/// | tangent     | Ẏ = Ȧ·B + A·Ḃ |
/// | cotangent   | Ā = Ȳ·Bᵀ, B̄ = Aᵀ·Ȳ |
/// | its tangent | Ā̇ = Ȳ̇·Bᵀ + Ȳ·Ḃᵀ, B̄̇ = Aᵀ·Ȳ̇ + Ȧᵀ·Ȳ |
///
/// Axes before those are the same in both, or one operand has none, and its matrix is multiplied with all of the
/// other's. An operand that is not batched serves all samples. The cotangent of a shared matrix is the sum over its
/// products, in order. Where one matrix is multiplied with all rows of an operand, all samples and directions are one
/// product.
///
/// @param a the first operand, `[…, m, k]` or, transposed, `[…, k, m]`
/// @param b the second operand, `[…, k, n]` or, transposed, `[…, n, k]`
/// @param transposeA whether A is the first operand's matrix transposed
/// @param transposeB whether B is the second operand's matrix transposed
public record MatMul(Shape a, Shape b, boolean transposeA, boolean transposeB) implements Primitive {

  /// @throws IllegalArgumentException if operands of these shapes have no product
  public MatMul {
    boolean matrices = a.rank() >= 2 && b.rank() >= 2;
    if (!matrices
        || dim(a, transposeA ? 0 : 1) != dim(b, transposeB ? 1 : 0)
        || a.rank() > 2 && b.rank() > 2 && !Arrays.equals(leading(a), leading(b))) {
      throw new IllegalArgumentException("MatMul: " + a + (transposeA ? " transposed" : "") + " by " + b
          + (transposeB ? " transposed" : "")
          + ", expected […, m, k] by […, k, n] with the same leading axes, or none in one");
    }
  }

  @Override
  public Shape outputShape(List<Shape> operands) {
    if (!operands.get(0).equals(a) || !operands.get(1).equals(b)) {
      throw new IllegalArgumentException("MatMul: operands are " + operands + ", expected " + a + " and " + b);
    }
    int[] leading = leading(a.rank() > 2 ? a : b);
    int[] dims = Arrays.copyOf(leading, leading.length + 2);
    dims[leading.length] = m();
    dims[leading.length + 1] = n();
    return Shape.of(dims);
  }

  @Override
  public long multiplyAdds(List<Shape> operands) {
    return (long) products() * m() * n() * k();
  }

  @Override
  public void value(Point at, boolean keep) {
    multiply(at, 1, at.in[0], 1, at.in[1], 1, at.y, false);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    int directions = yDot.shape().dim(0);
    if (!dots[0].isNone()) {
      multiply(at, directions, dots[0], directions, at.in[1], 1, yDot, false);
    }
    if (!dots[1].isNone()) {
      multiply(at, directions, at.in[0], 1, dots[1], directions, yDot, !dots[0].isNone());
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    int directions = yBar.shape().dim(0);
    if (operand == 0) {
      pullA(at, directions, yBar, directions, at.in[1], 1, bar, false);
    } else {
      pullB(at, directions, at.in[0], 1, yBar, directions, bar, false);
    }
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    if (dots[1 - operand].isNone()) {
      return;
    }
    int directions = barDot.shape().dim(0);
    if (operand == 0) {
      pullA(at, directions, yBar, 1, dots[1], directions, barDot, true);
    } else {
      pullB(at, directions, dots[0], directions, yBar, 1, barDot, true);
    }
  }

  /// Y = or += A·B.
  private void multiply(Point at, int directions, Tensor some, int someDirections, Tensor others, int othersDirections,
      Tensor y, boolean add) {
    ProductOps.multiply(directions, count(at), m(), n(), k(), some, someDirections, each(a), transposeA,
        others, othersDirections, each(b), transposeB, y, 1, add, at.ws);
  }

  /// Ā = or += Ȳ·Bᵀ, or its transpose B·Ȳᵀ.
  private void pullA(Point at, int directions, Tensor yBar, int yDirections, Tensor others, int othersDirections,
      Tensor bar, boolean add) {
    if (transposeA) {
      ProductOps.multiply(directions, count(at), k(), m(), n(), others, othersDirections, each(b), transposeB,
          yBar, yDirections, 1, true, bar, each(a), add, at.ws);
    } else {
      ProductOps.multiply(directions, count(at), m(), k(), n(), yBar, yDirections, 1, false,
          others, othersDirections, each(b), !transposeB, bar, each(a), add, at.ws);
    }
  }

  /// B̄ = or += Aᵀ·Ȳ, or its transpose Ȳᵀ·A.
  private void pullB(Point at, int directions, Tensor some, int someDirections, Tensor yBar, int yDirections,
      Tensor bar, boolean add) {
    if (transposeB) {
      ProductOps.multiply(directions, count(at), n(), k(), m(), yBar, yDirections, 1, true,
          some, someDirections, each(a), transposeA, bar, each(b), add, at.ws);
    } else {
      ProductOps.multiply(directions, count(at), k(), n(), m(), some, someDirections, each(a), !transposeA,
          yBar, yDirections, 1, false, bar, each(b), add, at.ws);
    }
  }

  private int m() {
    return dim(a, transposeA ? 1 : 0);
  }

  private int k() {
    return dim(a, transposeA ? 0 : 1);
  }

  private int n() {
    return dim(b, transposeB ? 0 : 1);
  }

  /// The products of one sample.
  private int products() {
    Shape whole = a.rank() > 2 ? a : b;
    int products = 1;
    for (int axis = 0; axis < whole.rank() - 2; axis++) {
      products *= whole.dim(axis);
    }
    return products;
  }

  /// The products of all samples.
  private int count(Point at) {
    int samples = at.y.shape().rank() > Math.max(a.rank(), b.rank()) ? at.y.shape().dim(0) : 1;
    return samples * products();
  }

  /// The number of consecutive products that share a matrix of an operand: all of a sample's if it has one matrix.
  private int each(Shape operand) {
    return operand.rank() > 2 ? 1 : products();
  }

  private static int dim(Shape operand, int axis) {
    return operand.dim(operand.rank() - 2 + axis);
  }

  private static int[] leading(Shape operand) {
    return Arrays.copyOf(operand.toArray(), operand.rank() - 2);
  }
}
