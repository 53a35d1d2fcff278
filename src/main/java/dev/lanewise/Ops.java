package dev.lanewise;

/// Matrix products, with the operations that dense layers fuse into them, on tensors of either precision.
///
/// Each operation, here and in the related classes, checks shapes and precisions before it writes; there is no other
/// way to the kernels. A tensor counts as the matrix whose rows are its innermost axis, whatever axes come before: X
/// `[chunk, batch, in]` is chunk·batch rows.
///
/// | operation | formula | shapes |
/// |---|---|---|
/// | [#times] | C = A·B | m×k, k×n, m×n |
/// | [#timesTransposed] | C = A·Bᵀ | m×k, n×k, m×n |
/// | [#transposedTimes] | C = Aᵀ·B | k×m, k×n, m×n |
/// | [#dense] | Y = φ(X·Wᵀ + 1·bᵀ), S = φ′ where it is kept | b×in, out×in, out, b×out, b×out |
/// | [#densePush] | Ẏ = φ′ ⊙ (Ẋ·Wᵀ) | kb×in, out×in, residual b×out, kb×out |
/// | [#densePull] | X̄ = (φ′ ⊙ Ȳ)·W | kb×out, out×in, residual b×out, kb×in |
///
/// Operations on elements are in [PointwiseOps], on rows one by one in [RowOps], on strided views and transposes in
/// [MatrixOps], losses in [LossOps] and [CrossEntropyOps], steps of parameters in [UpdateOps].
public final class Ops {

  private Ops() {}

  /// C = A·B, or C += A·B where `add`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void times(Tensor a, Tensor b, Tensor c, boolean add, Workspace ws) {
    int m = rows(a);
    int k = a.shape().last();
    int n = b.shape().last();
    requireMatrix(b, k, n, a, "Ops.times", "b");
    requireMatrix(c, m, n, a, "Ops.times", "c");
    TensorKernels.product(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, add, ws);
  }

  /// C = A·Bᵀ, or C += A·Bᵀ where `add`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void timesTransposed(Tensor a, Tensor b, Tensor c, boolean add, Workspace ws) {
    int m = rows(a);
    int k = a.shape().last();
    int n = rows(b);
    requireMatrix(b, n, k, a, "Ops.timesTransposed", "b");
    requireMatrix(c, m, n, a, "Ops.timesTransposed", "c");
    TensorKernels.product(m, n, k, a, 0, k, 1, b, 0, 1, k, c, 0, n, add, ws);
  }

  /// C = Aᵀ·B, or C += Aᵀ·B where `add`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void transposedTimes(Tensor a, Tensor b, Tensor c, boolean add, Workspace ws) {
    int m = a.shape().last();
    int k = rows(a);
    int n = b.shape().last();
    requireMatrix(b, k, n, a, "Ops.transposedTimes", "b");
    requireMatrix(c, m, n, a, "Ops.transposedTimes", "c");
    TensorKernels.product(m, n, k, a, 0, 1, m, b, 0, n, 1, c, 0, n, add, ws);
  }

  /// Y = φ(X·Wᵀ + 1·bᵀ); if `slope` is a tensor, also S = φ′. Bias, φ and slope are part of the product's own pass.
  ///
  /// @param bias `[out]`, or [Tensor#none()]
  /// @param slope the place for φ′, or [Tensor#none()] to keep nothing
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void dense(Tensor x, Tensor w, Tensor bias, Activation phi, Tensor y, Tensor slope, Workspace ws) {
    int m = rows(x);
    int k = x.shape().last();
    int n = rows(w);
    requireMatrix(w, n, k, x, "Ops.dense", "w");
    requireMatrix(y, m, n, x, "Ops.dense", "y");
    if (!bias.isNone()) {
      requireMatrix(bias, 1, n, x, "Ops.dense", "bias");
    }
    if (!slope.isNone()) {
      requireMatrix(slope, m, n, x, "Ops.dense", "slope");
    }
    TensorKernels.dense(m, n, k, x, w, bias, phi, y, slope, ws);
  }

  /// Ẏ = φ′ ⊙ (Ẋ·Wᵀ), the slope applied in the product's own pass.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each
  ///     direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void densePush(Tensor xDot, Tensor w, Activation phi, Tensor residual, Tensor yDot, Workspace ws) {
    int m = rows(xDot);
    int k = xDot.shape().last();
    int n = rows(w);
    requireMatrix(w, n, k, xDot, "Ops.densePush", "w");
    requireMatrix(yDot, m, n, xDot, "Ops.densePush", "yDot");
    int period = period(residual, m, n, xDot, "Ops.densePush");
    TensorKernels.densePush(m, n, k, xDot, w, phi, residual, period, yDot, ws);
  }

  /// X̄ = (φ′ ⊙ Ȳ)·W, the slope applied in the product's own pass.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each
  ///     direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void densePull(Tensor yBar, Tensor w, Activation phi, Tensor residual, Tensor xBar, Workspace ws) {
    int m = rows(yBar);
    int k = yBar.shape().last();
    int n = w.shape().last();
    requireMatrix(w, k, n, yBar, "Ops.densePull", "w");
    requireMatrix(xBar, m, n, yBar, "Ops.densePull", "xBar");
    int period = period(residual, m, k, yBar, "Ops.densePull");
    TensorKernels.densePull(m, n, k, yBar, w, phi, residual, period, xBar, ws);
  }

  private static int rows(Tensor tensor) {
    return tensor.shape().rows();
  }

  /// Checks that a residual has rows of `n` that serve each direction of `m` rows.
  ///
  /// @return the number of its rows
  static int period(Tensor residual, int m, int n, Tensor like, String op) {
    int period = rows(residual);
    requireMatrix(residual, period, n, like, op, "residual");
    if (m != 0 && (period == 0 || m % period != 0)) {
      throw new IllegalArgumentException(
          op + ": residual has " + period + " rows, expected a divisor of the " + m + " rows that it applies to");
    }
    return period;
  }

  /// Checks an operand's rows, columns and precision.
  static void requireMatrix(Tensor tensor, int rows, int columns, Tensor like, String op, String name) {
    if (tensor.isNone() || tensor.shape().last() != columns || rows(tensor) != rows
        || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe()
          + ", expected " + like.precision() + " of " + rows + " rows of " + columns);
    }
  }
}
