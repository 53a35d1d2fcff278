package dev.lanewise.kernel;

/// C = or += A·Bᵀ, both operands in rows and A much the smaller: as Cᵀ = B·Aᵀ, with the vectors along the rows of A.
///
/// B, each of whose elements is used only m times, is read where it lies; what is turned is A, whose elements are used n times,
/// and C. Copying B's rows, as large products do, took 1.1 to 1.6 × the time for m = 16 and 32. What turning B instead and dot
/// products take stands at [DoubleTiling#dots].
final class DoubleSwappedGemm {

  /// Rows of B at once: their part of Cᵀ stays in L1.
  private static final int ROWS = 96;

  private DoubleSwappedGemm() {}

  /// With m and k no less than the lanes of a vector of 128 bit, and m one strip; C before its epilogue.
  static void product(
      int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    double[] turnedA = scratch.block(DoublePacking.size(k, m));
    DoublePacking.strip(k, m, a, at, 1, as, turnedA, 0);
    double[] turnedC = scratch.columns(ROWS * m);
    for (int j = 0; j < n; j += ROWS) {
      int rows = Math.min(ROWS, n - j);
      if (add) {
        DoublePacking.turn(m, rows, c, ct + j, cs, turnedC, 0, m);
      }
      panels(rows, m, k, b, bt + j * bs, bs, turnedA, turnedC, add, scratch.panel);
      DoublePacking.turn(rows, m, turnedC, 0, m, c, ct + j, cs);
    }
  }

  private static void panels(
      int rows, int m, int k, double[] b, int bt, int bs, double[] turnedA, double[] turnedC, boolean add, DoublePanel panel) {
    int kBlocks = DoubleTiling.parts(k, DoubleTiling.KC);
    for (int p = 0, kc; p < k; p += kc) {
      kc = DoubleTiling.parts(k - p, kBlocks--);
      panel.point(true, b, bt + p, bs);
      panel.timesStrip(0, rows, m, kc, turnedA, p * DoubleTiling.padded(m), turnedC, 0, m, add || p > 0);
    }
  }
}
