package dev.lanewise.kernel;

/// Copies blocks of A and B into the order in which the micro-kernel reads them.
///
/// A: panels of r rows, column behind column; B: panels of w columns, row behind row. A panel at the edge is narrower, not
/// padded. Transposed operands are turned here, so that no product needs a transposing pass of its own.
final class DoublePacking {

  /// Rows turned together: their destinations, 16 rows of a B panel, stay in L1 while each source line is used up.
  private static final int TURN = 16;

  private DoublePacking() {}

  /// One panel: `to[t + p·r + i]` = A(i, p) for `r` rows and `k` columns, A(i, p) at `a[at + i·rs + p·cs]`.
  static void packA(int r, int k, double[] a, int at, int rs, int cs, double[] to, int t) {
    if (cs == 1) {
      transpose(r, k, a, at, rs, to, t, r);
    } else {
      for (int p = 0; p < k; p++) {
        int from = at + p * cs;
        int into = t + p * r;
        for (int i = 0; i < r; i++) {
          to[into + i] = a[from + i * rs];
        }
      }
    }
  }

  /// A block: `to[j₀·k + p·w + j]` = B(p, j₀ + j) for panels of w ≤ NR columns from j₀ on; B(p, j) at `b[bt + p·rs + j·cs]`.
  static void packB(int k, int n, double[] b, int bt, int rs, int cs, double[] to) {
    for (int j = 0; j < n; j += DoubleTiling.NR) {
      int w = Math.min(DoubleTiling.NR, n - j);
      if (cs == 1) {
        for (int p = 0; p < k; p++) {
          System.arraycopy(b, bt + p * rs + j, to, j * k + p * w, w);
        }
      } else {
        transpose(w, k, b, bt + j * cs, cs, to, j * k, w);
      }
    }
  }

  /// Turns a matrix: `to[t + p·ts + i]` = `from[f + i·fs + p]` for `rows` rows i and `k` columns p.
  static void transpose(int rows, int k, double[] from, int f, int fs, double[] to, int t, int ts) {
    for (int p0 = 0; p0 < k; p0 += TURN) {
      int end = Math.min(k, p0 + TURN);
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
