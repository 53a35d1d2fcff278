package dev.lanewise.kernel;

/// Copies blocks of operands into the order in which the micro-kernels read them, turning them where they lie the other way.
final class DoublePacking {

  /// Rows turned together: their destinations, 16 rows of a strip, stay in L1 while each source line is used up.
  private static final int TURN = 16;

  private DoublePacking() {}

  /// A block of B in strips: `to[s·k + p·w + j]` = B(p, s + j) for strips of w ≤ `strip` columns from column s on; B(p, j) at
  /// `b[bt + p·rs + j·cs]`. The last strip is narrower, not padded.
  static void packB(int k, int n, int strip, double[] b, int bt, int rs, int cs, double[] to) {
    for (int s = 0; s < n; s += strip) {
      int w = Math.min(strip, n - s);
      if (cs == 1) {
        for (int p = 0; p < k; p++) {
          System.arraycopy(b, bt + p * rs + s, to, s * k + p * w, w);
        }
      } else if (rs == 1) {
        transpose(w, k, b, bt + s * cs, cs, to, s * k, w);
      } else {
        for (int p = 0; p < k; p++) {
          for (int j = 0; j < w; j++) {
            to[s * k + p * w + j] = b[bt + p * rs + (s + j) * cs];
          }
        }
      }
    }
  }

  /// `to[i·k + p]` = `from[f + i·rs + p·cs]`: an operand with neither rows nor columns contiguous.
  static void gather(int rows, int k, double[] from, int f, int rs, int cs, double[] to) {
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < k; p++) {
        to[i * k + p] = from[f + i * rs + p * cs];
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
