package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;
import java.util.Arrays;

/// Operations on the rows of a tensor one by one, a row being its innermost axis.
///
/// | operation             | formula, row by row        | source                                         |
/// |-----------------------|----------------------------|------------------------------------------------|
/// | [#softmax]            | y = e^(z − max z) / Σ      | slides, equation 47                            |
/// | [#logSoftmax]         | y = z − max z − log Σ      | slides, equation 48, by log-sum-exp            |
/// | [#softmaxDerivative]  | v = p ⊙ (u − ⟨p, u⟩)        | J = diag(p) − p·pᵀ = Jᵀ                         |
/// | [#logSoftmaxPush]     | v = u − ⟨p, u⟩              | J = I − 1·pᵀ                                    |
/// | [#logSoftmaxPull]     | v = u − p·Σu               | Jᵀ = I − p·1ᵀ                                   |
/// | [#minusSum]           | v = −1·Σu                  | what p is multiplied by in the pull            |
///
/// The derivatives take O(n) per direction; p are the probabilities of b rows, which serve each direction of a chunk.
public final class RowOps {

  private RowOps() {}

  /// y = softmax(z) of each row. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void softmax(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "RowOps.softmax", "y");
    int n = z.shape().last();
    for (int row = 0; row < z.size(); row += n) {
      if (z.precision() == Precision.FLOAT) {
        FloatKernels.BEST.softmax(n, z.floats(), z.offset() + row, y.floats(), y.offset() + row);
      } else {
        DoubleKernels.BEST.softmax(n, z.doubles(), z.offset() + row, y.doubles(), y.offset() + row);
      }
    }
  }

  /// y = log softmax(z) of each row. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmax(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "RowOps.logSoftmax", "y");
    int n = z.shape().last();
    for (int row = 0; row < z.size(); row += n) {
      if (z.precision() == Precision.FLOAT) {
        FloatKernels.BEST.logSoftmax(n, z.floats(), z.offset() + row, y.floats(), y.offset() + row);
      } else {
        DoubleKernels.BEST.logSoftmax(n, z.doubles(), z.offset() + row, y.doubles(), y.offset() + row);
      }
    }
  }

  /// v = p ⊙ (u − ⟨p, u⟩): pushes tangents, and as the Jacobian is symmetric also pulls cotangents. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void softmaxDerivative(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.softmaxDerivative");
    int n = p.shape().last();
    for (int row = 0; row < u.size(); row += n) {
      int from = row % p.size();
      if (u.precision() == Precision.FLOAT) {
        FloatKernels.BEST.softmaxDerivative(n, p.floats(), p.offset() + from, u.floats(), u.offset() + row, v.floats(), v.offset() + row);
      } else {
        DoubleKernels.BEST.softmaxDerivative(n, p.doubles(), p.offset() + from, u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
      }
    }
  }

  /// v = u − ⟨p, u⟩: pushes tangents through log-softmax. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmaxPush(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.logSoftmaxPush");
    int n = p.shape().last();
    for (int row = 0; row < u.size(); row += n) {
      int from = row % p.size();
      if (u.precision() == Precision.FLOAT) {
        FloatKernels.BEST.logSoftmaxPush(n, p.floats(), p.offset() + from, u.floats(), u.offset() + row, v.floats(), v.offset() + row);
      } else {
        DoubleKernels.BEST.logSoftmaxPush(n, p.doubles(), p.offset() + from, u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
      }
    }
  }

  /// v = u − p·Σu: pulls cotangents through log-softmax. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmaxPull(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.logSoftmaxPull");
    int n = p.shape().last();
    for (int row = 0; row < u.size(); row += n) {
      int from = row % p.size();
      if (u.precision() == Precision.FLOAT) {
        FloatKernels.BEST.logSoftmaxPull(n, p.floats(), p.offset() + from, u.floats(), u.offset() + row, v.floats(), v.offset() + row);
      } else {
        DoubleKernels.BEST.logSoftmaxPull(n, p.doubles(), p.offset() + from, u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
      }
    }
  }

  /// v = −1·Σu: every element of a row becomes what the sum of the row of `u` is, with the other sign. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void minusSum(Tensor u, Tensor v) {
    v.require(u.precision(), u.shape(), "RowOps.minusSum", "v");
    int n = u.shape().last();
    for (int row = 0; row < u.size(); row += n) {
      int at = v.offset() + row;
      if (u.precision() == Precision.FLOAT) {
        Arrays.fill(v.floats(), at, at + n, -FloatKernels.BEST.sum(n, u.floats(), u.offset() + row));
      } else {
        Arrays.fill(v.doubles(), at, at + n, -DoubleKernels.BEST.sum(n, u.doubles(), u.offset() + row));
      }
    }
  }

  private static void require(Tensor p, Tensor u, Tensor v, String op) {
    v.require(u.precision(), u.shape(), op, "v");
    if (p.precision() != u.precision() || p.shape().last() != u.shape().last() || p.size() == 0 || u.size() % p.size() != 0) {
      throw new IllegalArgumentException(
          op + ": p is " + p.describe() + ", expected " + u.precision() + " rows that serve each direction of " + u.shape());
    }
  }
}
