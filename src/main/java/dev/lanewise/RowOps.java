package dev.lanewise;

import java.util.Objects;

/// Operations on the rows of a tensor one by one, a row being its innermost axis.
///
/// | operation             | formula, row by row        | source                                         |
/// |-----------------------|----------------------------|------------------------------------------------|
/// | [#softmax]            | y = e^(z − max z) / Σ      | slides, equation [47]                          |
/// | [#logSoftmax]         | y = z − max z − log Σ      | slides, equation [48], by log-sum-exp          |
/// | [#softmaxDerivative]  | v = p ⊙ (u − ⟨p, u⟩)        | J = diag(p) − p·pᵀ = Jᵀ                         |
/// | [#logSoftmaxPush]     | v = u − ⟨p, u⟩              | J = I − 1·pᵀ                                    |
/// | [#logSoftmaxPull]     | v = u − p·Σu               | Jᵀ = I − p·1ᵀ                                   |
/// | [#minusSum]           | v = −1·Σu                  | what p is multiplied by in the pull            |
/// | [#addRow]             | y += r                     | a bias                                         |
/// | [#sumRows]            | s += x, over the rows      | a bias's cotangent                             |
/// | [#scaleRows]          | v = factor·w_n·u           | weights of samples                             |
/// | [#gather]             | y_i = x_r(i)               | batches of a set                               |
/// | [#isFinite]           | neither infinite nor NaN   | what data must be                              |
///
/// The derivatives take O(n) per direction; p are the probabilities of b rows, which serve each direction of a chunk.
///
/// [47]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-47
/// [48]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-48
public final class RowOps {

  private RowOps() {}

  /// y = softmax(z) of each row. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void softmax(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "RowOps.softmax", "y");
    TensorKernels.softmax(z.shape().last(), z, y);
  }

  /// y = log softmax(z) of each row. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmax(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "RowOps.logSoftmax", "y");
    TensorKernels.logSoftmax(z.shape().last(), z, y);
  }

  /// v = p ⊙ (u − ⟨p, u⟩): pushes tangents, and as the Jacobian is symmetric also pulls cotangents. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void softmaxDerivative(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.softmaxDerivative");
    TensorKernels.softmaxDerivative(p.shape().last(), p, u, v);
  }

  /// v = u − ⟨p, u⟩: pushes tangents through log-softmax. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmaxPush(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.logSoftmaxPush");
    TensorKernels.logSoftmaxPush(p.shape().last(), p, u, v);
  }

  /// v = u − p·Σu: pulls cotangents through log-softmax. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void logSoftmaxPull(Tensor p, Tensor u, Tensor v) {
    require(p, u, v, "RowOps.logSoftmaxPull");
    TensorKernels.logSoftmaxPull(p.shape().last(), p, u, v);
  }

  /// v = −1·Σu: each element of a row becomes the negated sum of the row of `u`. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void minusSum(Tensor u, Tensor v) {
    v.require(u.precision(), u.shape(), "RowOps.minusSum", "v");
    TensorKernels.minusSum(u.shape().last(), u, v);
  }

  /// Y += 1·rᵀ: adds `row` to each row of `y`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void addRow(Tensor row, Tensor y) {
    int n = y.shape().last();
    Ops.requireMatrix(row, 1, n, y, "RowOps.addRow", "row");
    TensorKernels.add(n, row, y);
  }

  /// s += Xᵀ·1: adds each row of `x`, in order, to `sum`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void sumRows(Tensor x, Tensor sum) {
    int n = x.shape().last();
    Ops.requireMatrix(sum, 1, n, x, "RowOps.sumRows", "sum");
    TensorKernels.sumRows(n, x, sum);
  }

  /// Overwrites `v` with factor·w_n·u: row n of each direction scaled by its weight. `v` may be `u`.
  ///
  /// @param weights as many as a direction has rows, or [Tensor#none()] for all 1
  /// @param u directions, `[chunk, …o]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void scaleRows(double factor, Tensor weights, Tensor u, Tensor v) {
    v.require(u.precision(), u.shape(), "RowOps.scaleRows", "v");
    int n = Math.max(1, weights.isNone() ? u.size() : u.shape().last());
    if (!weights.isNone() && (weights.size() == 0 || u.shape().rows() % weights.size() != 0)) {
      throw new IllegalArgumentException(
          "RowOps.scaleRows: weights are " + weights.describe() + ", expected one for each row of " + u.shape());
    }
    for (int at = 0; at < u.size(); at += n) {
      double scale = factor * (weights.isNone() ? 1 : weights.get(at / n % weights.size()));
      TensorKernels.scale(n, scale, u, at, v, at);
    }
  }

  /// Copies `count` of the entries of `x`'s outermost axis to the first ones of `y`: y_i = x_r for the i-th r of `rows`
  /// from `from` on.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or a row is not one of `x`
  public static void gather(Tensor x, int[] rows, int from, int count, Tensor y) {
    Objects.checkFromIndexSize(from, count, rows.length);
    int n = x.shape().dim(0) == 0 ? 0 : x.size() / x.shape().dim(0);
    if (x.precision() != y.precision() || y.shape().dim(0) < count || y.size() != (long) n * y.shape().dim(0)) {
      throw new IllegalArgumentException("RowOps.gather: y is " + y.describe() + ", expected " + x.precision()
          + " of at least " + count + " rows of " + n);
    }
    for (int i = 0; i < count; i++) {
      if (rows[from + i] < 0 || rows[from + i] >= x.shape().dim(0)) {
        throw new IllegalArgumentException("RowOps.gather: row " + rows[from + i] + ", expected one of the "
            + x.shape().dim(0) + " of x");
      }
    }
    for (int i = 0; i < count; i++) {
      TensorKernels.copy(n, x, rows[from + i] * n, y, i * n);
    }
  }

  /// {@return whether all elements are numbers: neither infinite nor NaN}
  public static boolean isFinite(Tensor x) {
    return TensorKernels.isFinite(x.size(), x, 0);
  }

  /// Checks that data are rows of `columns` numbers.
  ///
  /// @param owner the caller, named first in the message
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if `x` is not `[rows, columns]`
  public static void requireRows(Tensor x, int columns, Object owner, String name) {
    if (x.isNone() || x.shape().rank() != 2 || x.shape().dim(1) != columns) {
      throw new IllegalArgumentException(
          owner + ": " + name + " has shape " + x.shape() + ", expected [rows, " + columns + "]");
    }
  }

  /// The exception of [Tensor#requireFinite].
  static IllegalArgumentException notFinite(Tensor x, Object owner, String name) {
    int position = 0;
    while (Double.isFinite(x.get(position))) {
      position++;
    }
    return refusal(x, position, owner, name, "a finite number");
  }

  private static IllegalArgumentException refusal(Tensor x, int position, Object owner, String name, String expected) {
    int n = x.size() / x.shape().dim(0);
    return new IllegalArgumentException(owner + ": " + name + " has " + x.get(position) + " at row " + position / n
        + ", column " + position % n + ", expected " + expected);
  }

  /// {@return `x` itself if it has this precision, else a rounded copy} A check of data before rounding does not
  /// suffice, because a finite number may round to infinity.
  ///
  /// @param owner the caller, named first in the message
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
        throw refusal(x, at, owner, name, "a number of " + precision + "'s range");
      }
    }
    return rounded;
  }

  private static void require(Tensor p, Tensor u, Tensor v, String op) {
    v.require(u.precision(), u.shape(), op, "v");
    PointwiseOps.period(p, u, op, "p");
  }
}
