package dev.lanewise.kernel.gemm;

/// C = or += A·Bᵀ with both operands in rows and A much smaller than B: computed as Cᵀ = B·Aᵀ, with the vectors along
/// the rows of A.
///
/// A, whose elements are used n times, and C are transposed, but not B, whose elements are used only m times.
/// [DoubleTiling] says when B's rows are copied, and what transposing B or dot products would cost instead.
final class DoubleSwappedGemm {

  /// Rows of B in a panel: their part of Cᵀ stays in L1.
  private static final int ROWS = 96;

  private DoubleSwappedGemm() {}

  /// Requires m and k to be at least the lanes of a vector of 128 bit; leaves out the epilogue.
  static void product(
      int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleScratch scratch) {
    double[] transposedA = scratch.block(DoublePacking.size(k, m));
    DoublePacking.block(k, m, DoubleTiling.STRIP_VECTORS, a, at, 1, as, transposedA, scratch.blockAt());
    double[] transposedC = scratch.columns(ROWS * m);
    boolean copied = DoubleTiling.copiesSwapped(n, k);
    for (int j = 0; j < n; j += ROWS) {
      int rows = Math.min(ROWS, n - j);
      if (add) {
        DoublePacking.transpose(m, rows, c, ct + j, cs, transposedC, 0, m);
      }
      panels(rows, m, k, b, bt + j * bs, bs, copied, transposedA, transposedC, add, scratch);
      DoublePacking.transpose(rows, m, transposedC, 0, m, c, ct + j, cs);
    }
  }

  /// Multiplies some rows of B by all of Aᵀ.
  private static void panels(
      int rows, int m, int k, double[] b, int bt, int bs, boolean copied, double[] transposedA, double[] transposedC,
      boolean add, DoubleScratch scratch) {
    DoublePanel panel = scratch.panel;
    int kBlocks = DoubleTiling.parts(k, DoubleTiling.KC);
    for (int p = 0, kc; p < k; p += kc) {
      kc = DoubleTiling.parts(k - p, kBlocks--);
      panel.point(true, b, bt + p, bs);
      if (copied) {
        panel.pack(rows, kc, scratch);
      }
      for (int s = 0, width; s < m; s += width) {
        width = DoubleTiling.strip(m - s, DoubleTiling.STRIP_VECTORS);
        int strip = scratch.blockAt() + s * k + p * DoubleTiling.padded(width);
        if (copied) {
          panel.timesPacked(0, rows, width, kc, transposedA, strip, transposedC, s, m, add || p > 0);
        } else {
          panel.timesStrip(0, rows, width, kc, transposedA, strip, transposedC, s, m, add || p > 0);
        }
      }
    }
  }
}
