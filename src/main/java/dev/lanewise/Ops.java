package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;

/// The operations that layers are made of, on tensors of either precision: the only way to the kernels.
///
/// Every operation checks shapes and precisions before it writes, and decides about the precision once. A tensor counts as
/// the matrix whose rows are its innermost axis, whatever axes come before: X `[chunk, batch, in]` is chunk·batch rows.
///
/// | operation          | formula                                           | shapes                                  |
/// |--------------------|---------------------------------------------------|-----------------------------------------|
/// | [#times]           | C = A·B                                           | m×k, k×n, m×n                           |
/// | [#timesTransposed] | C = A·Bᵀ                                          | m×k, n×k, m×n                           |
/// | [#transposedTimes] | C = Aᵀ·B                                          | k×m, k×n, m×n                           |
/// | [#dense]           | Y = φ(X·Wᵀ + 1·bᵀ), S = φ′ where it is kept         | b×in, out×in, out, b×out, b×out         |
/// | [#densePush]       | Ẏ = φ′ ⊙ (Ẋ·Wᵀ)                                    | kb×in, out×in, residual b×out, kb×out   |
/// | [#densePull]       | X̄ = (φ′ ⊙ Ȳ)·W                                     | kb×out, out×in, residual b×out, kb×in   |
/// | [#scaleBySlope]    | V = φ′ ⊙ U                                         | residual b×n, kb×n, kb×n                |
/// | [#transposeInto]   | Y(j, column + i) = X(i, j)                         | r×m, m×n                                |
/// | [#addRow]          | Y += 1·rᵀ                                          | n, m×n                                  |
/// | [#sumRows]         | s += Xᵀ·1                                          | m×n, n                                  |
///
/// Operations on rows one by one (softmax and its like) are in [RowOps], on elements in [PointwiseOps], on strided views in
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
    requireMatrix(b, k, n, a, "times", "b");
    requireMatrix(c, m, n, a, "times", "c");
    gemm(m, n, k, a, k, 1, b, n, 1, c, add, ws);
  }

  /// C = A·Bᵀ, or C += A·Bᵀ where `add`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void timesTransposed(Tensor a, Tensor b, Tensor c, boolean add, Workspace ws) {
    int m = rows(a);
    int k = a.shape().last();
    int n = rows(b);
    requireMatrix(b, n, k, a, "timesTransposed", "b");
    requireMatrix(c, m, n, a, "timesTransposed", "c");
    gemm(m, n, k, a, k, 1, b, 1, k, c, add, ws);
  }

  /// C = Aᵀ·B, or C += Aᵀ·B where `add`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void transposedTimes(Tensor a, Tensor b, Tensor c, boolean add, Workspace ws) {
    int m = a.shape().last();
    int k = rows(a);
    int n = b.shape().last();
    requireMatrix(b, k, n, a, "transposedTimes", "b");
    requireMatrix(c, m, n, a, "transposedTimes", "c");
    gemm(m, n, k, a, 1, m, b, n, 1, c, add, ws);
  }

  private static void gemm(int m, int n, int k, Tensor a, int ars, int acs, Tensor b, int brs, int bcs, Tensor c, boolean add, Workspace ws) {
    if (a.precision() == Precision.FLOAT) {
      var scratch = ws.floatScratch();
      FloatKernels.BEST.gemm(m, n, k, a.floats(), a.offset(), ars, acs, b.floats(), b.offset(), brs, bcs,
          c.floats(), c.offset(), n, add, scratch.fusion.none(), scratch);
    } else {
      var scratch = ws.doubleScratch();
      DoubleKernels.BEST.gemm(m, n, k, a.doubles(), a.offset(), ars, acs, b.doubles(), b.offset(), brs, bcs,
          c.doubles(), c.offset(), n, add, scratch.fusion.none(), scratch);
    }
  }

  /// Y = φ(X·Wᵀ + 1·bᵀ); where `slope` is a tensor, S = φ′ as well. Bias, φ and slope are part of the product's own pass.
  ///
  /// @param bias `[out]`, or [Tensor#none()]
  /// @param slope the place for φ′, or [Tensor#none()] where it is not to be kept
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void dense(Tensor x, Tensor w, Tensor bias, Activation phi, Tensor y, Tensor slope, Workspace ws) {
    int m = rows(x);
    int k = x.shape().last();
    int n = rows(w);
    requireMatrix(w, n, k, x, "dense", "w");
    requireMatrix(y, m, n, x, "dense", "y");
    if (!bias.isNone()) {
      requireMatrix(bias, 1, n, x, "dense", "bias");
    }
    if (!slope.isNone()) {
      requireMatrix(slope, m, n, x, "dense", "slope");
    }
    if (x.precision() == Precision.FLOAT) {
      var scratch = ws.floatScratch();
      var fusion = scratch.fusion.activate(phi.nonlinearity(),
          bias.isNone() ? null : bias.floats(), bias.offset(), slope.isNone() ? null : slope.floats(), slope.offset());
      FloatKernels.BEST.gemm(m, n, k, x.floats(), x.offset(), k, 1, w.floats(), w.offset(), 1, k,
          y.floats(), y.offset(), n, false, fusion, scratch);
    } else {
      var scratch = ws.doubleScratch();
      var fusion = scratch.fusion.activate(phi.nonlinearity(),
          bias.isNone() ? null : bias.doubles(), bias.offset(), slope.isNone() ? null : slope.doubles(), slope.offset());
      DoubleKernels.BEST.gemm(m, n, k, x.doubles(), x.offset(), k, 1, w.doubles(), w.offset(), 1, k,
          y.doubles(), y.offset(), n, false, fusion, scratch);
    }
  }

  /// Ẏ = φ′ ⊙ (Ẋ·Wᵀ), the slope applied in the product's own pass.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void densePush(Tensor xDot, Tensor w, Activation phi, Tensor residual, Tensor yDot, Workspace ws) {
    int m = rows(xDot);
    int k = xDot.shape().last();
    int n = rows(w);
    requireMatrix(w, n, k, xDot, "densePush", "w");
    requireMatrix(yDot, m, n, xDot, "densePush", "yDot");
    int period = period(residual, m, n, xDot, "densePush");
    if (xDot.precision() == Precision.FLOAT) {
      var scratch = ws.floatScratch();
      var fusion = scratch.fusion.slopeOnC(phi.nonlinearity(), residual.floats(), residual.offset(), period);
      FloatKernels.BEST.gemm(m, n, k, xDot.floats(), xDot.offset(), k, 1, w.floats(), w.offset(), 1, k,
          yDot.floats(), yDot.offset(), n, false, fusion, scratch);
    } else {
      var scratch = ws.doubleScratch();
      var fusion = scratch.fusion.slopeOnC(phi.nonlinearity(), residual.doubles(), residual.offset(), period);
      DoubleKernels.BEST.gemm(m, n, k, xDot.doubles(), xDot.offset(), k, 1, w.doubles(), w.offset(), 1, k,
          yDot.doubles(), yDot.offset(), n, false, fusion, scratch);
    }
  }

  /// X̄ = (φ′ ⊙ Ȳ)·W, the slope applied in the product's own pass.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void densePull(Tensor yBar, Tensor w, Activation phi, Tensor residual, Tensor xBar, Workspace ws) {
    int m = rows(yBar);
    int k = yBar.shape().last();
    int n = w.shape().last();
    requireMatrix(w, k, n, yBar, "densePull", "w");
    requireMatrix(xBar, m, n, yBar, "densePull", "xBar");
    int period = period(residual, m, k, yBar, "densePull");
    if (yBar.precision() == Precision.FLOAT) {
      var scratch = ws.floatScratch();
      var fusion = scratch.fusion.slopeOnA(phi.nonlinearity(), residual.floats(), residual.offset(), period);
      FloatKernels.BEST.gemm(m, n, k, yBar.floats(), yBar.offset(), k, 1, w.floats(), w.offset(), n, 1,
          xBar.floats(), xBar.offset(), n, false, fusion, scratch);
    } else {
      var scratch = ws.doubleScratch();
      var fusion = scratch.fusion.slopeOnA(phi.nonlinearity(), residual.doubles(), residual.offset(), period);
      DoubleKernels.BEST.gemm(m, n, k, yBar.doubles(), yBar.offset(), k, 1, w.doubles(), w.offset(), n, 1,
          xBar.doubles(), xBar.offset(), n, false, fusion, scratch);
    }
  }

  /// Y = φ(Z), elementwise; where `slope` is a tensor, S = φ′(Z) as well, in the same pass. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void activate(Activation phi, Tensor z, Tensor y, Tensor slope) {
    y.require(z.precision(), z.shape(), "Ops.activate", "y");
    Nonlinearity kind = phi.nonlinearity();
    if (!slope.isNone()) {
      slope.require(z.precision(), z.shape(), "Ops.activate", "slope");
    }
    int n = z.size();
    if (z.precision() == Precision.FLOAT) {
      if (slope.isNone()) {
        FloatKernels.BEST.activate(kind, n, z.floats(), z.offset(), y.floats(), y.offset());
      } else {
        FloatKernels.BEST.activateKeepingSlope(kind, n, z.floats(), z.offset(), y.floats(), y.offset(), slope.floats(), slope.offset());
      }
    } else if (slope.isNone()) {
      DoubleKernels.BEST.activate(kind, n, z.doubles(), z.offset(), y.doubles(), y.offset());
    } else {
      DoubleKernels.BEST.activateKeepingSlope(kind, n, z.doubles(), z.offset(), y.doubles(), y.offset(), slope.doubles(), slope.offset());
    }
  }

  /// V = φ′ ⊙ U. `v` may be `u`.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void scaleBySlope(Activation phi, Tensor residual, Tensor u, Tensor v) {
    v.require(u.precision(), u.shape(), "Ops.scaleBySlope", "v");
    period(residual, rows(u), u.shape().last(), u, "scaleBySlope");
    int n = residual.size();
    for (int from = 0; from < u.size(); from += n) {
      if (u.precision() == Precision.FLOAT) {
        FloatKernels.BEST.scaleBySlope(phi.nonlinearity(), n, residual.floats(), residual.offset(),
            u.floats(), u.offset() + from, v.floats(), v.offset() + from);
      } else {
        DoubleKernels.BEST.scaleBySlope(phi.nonlinearity(), n, residual.doubles(), residual.offset(),
            u.doubles(), u.offset() + from, v.doubles(), v.offset() + from);
      }
    }
  }

  /// Writes Xᵀ into the columns of Y from `column` on: Y(j, column + i) = X(i, j), with X read as `r` rows.
  ///
  /// @param x r×m
  /// @param y m×n with n ≥ column + r
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void transposeInto(Tensor x, int r, Tensor y, int column) {
    int m = rows(y);
    int n = y.shape().last();
    if (x.size() != (long) r * m || x.precision() != y.precision() || column < 0 || column > n - r) {
      throw new IllegalArgumentException("Ops.transposeInto: x is " + x.describe() + " read as " + r + " rows, expected "
          + y.precision() + " with " + m + " columns, to become columns " + column + " to " + (column + r) + " of " + n);
    }
    if (x.precision() == Precision.FLOAT) {
      FloatKernels.BEST.transpose(r, m, x.floats(), x.offset(), m, y.floats(), y.offset() + column, n);
    } else {
      DoubleKernels.BEST.transpose(r, m, x.doubles(), x.offset(), m, y.doubles(), y.offset() + column, n);
    }
  }

  /// Y += 1·rᵀ: adds `row` to each row of `y`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void addRow(Tensor row, Tensor y) {
    int n = y.shape().last();
    requireMatrix(row, 1, n, y, "addRow", "row");
    for (int from = 0; from < y.size(); from += n) {
      add(n, row, 0, y, from);
    }
  }

  /// s += Xᵀ·1: adds each row of `x`, in order, to `sum`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void sumRows(Tensor x, Tensor sum) {
    int n = x.shape().last();
    requireMatrix(sum, 1, n, x, "sumRows", "sum");
    for (int from = 0; from < x.size(); from += n) {
      add(n, x, from, sum, 0);
    }
  }

  private static void add(int n, Tensor x, int xFrom, Tensor y, int yFrom) {
    if (x.precision() == Precision.FLOAT) {
      FloatKernels.BEST.add(n, x.floats(), x.offset() + xFrom, y.floats(), y.offset() + yFrom);
    } else {
      DoubleKernels.BEST.add(n, x.doubles(), x.offset() + xFrom, y.doubles(), y.offset() + yFrom);
    }
  }

  private static int rows(Tensor tensor) {
    return tensor.shape().rows();
  }

  private static int period(Tensor residual, int m, int n, Tensor like, String op) {
    int period = rows(residual);
    requireMatrix(residual, period, n, like, op, "residual");
    if (m != 0 && (period == 0 || m % period != 0)) {
      throw new IllegalArgumentException(
          "Ops." + op + ": residual has " + period + " rows, expected a divisor of the " + m + " rows that it applies to");
    }
    return period;
  }

  private static void requireMatrix(Tensor tensor, int rows, int columns, Tensor like, String op, String name) {
    if (tensor.isNone() || tensor.shape().last() != columns || rows(tensor) != rows || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException("Ops." + op + ": " + name + " is " + tensor.describe()
          + ", expected " + like.precision() + " of " + rows + " rows of " + columns);
    }
  }
}
