package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// Products of many matrices at once, some of which serve several products, for each of some directions.
///
/// | operation   | formula                                        |
/// |-------------|------------------------------------------------|
/// | [#multiply] | C_c(i) = or += Σ A_a(i)·B_b(i), in order of i  |
///
/// Product i takes matrix (i / each) mod count of an operand that has `count` of them a direction: with `each` of r,
/// one serves r products in a row; where there are fewer, they serve again from the first. So does what is written:
/// several products that fall on one matrix add up there, in order.
///
/// As few products are computed as memory allows: contiguous matrices of A that all meet one B are one tall
/// matrix, and products that add up are one where the axis that is summed over is outermost in both.
public final class ProductOps {

  private ProductOps() {}

  /// C = or, where `add`, += A·B, for `directions` times `count` products, each m × n by a sum over k.
  ///
  /// @param a m × k or, where `transposeA`, k × m; of one direction, or of each
  /// @param aDirections how many directions `a` has: 1 or all
  /// @param aEach how many products in a row a matrix of `a` serves
  /// @param b k × n or, where `transposeB`, n × k
  /// @param c m × n; must not overlap the others
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void multiply(int directions, int count, int m, int n, int k,
      Tensor a, int aDirections, int aEach, boolean transposeA,
      Tensor b, int bDirections, int bEach, boolean transposeB, Tensor c, int cEach, boolean add, Workspace ws) {
    require(a, aDirections, directions, m, k, c, "a");
    require(b, bDirections, directions, k, n, c, "b");
    require(c, directions, directions, m, n, c, "c");
    if (c.size() == 0) {
      return;
    }
    if (!add && (count == 0 || k == 0)) {
      c.fill(0);
    }
    if (count > 0 && k > 0) {
      ProductKernels.multiply(directions, count, m, n, k, a, aDirections, aEach, transposeA, b, bDirections, bEach,
          transposeB, c, cEach, add, ws);
    }
  }

  private static void require(Tensor tensor, int has, int directions, int rows, int columns, Tensor like, String name) {
    long matrices = (long) has * rows * columns;
    boolean fits = matrices == 0 ? tensor.size() == 0 : tensor.size() % matrices == 0;
    if (tensor.isNone() || has != 1 && has != directions || !fits || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException("ProductOps.multiply: " + name + " is " + tensor.describe() + ", expected "
          + like.precision() + " matrices of " + rows + " by " + columns + " for each of " + has + " directions");
    }
  }
}
