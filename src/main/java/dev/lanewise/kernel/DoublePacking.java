package dev.lanewise.kernel;

/// Copies blocks of operands into the order in which the micro-kernels read them, turning them where they lie the other way.
final class DoublePacking {

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
        turn(w, k, b, bt + s * cs, cs, to, s * k, w);
      } else {
        for (int p = 0; p < k; p++) {
          for (int j = 0; j < w; j++) {
            to[s * k + p * w + j] = b[bt + p * rs + (s + j) * cs];
          }
        }
      }
    }
  }

  /// `to[t + p·ts + i]` = `from[f + i·fs + p]` for `rows` rows i and `k` columns p: whole blocks in registers, the rest alone.
  static void turn(int rows, int k, double[] from, int f, int fs, double[] to, int t, int ts) {
    int lanes = DoubleLanes.LENGTH;
    int wholeRows = rows & -lanes;
    int wholeColumns = k & -lanes;
    for (int p = 0; p < wholeColumns; p += lanes) {
      for (int i = 0; i < wholeRows; i += lanes) {
        DoubleTransposeKernel.block(from, f + i * fs + p, fs, to, t + p * ts + i, ts);
      }
    }
    DoublePortableTranspose.transpose(wholeRows, k - wholeColumns, from, f + wholeColumns, fs, to, t + wholeColumns * ts, ts);
    DoublePortableTranspose.transpose(rows - wholeRows, k, from, f + wholeRows * fs, fs, to, t + wholeRows, ts);
  }

  /// `to[i·k + p]` = `from[f + i·rs + p·cs]`: an operand with neither rows nor columns contiguous.
  static void gather(int rows, int k, double[] from, int f, int rs, int cs, double[] to) {
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < k; p++) {
        to[i * k + p] = from[f + i * rs + p * cs];
      }
    }
  }
}
