package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleLanes;
import jdk.incubator.vector.DoubleVector;

/// Copies blocks of operands into the order in which the micro-kernels read them, transposing them where needed.
public final class DoublePacking {

  /// Rows of B that are copied strip by strip. They are enough that a strip's width is not worked out for each row, and
  /// few enough that the processor still prefetches each row.
  private static final int ROWS = 16;

  private DoublePacking() {}

  /// The size of a packed block of B, plus a row of the widest strip, into which a micro-kernel's range checks reach.
  static int size(int k, int n) {
    return DoubleTiling.parts(n, LENGTH) * LENGTH * k + DoubleTiling.STRIP_VECTORS * LENGTH;
  }

  /// Packs a block of B into the strips of [DoubleTiling#strip], one after another, each laid out as in [#strip]: the
  /// one from column s on at `to[t + s·k]`. B(p, j) is at `b[bt + p·rs + j·cs]`.
  static void block(int k, int n, int vectors, double[] b, int bt, int rs, int cs, double[] to, int t) {
    if (cs != 1) {
      for (int s = 0, w; s < n; s += w) {
        w = DoubleTiling.strip(n - s, vectors);
        strip(k, w, b, bt + s * cs, rs, cs, to, t + s * k);
      }
      return;
    }
    for (int p = 0; p < k; p += ROWS) {
      int rows = Math.min(ROWS, k - p);
      for (int s = 0, w; s < n; s += w) {
        w = DoubleTiling.strip(n - s, vectors);
        rows(rows, w, b, bt + p * rs + s, rs, to, t + s * k + p * DoubleTiling.padded(w));
      }
    }
  }

  /// Packs a strip of w columns in whole vectors, the last of which ends with the strip and repeats some columns: `to[t
  /// + p·padded(w) + v·lanes + i]` = B(p, min(v·lanes, w − lanes) + i).
  static void strip(int k, int w, double[] b, int bt, int rs, int cs, double[] to, int t) {
    if (cs == 1) {
      rows(k, w, b, bt, rs, to, t);
      return;
    }
    int padded = DoubleTiling.padded(w);
    int lanes = DoubleTiling.lastLanes(w);
    int whole = padded - lanes;
    if (rs == 1) {
      if (whole > 0) {
        transpose(whole, k, b, bt, cs, to, t, padded);
      }
      transpose(lanes, k, b, bt + (w - lanes) * cs, cs, to, t + whole, padded);
      return;
    }
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < padded; j++) {
        to[t + p * padded + j] = b[bt + p * rs + (j < whole ? j : w - padded + j) * cs];
      }
    }
  }

  private static void rows(int k, int w, double[] b, int bt, int rs, double[] to, int t) {
    int padded = DoubleTiling.padded(w);
    int lanes = DoubleLanes.filledBy(w);
    if (lanes == LENGTH) {
      vectors(k, padded, w - LENGTH, b, bt, rs, to, t);
      return;
    }
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, bt + p * rs, to, t + p * padded, padded - lanes);
      System.arraycopy(b, bt + p * rs + w - lanes, to, t + (p + 1) * padded - lanes, lanes);
    }
  }

  /// Copies rows in whole vectors, the last vector first: where only half of it is used, the others overwrite the rest
  /// of it. Each number of vectors has its own loop, since an inner loop over so few vectors costs more than their
  /// copies.
  private static void vectors(int k, int padded, int last, double[] b, int bt, int rs, double[] to, int t) {
    int end = padded - LENGTH;
    switch (DoubleTiling.parts(padded, LENGTH)) {
      case 1 -> {
        for (int p = 0; p < k; p++) {
          copy(b, bt + p * rs, to, t + p * padded);
        }
      }
      case 2 -> {
        for (int p = 0; p < k; p++) {
          int from = bt + p * rs;
          int row = t + p * padded;
          copy(b, from + last, to, row + end);
          copy(b, from, to, row);
        }
      }
      case 3 -> {
        for (int p = 0; p < k; p++) {
          int from = bt + p * rs;
          int row = t + p * padded;
          copy(b, from + last, to, row + end);
          copy(b, from, to, row);
          copy(b, from + LENGTH, to, row + LENGTH);
        }
      }
      default -> {
        assert padded <= 4 * LENGTH : padded;
        for (int p = 0; p < k; p++) {
          int from = bt + p * rs;
          int row = t + p * padded;
          copy(b, from + last, to, row + end);
          copy(b, from, to, row);
          copy(b, from + LENGTH, to, row + LENGTH);
          copy(b, from + 2 * LENGTH, to, row + 2 * LENGTH);
        }
      }
    }
  }

  private static void copy(double[] from, int f, double[] to, int t) {
    TYPE.cast(DoubleVector.fromArray(SPECIES, from, f)).intoArray(to, t);
  }

  /// Copies rows of A: `to[i·A_STRIDE + p]` = `a[at + i·as + p]`.
  static void rowsOfA(int rows, int k, double[] a, int at, int as, double[] to) {
    for (int i = 0; i < rows; i++) {
      int from = at + i * as;
      int row = i * DoubleTiling.A_STRIDE;
      if (k < LENGTH) {
        for (int p = 0; p < k; p++) {
          to[row + p] = a[from + p];
        }
        continue;
      }
      for (int p = 0; p < k - LENGTH; p += LENGTH) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, a, from + p)).intoArray(to, row + p);
      }
      TYPE.cast(DoubleVector.fromArray(SPECIES, a, from + k - LENGTH)).intoArray(to, row + k - LENGTH);
    }
  }

  /// Copies columns of A, one after another: `to[t + p·r + i]` = `a[at + p·as + i]`. Whole vectors are copied while
  /// they fit the arrays; each overwrites the excess of the one before.
  static void columns(int r, int k, double[] a, int at, int as, double[] to, int t) {
    int padded = DoubleTiling.parts(r, LENGTH) * LENGTH;
    int p = 0;
    for (; p < k && at + p * as <= a.length - padded && t + p * r <= to.length - padded; p++) {
      for (int i = 0; i < padded; i += LENGTH) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, a, at + p * as + i)).intoArray(to, t + p * r + i);
      }
    }
    for (; p < k; p++) {
      System.arraycopy(a, at + p * as, to, t + p * r, r);
    }
  }

  /// Transposes: `to[t + p·ts + i]` = `from[f + i·fs + p]` for `rows` rows i and `k` columns p, by whole blocks in
  /// registers, the last ones moved back until they end with the matrix.
  public static void transpose(int rows, int k, double[] from, int f, int fs, double[] to, int t, int ts) {
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

  /// Copies a B of fewer columns than a vector has lanes, each row to a vector: `to[t + p·LENGTH + j]` = B(p, j). What
  /// the remaining lanes hold is undefined.
  static void pad(int k, int n, double[] b, int bt, int rs, int cs, double[] to, int t) {
    if (rs == 1 && cs != 1) {
      transpose(n, k, b, bt, cs, to, t, LENGTH);
      return;
    }
    int p = 0;
    if (cs == 1) {
      for (; p < k && bt + p * rs <= b.length - LENGTH; p++) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, b, bt + p * rs)).intoArray(to, t + p * LENGTH);
      }
    }
    for (; p < k; p++) {
      for (int j = 0; j < n; j++) {
        to[t + p * LENGTH + j] = b[bt + p * rs + j * cs];
      }
    }
  }

  /// `to[t + i·ts + j]` = `from[f + i·fs + j]` for n columns, fewer than lanes and not a whole narrower vector. Copies
  /// two vectors of the width that n fills. The loop is written out for two widths, as a species has to be a constant.
  static void copyNarrow(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    switch (DoubleLanes.filledBy(n) * Double.SIZE) {
      case 256 -> copy256(rows, n - 256 / Double.SIZE, from, f, fs, to, t, ts);
      case 128 -> copy128(rows, n - 128 / Double.SIZE, from, f, fs, to, t, ts);
      default -> throw new AssertionError(n);
    }
  }

  private static void copy256(int rows, int last, double[] from, int f, int fs, double[] to, int t, int ts) {
    for (int i = 0; i < rows; i++) {
      DoubleVector first = DoubleVector.fromArray(DoubleVector.SPECIES_256, from, f + i * fs);
      DoubleVector second = DoubleVector.fromArray(DoubleVector.SPECIES_256, from, f + i * fs + last);
      DoubleLanes.W256.cast(first).intoArray(to, t + i * ts);
      DoubleLanes.W256.cast(second).intoArray(to, t + i * ts + last);
    }
  }

  private static void copy128(int rows, int last, double[] from, int f, int fs, double[] to, int t, int ts) {
    for (int i = 0; i < rows; i++) {
      DoubleVector first = DoubleVector.fromArray(DoubleVector.SPECIES_128, from, f + i * fs);
      DoubleVector second = DoubleVector.fromArray(DoubleVector.SPECIES_128, from, f + i * fs + last);
      DoubleLanes.W128.cast(first).intoArray(to, t + i * ts);
      DoubleLanes.W128.cast(second).intoArray(to, t + i * ts + last);
    }
  }

  /// Copies an operand with neither rows nor columns contiguous: `to[i·ts + p]` = `from[f + i·rs + p·cs]`.
  static void gather(int rows, int k, double[] from, int f, int rs, int cs, double[] to, int ts) {
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < k; p++) {
        to[i * ts + p] = from[f + i * rs + p * cs];
      }
    }
  }
}
