package dev.lanewise.kernel;

/// C[m × n] = or += A[m × k] · B[k × n] on the Vector API, operands by row and column stride, C row-major.
///
/// Goto & van de Geijn 2008 in BLIS's five loops, mirrored for row-major C with the vectors along n:
///
/// ```
/// for p₀ in k by KC                   block of A's columns and B's rows
///   for i₀ in m by MC                 pack A[MC × KC] in panels of MR rows          L3
///     for j₀ in n by NC               pack B[KC × NC] in panels of NR columns       L2
///       for i in MC by MR             one panel of A                                L1
///         for j in NC by NR           micro-kernel: MR × NR of C in registers
///       after the last block of k: the fused epilogue on MR rows of C, still in L1
/// ```
///
/// Three cases skip packing: a B whose rows are contiguous and used by few panels of A is read where it lies; a single row
/// of A already is a packed panel; few rows against a transposed B are dot products (`DoubleDotKernel`).
final class DoubleVectorGemm {

  /// Up to this many rows, dot products against a transposed B beat turning it. At n = k = 64 they run at 27 % of the peak in
  /// float whatever m is; turning B first gives 14 % at m = 8, 23 % at m = 16, 42 % at m = 64.
  private static final int MOST_DOT_ROWS = 16;
  /// Up to this many panels of A, a row-major B is read in place: packing it would cost as much as a panel's product.
  private static final int FEW_PANELS = 4;
  /// Up to this many bytes, a row-major B stays in L1 by itself, however many panels use it.
  private static final int SMALL_B = 16 << 10;

  private DoubleVectorGemm() {}

  static void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    scratch.count(m, n, k);
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      clear(m, n, c, ct, cs, add);
      epilogue(0, m, 0, n, n, c, ct, cs, fusion);
      return;
    }
    if (m <= MOST_DOT_ROWS && acs == 1 && brs == 1 && fusion.stage != DoubleFusion.Stage.SLOPE_ON_A) {
      DoubleDotKernel.product(m, n, k, a, at, ars, b, bt, bcs, c, ct, cs, add);
      epilogue(0, m, 0, n, n, c, ct, cs, fusion);
      return;
    }
    boolean inPlace = bcs == 1 && (m <= FEW_PANELS * DoubleTiling.MR || (long) k * n * Double.BYTES <= SMALL_B);
    for (int p = 0; p < k; p += DoubleTiling.KC) {
      int kc = Math.min(DoubleTiling.KC, k - p);
      boolean last = p + kc == k;
      boolean accumulate = add || p > 0;
      for (int i = 0; i < m; i += DoubleTiling.MC) {
        int mc = Math.min(DoubleTiling.MC, m - i);
        boolean asIs = mc == 1 && acs == 1 && fusion.stage != DoubleFusion.Stage.SLOPE_ON_A;
        double[] aBlock = asIs ? a : packA(i, mc, p, kc, k, a, at, ars, acs, fusion, scratch);
        int aBlockAt = asIs ? at + i * ars + p : 0;
        for (int j = 0; j < n; j += DoubleTiling.NC) {
          int nc = Math.min(DoubleTiling.NC, n - j);
          if (inPlace) {
            panels(mc, nc, kc, aBlock, aBlockAt, b, bt + p * brs + j, brs, c, ct + i * cs + j, cs, accumulate, i, j, n, last ? fusion : null);
          } else {
            double[] bBlock = scratch.bBlock(blockSize(DoubleTiling.NC, n, kc));
            DoublePacking.packB(kc, nc, b, bt + p * brs + j * bcs, brs, bcs, bBlock);
            panels(mc, nc, kc, aBlock, aBlockAt, bBlock, 0, 0, c, ct + i * cs + j, cs, accumulate, i, j, n, last ? fusion : null);
          }
        }
      }
    }
  }

  /// The two inner loops over one packed block of A; `bs` is B's row stride where it is read in place, 0 where it is packed.
  private static void panels(
      int mc, int nc, int kc,
      double[] a, int at, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean accumulate, int row, int column, int n, DoubleFusion fusion) {
    for (int i = 0; i < mc; i += DoubleTiling.MR) {
      int mr = Math.min(DoubleTiling.MR, mc - i);
      for (int j = 0; j < nc; j += DoubleTiling.NR) {
        int nr = Math.min(DoubleTiling.NR, nc - j);
        int bj = bs == 0 ? j * kc : bt + j;
        DoubleMicroKernel.tile(mr, nr, kc, a, at + i * kc, b, bj, bs == 0 ? nr : bs, c, ct + i * cs + j, cs, accumulate);
      }
      if (fusion != null) {
        epilogue(row + i, mr, column, nc, n, c, ct + i * cs, cs, fusion);
      }
    }
  }

  /// Packs rows i … i + mc of columns p … p + kc in panels of MR rows, φ′ applied on the way where that is fused.
  private static double[] packA(
      int i, int mc, int p, int kc, int k, double[] a, int at, int ars, int acs, DoubleFusion fusion, DoubleScratch scratch) {
    double[] block = scratch.aBlock(blockSize(DoubleTiling.MC, mc, kc));
    for (int r = 0; r < mc; r += DoubleTiling.MR) {
      int mr = Math.min(DoubleTiling.MR, mc - r);
      if (fusion.stage == DoubleFusion.Stage.SLOPE_ON_A) {
        double[] rows = scratch.row(DoubleTiling.MR * DoubleTiling.KC);
        for (int q = 0; q < mr; q++) {
          int residual = fusion.residualAt + (i + r + q) % fusion.period * k + p;
          int from = at + (i + r + q) * ars + p;
          DoubleVectorElementwise.scaleBySlope(fusion.nonlinearity, kc, fusion.residual, residual, a, from, rows, q * kc);
        }
        DoublePacking.packA(mr, kc, rows, 0, kc, 1, block, r * kc);
      } else {
        DoublePacking.packA(mr, kc, a, at + (i + r) * ars + p * acs, ars, acs, block, r * kc);
      }
    }
    return block;
  }

  /// A whole block's size where the operand fills one, else what it needs: so the buffers stop growing at one block.
  private static int blockSize(int most, int needed, int kc) {
    return Math.min(most, needed) * kc;
  }

  private static void clear(int m, int n, double[] c, int ct, int cs, boolean add) {
    if (!add) {
      for (int i = 0; i < m; i++) {
        DoubleVectorElementwise.fill(n, 0.0, c, ct + i * cs);
      }
    }
  }

  /// The fused stage on `rows` rows from `row` on and `width` columns from `column` on, which lie at `c[ct]`.
  private static void epilogue(int row, int rows, int column, int width, int n, double[] c, int ct, int cs, DoubleFusion fusion) {
    switch (fusion.stage) {
      case ACTIVATE -> {
        for (int i = 0; i < rows; i++) {
          activate(width, fusion, column, fusion.residualAt + (row + i) * n + column, c, ct + i * cs);
        }
      }
      case SLOPE_ON_C -> {
        for (int i = 0; i < rows; i++) {
          int residual = fusion.residualAt + (row + i) % fusion.period * n + column;
          int y = ct + i * cs;
          DoubleVectorElementwise.scaleBySlope(fusion.nonlinearity, width, fusion.residual, residual, c, y, c, y);
        }
      }
      case NONE, SLOPE_ON_A -> { }
    }
  }

  private static void activate(int width, DoubleFusion fusion, int column, int slope, double[] c, int y) {
    Nonlinearity phi = fusion.nonlinearity;
    if (fusion.bias == null && fusion.residual == null) {
      DoubleVectorElementwise.activate(phi, width, c, y, c, y);
    } else if (fusion.bias == null) {
      DoubleVectorElementwise.activateKeepingSlope(phi, width, c, y, c, y, fusion.residual, slope);
    } else if (fusion.residual == null) {
      DoubleVectorElementwise.biasActivate(phi, width, c, y, fusion.bias, fusion.biasAt + column, c, y);
    } else {
      DoubleVectorElementwise.biasActivateKeepingSlope(phi, width, c, y, fusion.bias, fusion.biasAt + column, c, y, fusion.residual, slope);
    }
  }
}
