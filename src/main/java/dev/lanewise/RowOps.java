package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;
import java.util.Arrays;
import java.util.Objects;

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
/// | [#gather]             | y_i = x_r(i)               | batches of a set                               |
/// | [#isFinite]           | neither infinite nor NaN   | what data must be                              |
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

  /// Copies `count` of the entries of `x`'s outermost axis to the first ones of `y`: y_i = x_r for the i-th r of `rows` from `from` on.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or a row is not one of `x`
  public static void gather(Tensor x, int[] rows, int from, int count, Tensor y) {
    Objects.checkFromIndexSize(from, count, rows.length);
    int n = x.shape().dim(0) == 0 ? 0 : x.size() / x.shape().dim(0);
    if (x.precision() != y.precision() || y.shape().dim(0) < count || y.size() != (long) n * y.shape().dim(0)) {
      throw new IllegalArgumentException("RowOps.gather: y is " + y.describe() + ", expected " + x.precision() + " of at least "
          + count + " rows of " + n);
    }
    for (int i = 0; i < count; i++) {
      if (rows[from + i] < 0 || rows[from + i] >= x.shape().dim(0)) {
        throw new IllegalArgumentException("RowOps.gather: row " + rows[from + i] + ", expected one of the " + x.shape().dim(0) + " of x");
      }
    }
    for (int i = 0; i < count; i++) {
      int at = x.offset() + rows[from + i] * n;
      if (x.precision() == Precision.FLOAT) {
        System.arraycopy(x.floats(), at, y.floats(), y.offset() + i * n, n);
      } else {
        System.arraycopy(x.doubles(), at, y.doubles(), y.offset() + i * n, n);
      }
    }
  }

  /// Whether all elements are numbers: neither infinite nor NaN.
  public static boolean isFinite(Tensor x) {
    return x.precision() == Precision.FLOAT
        ? FloatKernels.BEST.finite(x.size(), x.floats(), x.offset())
        : DoubleKernels.BEST.finite(x.size(), x.doubles(), x.offset());
  }

  /// Checks data at a door: that all elements are numbers.
  ///
  /// @param owner who asks, first in the message
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if one is infinite or NaN, naming its row (of the outermost axis) and its column
  public static void requireFinite(Tensor x, Object owner, String name) {
    if (isFinite(x)) {
      return;
    }
    int position = 0;
    while (Double.isFinite(x.get(position))) {
      position++;
    }
    int n = x.size() / x.shape().dim(0);
    throw new IllegalArgumentException(owner + ": " + name + " has " + x.get(position) + " at row " + position / n
        + ", column " + position % n + ", expected a finite number");
  }

  /// `x` in another precision, in new memory unless it has that one: data that are checked before they are rounded are
  /// not checked.
  ///
  /// @param owner who asks, first in the message
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if a finite number becomes infinite, naming its row and its column
  public static Tensor rounded(Tensor x, Precision precision, Object owner, String name) {
    if (x.precision() == precision) {
      return x;
    }
    Tensor rounded = x.to(precision);
    int unchecked = isFinite(rounded) ? 0 : x.size();
    for (int at = 0; at < unchecked; at++) {
      if (Double.isFinite(x.get(at)) && Double.isInfinite(rounded.get(at))) {
        int n = x.size() / x.shape().dim(0);
        throw new IllegalArgumentException(owner + ": " + name + " has " + x.get(at) + " at row " + at / n + ", column "
            + at % n + ", expected a number of " + precision + "'s range");
      }
    }
    return rounded;
  }

  private static void require(Tensor p, Tensor u, Tensor v, String op) {
    v.require(u.precision(), u.shape(), op, "v");
    boolean serves = p.size() == 0 ? u.size() == 0 : u.size() % p.size() == 0;
    if (p.precision() != u.precision() || p.shape().last() != u.shape().last() || !serves) {
      throw new IllegalArgumentException(
          op + ": p is " + p.describe() + ", expected " + u.precision() + " rows that serve each direction of " + u.shape());
    }
  }
}
