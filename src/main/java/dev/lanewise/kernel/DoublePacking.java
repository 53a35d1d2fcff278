package dev.lanewise.kernel;

/// Copies blocks of operands into the order in which the micro-kernels read them, turning them where they lie the other way.
final class DoublePacking {

  private DoublePacking() {}

  /// A block of B in the strips of [DoubleTiling#strip]: `to[s·k + p·w + j]` = B(p, s + j) for the strip of w columns from
  /// column s on; B(p, j) at `b[bt + p·rs + j·cs]`.
  static void packB(int k, int n, int vectors, double[] b, int bt, int rs, int cs, double[] to) {
    for (int s = 0, w; s < n; s += w) {
      w = DoubleTiling.strip(n - s, vectors);
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

  /// `to[t + p·ts + i]` = `from[f + i·fs + p]` for `rows` rows i and `k` columns p: whole blocks in registers, the last ones
  /// moved back until they end with the matrix.
  static void turn(int rows, int k, double[] from, int f, int fs, double[] to, int t, int ts) {
    int lanes = DoubleLanes.filledBy(Math.min(rows, k));
    if (lanes == 0) {
      DoublePortableTranspose.transpose(rows, k, from, f, fs, to, t, ts);
      return;
    }
    for (int p = 0; p < k; p += lanes) {
      int column = Math.min(p, k - lanes);
      for (int i = 0; i < rows; i += lanes) {
        int row = Math.min(i, rows - lanes);
        DoubleTransposeKernel.block(lanes, from, f + row * fs + column, fs, to, t + column * ts + row, ts);
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
}
