package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleTiling.A_STRIDE;

/// Some rows of A over a block of k, as a micro-kernel reads them: in place where a family of micro-kernels can read them
/// there, else copied. One per thread, pointed at one panel after the other.
final class DoublePanel {

  /// A(i, p) at `a[at + i·stride + p]` where rows, else at `a[at + p·stride + i]`, or in tiles.
  boolean rows;
  double[] a;
  int at;
  int stride;
  /// The rows of a tile where columns are copied tile by tile, else 0.
  private int tile;

  /// Points at rows i … i + m of columns p … p + kc of A; φ′ applied on the way where that is fused.
  void set(int i, int m, int p, int kc, double[] source, int from, int rs, int cs, DoubleFusion fusion, DoubleScratch scratch) {
    int first = from + i * rs + p * cs;
    int stride = Math.max(A_STRIDE, kc);
    if (fusion.stage == DoubleFusion.Stage.SLOPE_ON_A) {
      double[] scaled = scratch.panel(m * stride);
      boolean inRows = cs == 1 || kc == 1;
      if (!inRows) {
        DoublePacking.gather(m, kc, source, first, rs, cs, scaled, stride);
      }
      for (int q = 0; q < m; q++) {
        int residual = fusion.residualAt + (fusion.firstRow + i + q) % fusion.period * fusion.residualStride + p;
        DoubleVectorElementwise.scaleBySlope(fusion.nonlinearity, kc, fusion.residual, residual,
            inRows ? source : scaled, inRows ? first + q * rs : q * stride, scaled, q * stride);
      }
      point(true, scaled, 0, stride);
    } else if (cs == 1) {
      point(true, source, first, rs);
    } else if (rs == 1) {
      point(false, source, first, cs);
    } else {
      double[] packed = scratch.panel(m * stride);
      DoublePacking.gather(m, kc, source, first, rs, cs, packed, stride);
      point(true, packed, 0, stride);
    }
  }

  void point(boolean rows, double[] a, int at, int stride) {
    this.rows = rows;
    if (this.a != a) {
      // The collector's barrier, even the serial one's, is 3 % of a product of 1 × 4 × 1.
      this.a = a;
    }
    this.at = at;
    this.stride = stride;
    this.tile = 0;
  }

  /// Copies m rows, or columns tile by tile, to where [#timesPacked] reads them for strips of `width` columns in all.
  void pack(int m, int kc, int width, DoubleScratch scratch) {
    if (rows) {
      if (stride != A_STRIDE) {
        double[] packed = scratch.panel(m * A_STRIDE);
        DoublePacking.rowsOfA(m, kc, a, at, stride, packed);
        point(true, packed, 0, A_STRIDE);
      }
      return;
    }
    double[] packed = scratch.panel((m + DoubleLanes.LENGTH) * kc);
    int most = DoubleTiling.columnRows(width);
    for (int i = 0, r; i < m; i += r) {
      r = DoubleTiling.height(m - i, most);
      DoublePacking.columns(r, kc, a, at + i, stride, packed, i * kc);
    }
    point(false, packed, 0, 0);
    tile = most;
  }

  /// These m rows times `width` columns of B in place, by vectors that the width fills.
  void times(int m, int width, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    times(0, m, width, width - DoubleLanes.filledBy(width), kc, b, bt, bs, c, ct, cs, add);
  }

  /// The same for m rows from a row on, with a strip of B that [DoublePacking#strip] has packed.
  void timesStrip(int from, int m, int width, int kc, double[] strip, int bt, double[] c, int ct, int cs, boolean add) {
    int padded = DoubleTiling.padded(width);
    times(from, m, width, padded - DoubleLanes.filledBy(width), kc, strip, bt, padded, c, ct, cs, add);
  }

  /// @param bl where B's last vector begins, counted from the first
  private void times(int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    if (rows) {
      timesRows(from, m, width, bl, kc, b, bt, bs, c, ct, cs, add);
    } else {
      timesColumns(from, m, width, bl, kc, b, bt, bs, c, ct, cs, add);
    }
  }

  /// The same where [#pack] has copied A.
  void timesPacked(int from, int m, int width, int kc, double[] strip, int bt, double[] c, int ct, int cs, boolean add) {
    if (!rows) {
      timesStrip(from, m, width, kc, strip, bt, c, ct, cs, add);
      return;
    }
    int most = DoubleTiling.columnRows(width);
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      packed(tiles, r, width, kc, at + (from + i) * A_STRIDE, strip, bt, c, ct + i * cs, cs, add);
    }
  }

  private void timesRows(
      int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    boolean edge = (bl & DoubleLanes.filledBy(width) - 1) != 0;
    int most = DoubleTiling.inPlaceRows(width, edge);
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      if (edge) {
        edge(tiles, r, width, kc, at + (from + i) * stride, b, bt, bs, bl, c, ct + i * cs, cs, add);
      } else {
        rows(tiles, r, width, kc, at + (from + i) * stride, b, bt, bs, c, ct + i * cs, cs, add);
      }
    }
  }

  private void timesColumns(
      int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    int most = tile > 0 ? tile : DoubleTiling.columnRows(width);
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      if (tile > 0) {
        columns(tiles, r, width, kc, at + (from + i) * kc, r, r * kc, b, bt, bs, bl, c, ct + i * cs, cs, add);
      } else {
        columns(tiles, r, width, kc, at + from + i, stride, r, b, bt, bs, bl, c, ct + i * cs, cs, add);
      }
    }
  }

  private void packed(int tiles, int r, int width, int kc, int at, double[] b, int bt, double[] c, int ct, int cs, boolean add) {
    switch (DoubleLanes.filledBy(width) * Double.SIZE) {
      case 512 -> DoubleMicroKernel512.packed(tiles, r, width, kc, a, at, b, bt, c, ct, cs, add);
      case 256 -> DoubleMicroKernel256.packed(tiles, r, width, kc, a, at, b, bt, c, ct, cs, add);
      default -> DoubleMicroKernel128.packed(tiles, r, width, kc, a, at, b, bt, c, ct, cs, add);
    }
  }

  private void rows(
      int tiles, int r, int width, int kc, int at, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    switch (DoubleLanes.filledBy(width) * Double.SIZE) {
      case 512 -> DoubleMicroKernel512.rows(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, c, ct, cs, add);
      case 256 -> DoubleMicroKernel256.rows(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, c, ct, cs, add);
      default -> DoubleMicroKernel128.rows(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, c, ct, cs, add);
    }
  }

  private void edge(
      int tiles, int r, int width, int kc, int at, double[] b, int bt, int bs, int bl, double[] c, int ct, int cs, boolean add) {
    switch (DoubleLanes.filledBy(width) * Double.SIZE) {
      case 512 -> DoubleMicroKernel512.edge(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, bl, c, ct, cs, add);
      case 256 -> DoubleMicroKernel256.edge(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, bl, c, ct, cs, add);
      default -> DoubleMicroKernel128.edge(tiles, r, width, kc, a, at, stride, r * stride, b, bt, bs, bl, c, ct, cs, add);
    }
  }

  private void columns(
      int tiles, int r, int width, int kc, int at, int as, int ai, double[] b, int bt, int bs, int bl, double[] c, int ct, int cs, boolean add) {
    switch (DoubleLanes.filledBy(width) * Double.SIZE) {
      case 512 -> DoubleMicroKernel512.columns(tiles, r, width, kc, a, at, as, ai, b, bt, bs, bl, c, ct, cs, add);
      case 256 -> DoubleMicroKernel256.columns(tiles, r, width, kc, a, at, as, ai, b, bt, bs, bl, c, ct, cs, add);
      default -> DoubleMicroKernel128.columns(tiles, r, width, kc, a, at, as, ai, b, bt, bs, bl, c, ct, cs, add);
    }
  }
}
