package dev.lanewise.kernel.gemm;

/// The transpose of a matrix in plain Java.
public final class DoublePortableTranspose {

  /// Columns transposed together: their destinations stay in L1 while each source line is used up.
  private static final int COLUMNS = 16;

  private DoublePortableTranspose() {}

  /// `to[t + p·ts + i]` = `from[f + i·fs + p]` for `rows` rows i and `k` columns p.
  public static void transpose(int rows, int k, double[] from, int f, int fs, double[] to, int t, int ts) {
    for (int p0 = 0; p0 < k; p0 += COLUMNS) {
      int end = Math.min(k, p0 + COLUMNS);
      for (int i = 0; i < rows; i++) {
        int source = f + i * fs;
        int into = t + i;
        for (int p = p0; p < end; p++) {
          to[into + p * ts] = from[source + p];
        }
      }
    }
  }
}
