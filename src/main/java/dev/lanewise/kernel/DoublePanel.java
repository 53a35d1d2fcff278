package dev.lanewise.kernel;

/// Some rows of A over a block of k, as a micro-kernel reads them: in place where a family of micro-kernels can read them
/// there, else copied. One per thread, pointed at one panel after the other.
final class DoublePanel {

  /// A(i, p) at `a[at + i·stride + p]` where rows, else at `a[at + p·stride + i]`.
  boolean rows;
  double[] a;
  int at;
  int stride;

  /// Points at rows i … i + r of columns p … p + kc of A; φ′ applied on the way where that is fused.
  void set(int i, int r, int p, int kc, double[] source, int from, int rs, int cs, DoubleFusion fusion, DoubleScratch scratch) {
    int first = from + i * rs + p * cs;
    if (fusion.stage == DoubleFusion.Stage.SLOPE_ON_A) {
      double[] scaled = scratch.panel(r * kc);
      for (int q = 0; q < r; q++) {
        int residual = fusion.residualAt + (fusion.firstRow + i + q) % fusion.period * fusion.residualStride + p;
        DoubleVectorElementwise.scaleBySlope(fusion.nonlinearity, kc, fusion.residual, residual, source, first + q * rs, scaled, q * kc);
      }
      point(true, scaled, 0, kc);
    } else if (cs == 1) {
      point(true, source, first, rs);
    } else if (rs == 1) {
      point(false, source, first, cs);
    } else {
      double[] packed = scratch.panel(r * kc);
      DoublePacking.gather(r, kc, source, first, rs, cs, packed);
      point(true, packed, 0, kc);
    }
  }

  /// Copies a panel that lies in columns, so that its columns follow each other: for panels that many strips of B use.
  void pack(int r, int kc, DoubleScratch scratch) {
    double[] packed = scratch.panel(r * kc);
    for (int p = 0; p < kc; p++) {
      System.arraycopy(a, at + p * stride, packed, p * r, r);
    }
    point(false, packed, 0, r);
  }

  void point(boolean rows, double[] a, int at, int stride) {
    this.rows = rows;
    this.a = a;
    this.at = at;
    this.stride = stride;
  }

  /// One tile: this panel times `width` columns of B, by vectors that the width fills.
  void times(int r, int width, int kc, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    switch (DoubleLanes.filledBy(width) * Double.SIZE) {
      case 512 -> {
        if (rows) {
          DoubleMicroKernel512.rows(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        } else {
          DoubleMicroKernel512.columns(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        }
      }
      case 256 -> {
        if (rows) {
          DoubleMicroKernel256.rows(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        } else {
          DoubleMicroKernel256.columns(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        }
      }
      default -> {
        if (rows) {
          DoubleMicroKernel128.rows(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        } else {
          DoubleMicroKernel128.columns(r, width, kc, a, at, stride, b, bt, bs, c, ct, cs, add);
        }
      }
    }
  }
}
