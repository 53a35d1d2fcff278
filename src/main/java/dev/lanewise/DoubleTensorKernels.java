package dev.lanewise;

import dev.lanewise.kernel.DotProduct;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.gemm.DoubleFusion;
import dev.lanewise.kernel.gemm.DoubleScratch;
import java.util.Arrays;
import java.util.Objects;

/// The kernels on tensors of doubles: what the operations do after their checks.
///
/// The kernels on floats, `FloatTensorKernels`, are derived from this source (`src/build/Specialise.java`).
/// `TensorKernels` has the same methods, and is the one place where a tensor's precision decides which of the two
/// classes computes (`src/build/ByPrecision.java`).
///
/// A method works on `n` elements of a tensor from a position on. A cast to double here is a rounding in the float
/// twin.
@SuppressWarnings("cast")
final class DoubleTensorKernels {

  private DoubleTensorKernels() {}

  /// The lanes of a vector.
  static int lanes() {
    return DoubleKernels.BEST.lanes();
  }

  /// Loads the kernels' classes before the first call, because this takes a new process some ten milliseconds.
  static void load() {
    Objects.requireNonNull(DoubleKernels.BEST);
  }

  /// C = or, where `add`, += A·B.
  static void product(int m, int n, int k, Tensor a, int at, int ars, int acs, Tensor b, int bt, int brs, int bcs,
      Tensor c, int ct, int cs, boolean add, Workspace ws) {
    DoubleScratch scratch = ws.scratchOfDoubles();
    DoubleKernels.BEST.gemm(m, n, k, a.doubles(), a.offset() + at, ars, acs, b.doubles(), b.offset() + bt, brs, bcs,
        c.doubles(), c.offset() + ct, cs, add, scratch.fusion.none(), scratch);
  }

  /// C = A·diag(s)·B where `onA`, else A·B·diag(s).
  static void scaledProduct(int m, int n, int k, Tensor a, int at, int ars, int acs, Tensor b, int bt, int brs, int bcs,
      Tensor c, int ct, int cs, Tensor s, boolean onA, Workspace ws) {
    DoubleScratch scratch = ws.scratchOfDoubles();
    DoubleFusion fusion =
        onA ? scratch.fusion.diagonalOnA(s.doubles(), s.offset()) : scratch.fusion.diagonalOnC(s.doubles(), s.offset());
    DoubleKernels.BEST.gemm(m, n, k, a.doubles(), a.offset() + at, ars, acs, b.doubles(), b.offset() + bt, brs, bcs,
        c.doubles(), c.offset() + ct, cs, false, fusion, scratch);
  }

  /// Y = φ(X·Wᵀ + 1·bᵀ), S = φ′ where it is kept.
  static void dense(
      int m, int n, int k, Tensor x, Tensor w, Tensor bias, Activation phi, Tensor y, Tensor slope, Workspace ws) {
    DoubleScratch scratch = ws.scratchOfDoubles();
    DoubleFusion fusion = scratch.fusion.activate(phi.nonlinearity(),
        bias.isNone() ? null : bias.doubles(), bias.offset(), slope.isNone() ? null : slope.doubles(), slope.offset());
    DoubleKernels.BEST.gemm(m, n, k, x.doubles(), x.offset(), k, 1, w.doubles(), w.offset(), 1, k,
        y.doubles(), y.offset(), n, false, fusion, scratch);
  }

  /// Ẏ = φ′ ⊙ (Ẋ·Wᵀ).
  static void densePush(int m, int n, int k, Tensor xDot, Tensor w, Activation phi, Tensor residual, int period,
      Tensor yDot, Workspace ws) {
    DoubleScratch scratch = ws.scratchOfDoubles();
    DoubleFusion fusion = scratch.fusion.slopeOnC(phi.nonlinearity(), residual.doubles(), residual.offset(), period);
    DoubleKernels.BEST.gemm(m, n, k, xDot.doubles(), xDot.offset(), k, 1, w.doubles(), w.offset(), 1, k,
        yDot.doubles(), yDot.offset(), n, false, fusion, scratch);
  }

  /// X̄ = (φ′ ⊙ Ȳ)·W.
  static void densePull(int m, int n, int k, Tensor yBar, Tensor w, Activation phi, Tensor residual, int period,
      Tensor xBar, Workspace ws) {
    DoubleScratch scratch = ws.scratchOfDoubles();
    DoubleFusion fusion = scratch.fusion.slopeOnA(phi.nonlinearity(), residual.doubles(), residual.offset(), period);
    DoubleKernels.BEST.gemm(m, n, k, yBar.doubles(), yBar.offset(), k, 1, w.doubles(), w.offset(), n, 1,
        xBar.doubles(), xBar.offset(), n, false, fusion, scratch);
  }

  /// Y = Xᵀ, both by rows, which begin `xs` and `ys` apart.
  static void transpose(int rows, int columns, Tensor x, int xt, int xs, Tensor y, int yt, int ys) {
    DoubleKernels.BEST.transpose(rows, columns, x.doubles(), x.offset() + xt, xs, y.doubles(), y.offset() + yt, ys);
  }

  /// Whether an element of `x` is one of `y`'s.
  static boolean overlap(Tensor x, Tensor y) {
    return x.doubles() == y.doubles() && x.offset() < y.offset() + y.size() && y.offset() < x.offset() + x.size();
  }

  /// y = x.
  static void copy(int n, Tensor x, int xt, Tensor y, int yt) {
    System.arraycopy(x.doubles(), x.offset() + xt, y.doubles(), y.offset() + yt, n);
  }

  /// y = value.
  static void fill(int n, double value, Tensor y, int yt) { // both precisions
    Arrays.fill(y.doubles(), y.offset() + yt, y.offset() + yt + n, (double) value);
  }

  /// Whether all x are numbers.
  static boolean isFinite(int n, Tensor x, int xt) {
    return DoubleKernels.BEST.finite(n, x.doubles(), x.offset() + xt);
  }

  /// y = eᶻ.
  static void exp(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.exp(n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = erf(z).
  static void erf(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.erf(n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = φ(z), slope = φ′(z) where it is kept.
  static void activate(Activation phi, Tensor z, Tensor y, Tensor slope) {
    if (slope.isNone()) {
      DoubleKernels.BEST.activate(phi.nonlinearity(), z.size(), z.doubles(), z.offset(), y.doubles(), y.offset());
    } else {
      DoubleKernels.BEST.activateKeepingSlope(phi.nonlinearity(), z.size(), z.doubles(), z.offset(),
          y.doubles(), y.offset(), slope.doubles(), slope.offset());
    }
  }

  /// v = φ′ ⊙ u, the residual serving each direction.
  static void scaleBySlope(Activation phi, Tensor residual, Tensor u, Tensor v) {
    int n = residual.size();
    for (int at = 0; at < u.size(); at += n) {
      DoubleKernels.BEST.scaleBySlope(phi.nonlinearity(), n, residual.doubles(), residual.offset(),
          u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
    }
  }

  /// v = φ″(z).
  static void curvature(Activation phi, int n, Tensor z, Tensor v) {
    DoubleKernels.BEST.curvature(phi.nonlinearity(), n, z.doubles(), z.offset(), v.doubles(), v.offset());
  }

  /// v += u, of n elements, for each direction of `v`.
  static void add(int n, Tensor u, Tensor v) {
    for (int at = 0; at < v.size(); at += n) {
      DoubleKernels.BEST.add(n, u.doubles(), u.offset(), v.doubles(), v.offset() + at);
    }
  }

  /// sum += u, row by row.
  static void sumRows(int n, Tensor u, Tensor sum) {
    for (int row = 0; row < u.size(); row += n) {
      DoubleKernels.BEST.add(n, u.doubles(), u.offset() + row, sum.doubles(), sum.offset());
    }
  }

  /// y += factor·x.
  static void addScaled(int n, double factor, Tensor x, Tensor y) { // both precisions
    DoubleKernels.BEST.addScaled(n, (double) factor, x.doubles(), x.offset(), y.doubles(), y.offset());
  }

  /// y = factor·x.
  static void scale(int n, double factor, Tensor x, int xt, Tensor y, int yt) { // both precisions
    DoubleKernels.BEST.scale(n, (double) factor, x.doubles(), x.offset() + xt, y.doubles(), y.offset() + yt);
  }

  /// y = diag(s)·x or, where there is no `s`, x: so many rows, by strides.
  static void scaleRows(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys, Tensor s) {
    for (int row = 0; row < rows; row++) {
      DoubleKernels.BEST.scale(n, s.isNone() ? 1 : s.doubles()[s.offset() + row],
          x.doubles(), x.offset() + xt + row * xs, y.doubles(), y.offset() + yt + row * ys);
    }
  }

  /// y = x·diag(s): so many rows, by strides.
  static void scaleColumns(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys, Tensor s) {
    for (int row = 0; row < rows; row++) {
      DoubleKernels.BEST.product(n, s.doubles(), s.offset(),
          x.doubles(), x.offset() + xt + row * xs, y.doubles(), y.offset() + yt + row * ys);
    }
  }

  /// y = factor·x, the factor not rounded.
  static void scaleInDouble(int n, double factor, Tensor x, Tensor y) { // both precisions
    double[] from = x.doubles();
    double[] to = y.doubles();
    for (int i = 0; i < n; i++) {
      to[y.offset() + i] = (double) (factor * from[x.offset() + i]);
    }
  }

  /// v ⊙= u, of n elements, for each direction of `v`.
  static void multiply(int n, Tensor u, Tensor v) {
    for (int at = 0; at < v.size(); at += n) {
      DoubleKernels.BEST.multiply(n, u.doubles(), u.offset(), v.doubles(), v.offset() + at);
    }
  }

  /// point = base + factor·direction, the factor not rounded; returns whether any number of the point has changed.
  static boolean move(int n, Tensor base, double factor, Tensor direction, Tensor point) { // both precisions
    double[] from = base.doubles();
    double[] along = direction.doubles();
    double[] to = point.doubles();
    int bt = base.offset();
    int dt = direction.offset();
    int pt = point.offset();
    boolean changed = false;
    for (int i = 0; i < n; i++) {
      double moved = (double) (from[bt + i] + factor * along[dt + i]);
      changed |= moved != to[pt + i];
      to[pt + i] = moved;
    }
    return changed;
  }

  /// v = u / divisor, the divisor not rounded.
  static void divide(int n, Tensor u, double divisor, Tensor v) { // both precisions
    for (int i = 0; i < n; i++) {
      v.doubles()[v.offset() + i] = (double) (u.doubles()[u.offset() + i] / divisor);
    }
  }

  /// Σ x.
  static double sum(int n, Tensor x) { // both precisions
    return DoubleKernels.BEST.sum(n, x.doubles(), x.offset());
  }

  /// ⟨u, v⟩.
  static double dot(int n, Tensor u, Tensor v) { // both precisions
    return DotProduct.of(n, u.doubles(), u.offset(), v.doubles(), v.offset());
  }

  /// ‖u‖.
  static double norm(int n, Tensor u) { // both precisions
    return DotProduct.norm(n, u.doubles(), u.offset());
  }

  /// y = softmax(z), row by row.
  static void softmax(int n, Tensor z, Tensor y) {
    for (int row = 0; row < z.size(); row += n) {
      DoubleKernels.BEST.softmax(n, z.doubles(), z.offset() + row, y.doubles(), y.offset() + row);
    }
  }

  /// y = log softmax(z), row by row.
  static void logSoftmax(int n, Tensor z, Tensor y) {
    for (int row = 0; row < z.size(); row += n) {
      DoubleKernels.BEST.logSoftmax(n, z.doubles(), z.offset() + row, y.doubles(), y.offset() + row);
    }
  }

  /// v = p ⊙ (u − ⟨p, u⟩), row by row, p serving each direction.
  static void softmaxDerivative(int n, Tensor p, Tensor u, Tensor v) {
    for (int row = 0; row < u.size(); row += n) {
      DoubleKernels.BEST.softmaxDerivative(n, p.doubles(), p.offset() + row % p.size(),
          u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
    }
  }

  /// v = u − ⟨p, u⟩, row by row, p serving each direction.
  static void logSoftmaxPush(int n, Tensor p, Tensor u, Tensor v) {
    for (int row = 0; row < u.size(); row += n) {
      DoubleKernels.BEST.logSoftmaxPush(n, p.doubles(), p.offset() + row % p.size(),
          u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
    }
  }

  /// v = u − p·Σu, row by row, p serving each direction.
  static void logSoftmaxPull(int n, Tensor p, Tensor u, Tensor v) {
    for (int row = 0; row < u.size(); row += n) {
      DoubleKernels.BEST.logSoftmaxPull(n, p.doubles(), p.offset() + row % p.size(),
          u.doubles(), u.offset() + row, v.doubles(), v.offset() + row);
    }
  }

  /// v = −Σu, row by row.
  static void minusSum(int n, Tensor u, Tensor v) {
    for (int row = 0; row < u.size(); row += n) {
      int at = v.offset() + row;
      Arrays.fill(v.doubles(), at, at + n, -DoubleKernels.BEST.sum(n, u.doubles(), u.offset() + row));
    }
  }
}
