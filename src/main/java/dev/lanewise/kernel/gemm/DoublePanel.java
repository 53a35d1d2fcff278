package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.gemm.DoubleTiling.A_STRIDE;
import static dev.lanewise.kernel.gemm.DoubleTiling.TILE_MULTIPLE;

import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.lanes.DoubleLanes;

/// Rows of A over a block of k, as a micro-kernel reads them: in place where a family of micro-kernels can, else
/// copied. Each thread reuses one panel.
final class DoublePanel {

  /// A(i, p) at `a[at + i·stride + p]` where rows, else at `a[at + p·stride + i]`, or in tiles.
  boolean rows;
  double[] a;
  int at;
  int stride;
  /// Whether columns are copied, in tiles of TILE_MULTIPLE rows.
  private boolean copied;

  /// Points at rows i … i + m of columns p … p + kc of A, and applies φ′ where that is fused.
  void set(int i, int m, int p, int kc, double[] source, int from, int rs, int cs, DoubleFusion fusion,
      DoubleScratch scratch) {
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
      // The garbage collector's write barrier, even the serial collector's, is 3 % of a product of 1 × 4 × 1.
      this.a = a;
    }
    this.at = at;
    this.stride = stride;
    this.copied = false;
  }

  /// Copies m rows, or columns tile by tile or transposed into rows, to where [#timesPacked] reads them.
  void pack(int m, int kc, DoubleScratch scratch) {
    if (rows) {
      if (stride != A_STRIDE) {
        double[] packed = scratch.panel(m * A_STRIDE);
        DoublePacking.rowsOfA(m, kc, a, at, stride, packed);
        point(true, packed, 0, A_STRIDE);
      }
      return;
    }
    if (DoubleTiling.transposesColumns()) {
      double[] transposed = scratch.panel(m * A_STRIDE);
      DoublePacking.transpose(kc, m, a, at, stride, transposed, 0, A_STRIDE);
      point(true, transposed, 0, A_STRIDE);
      return;
    }
    double[] packed = scratch.panel((m + DoubleLanes.LENGTH) * kc);
    for (int i = 0, r; i < m; i += r) {
      r = DoubleTiling.height(m - i, TILE_MULTIPLE);
      DoublePacking.columns(r, kc, a, at + i, stride, packed, i * kc);
    }
    point(false, packed, 0, 0);
    copied = true;
  }

  /// Multiplies m rows by `width` columns of B in place, with vectors that the width fills.
  void times(int m, int width, int k, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    int last = width - DoubleTiling.lastLanes(width);
    if (k <= DoubleTiling.DEPTHS) {
      times(0, m, width, last, k, b, bt, bs, c, ct, cs, add);
      return;
    }
    int first = at;
    for (int p = 0; p < k; p += DoubleTiling.DEPTHS) {
      at = first + p * (rows ? 1 : stride);
      times(0, m, width, last, Math.min(DoubleTiling.DEPTHS, k - p), b, bt + p * bs, bs, c, ct, cs, add || p > 0);
    }
    at = first;
  }

  /// Multiplies m rows, from row `from` on, by a strip of B that [DoublePacking#strip] has packed.
  void timesStrip(int from, int m, int width, int kc, double[] strip, int bt, double[] c, int ct, int cs, boolean add) {
    int padded = DoubleTiling.padded(width);
    times(from, m, width, padded - DoubleTiling.lastLanes(width), kc, strip, bt, padded, c, ct, cs, add);
  }

  /// @param bl where B's last vector begins, counted from the first
  private void times(int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add) {
    if (rows) {
      timesRows(from, m, width, bl, kc, b, bt, bs, c, ct, cs, add);
    } else {
      timesColumns(from, m, width, bl, kc, b, bt, bs, c, ct, cs, add);
    }
  }

  /// Multiplies m rows of the A that [#pack] has copied by a packed strip of B.
  void timesPacked(int from, int m, int width, int kc, double[] strip, int bt, double[] c, int ct, int cs,
      boolean add) {
    if (!rows) {
      timesStrip(from, m, width, kc, strip, bt, c, ct, cs, add);
      return;
    }
    int most = DoubleTiling.columnRows(width);
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      DoubleMicroKernels.packed(
          tiles, r, width, kc, a, at + (from + i) * A_STRIDE, strip, bt, c, ct + i * cs, cs, add);
    }
  }

  private void timesRows(
      int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    boolean overlaps = DoubleTiling.lastOverlaps(width, bl);
    int most = DoubleTiling.inPlaceRows(width, overlaps);
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      int first = at + (from + i) * stride;
      if (overlaps) {
        DoubleMicroKernels.edge(
            tiles, r, width, kc, a, first, stride, r * stride, b, bt, bs, bl, c, ct + i * cs, cs, add);
      } else {
        DoubleMicroKernels.rows(tiles, r, width, kc, a, first, stride, r * stride, b, bt, bs, c, ct + i * cs, cs, add);
      }
    }
  }

  private void timesColumns(
      int from, int m, int width, int bl, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    int most = DoubleTiling.columnRows(width);
    if (!copied) {
      columnTiles(m, most, width, kc, at + from, stride, b, bt, bs, bl, c, ct, cs, add);
      return;
    }
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, TILE_MULTIPLE);
      tiles = most < r ? 1 : DoubleTiling.tiles(m - i, TILE_MULTIPLE);
      if (most < r) {
        columnTiles(r, most, width, kc, at + (from + i) * kc, r, b, bt, bs, bl, c, ct + i * cs, cs, add);
      } else {
        DoubleMicroKernels.columns(
            tiles, r, width, kc, a, at + (from + i) * kc, r, r * kc, b, bt, bs, bl, c, ct + i * cs, cs, add);
      }
    }
  }

  /// Multiplies m rows, whose columns are `as` apart, in tiles of up to `most` rows.
  private void columnTiles(
      int m, int most, int width, int kc, int at, int as, double[] b, int bt, int bs, int bl, double[] c, int ct,
      int cs, boolean add) {
    for (int i = 0, r, tiles; i < m; i += r * tiles) {
      r = DoubleTiling.height(m - i, most);
      tiles = DoubleTiling.tiles(m - i, most);
      DoubleMicroKernels.columns(tiles, r, width, kc, a, at + i, as, r, b, bt, bs, bl, c, ct + i * cs, cs, add);
    }
  }
}
