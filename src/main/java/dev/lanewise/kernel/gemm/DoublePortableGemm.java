package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.DoublePortableElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleSums;

/// The gemm in plain Java: the reference for the vector kernels' tests, and the fallback where they do not run.
/// Operands, fusions and order of sums are those of `DoubleVectorGemm`, see [DoubleSums]: the same bits.
public final class DoublePortableGemm {

  private DoublePortableGemm() {}

  public static void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    scratch.count(m, n, k);
    boolean scalesRows = fusion.stage == DoubleFusion.Stage.SLOPE_ON_A;
    if (scalesRows && n < DoubleSums.LEAST && fusion.period == 1) {
      double[] columns = scaledColumns(n, k, b, bt, brs, bcs, fusion, scratch);
      rows(m, n, k, a, at, ars, acs, columns, 0, 1, k, c, ct, cs, add, false, fusion, scratch);
    } else {
      rows(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, scalesRows, fusion, scratch);
    }
  }

  /// Applies a slope that is the same for all rows of A to the few columns of B: Bᵀ·diag(s), by rows.
  private static double[] scaledColumns(
      int n, int k, double[] b, int bt, int brs, int bcs, DoubleFusion fusion, DoubleScratch scratch) {
    double[] columns = scratch.columns(n * k);
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        columns[j * k + p] = b[bt + p * brs + j * bcs];
      }
      DoublePortableElementwise.scaleBySlope(
          fusion.nonlinearity, k, fusion.residual, fusion.residualAt, columns, j * k, columns, j * k);
    }
    return columns;
  }

  private static void rows(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, boolean scalesRows, DoubleFusion fusion, DoubleScratch scratch) {
    boolean isByDots = DoubleSums.isByDots(m, n, k, acs, brs, bcs, scalesRows);
    double[] row = scratch.panel(2 * k);
    for (int i = 0; i < m; i++) {
      int y = ct + i * cs;
      rowOfA(i, k, a, at + i * ars, acs, scalesRows, fusion, row);
      if (isByDots) {
        dotProducts(n, k, row, b, bt, brs, bcs, c, y, add, scratch.sums);
      } else {
        if (!add) {
          DoublePortableElementwise.fill(n, 0.0, c, y);
        }
        if (bcs == 1) {
          sumOfRows(n, k, row, b, bt, brs, c, y);
        } else {
          sumsInOrder(n, k, row, b, bt, brs, bcs, c, y);
        }
      }
      epilogue(i, n, c, y, fusion);
    }
  }

  private static void rowOfA(int i, int k, double[] a, int at, int acs, boolean scales, DoubleFusion fusion,
      double[] row) {
    for (int p = 0; p < k; p++) {
      row[p] = a[at + p * acs];
    }
    if (scales) {
      int residual = fusion.residualAt + i % fusion.period * k;
      DoublePortableElementwise.scaleBySlope(fusion.nonlinearity, k, fusion.residual, residual, row, 0, row, 0);
    }
  }

  private static void sumOfRows(int n, int k, double[] row, double[] b, int bt, int brs, double[] c, int ct) {
    for (int p = 0; p < k; p++) {
      double factor = row[p];
      int from = bt + p * brs;
      for (int j = 0; j < n; j++) {
        c[ct + j] = MultiplyAdd.fast(factor, b[from + j], c[ct + j]);
      }
    }
  }

  /// Sums four columns side by side, because the additions of one wait for each other.
  private static void sumsInOrder(int n, int k, double[] row, double[] b, int bt, int brs, int bcs, double[] c,
      int ct) {
    int j = 0;
    for (; j <= n - 4; j += 4) {
      double s0 = c[ct + j];
      double s1 = c[ct + j + 1];
      double s2 = c[ct + j + 2];
      double s3 = c[ct + j + 3];
      for (int p = 0, q = bt + j * bcs; p < k; p++, q += brs) {
        double factor = row[p];
        s0 = MultiplyAdd.fast(factor, b[q], s0);
        s1 = MultiplyAdd.fast(factor, b[q + bcs], s1);
        s2 = MultiplyAdd.fast(factor, b[q + 2 * bcs], s2);
        s3 = MultiplyAdd.fast(factor, b[q + 3 * bcs], s3);
      }
      c[ct + j] = s0;
      c[ct + j + 1] = s1;
      c[ct + j + 2] = s2;
      c[ct + j + 3] = s3;
    }
    for (; j < n; j++) {
      double sum = c[ct + j];
      for (int p = 0; p < k; p++) {
        sum = MultiplyAdd.fast(row[p], b[bt + j * bcs + p * brs], sum);
      }
      c[ct + j] = sum;
    }
  }

  /// @param row of A, followed by room for a column of B that is not contiguous
  private static void dotProducts(
      int n, int k, double[] row, double[] b, int bt, int brs, int bcs, double[] c, int ct, boolean add,
      double[] partial) {
    for (int j = 0; j < n; j++) {
      int from = bt + j * bcs;
      for (int p = 0; brs != 1 && p < k; p++) {
        row[k + p] = b[from + p * brs];
      }
      double dot = brs == 1
          ? DoubleSums.dot(k, row, 0, b, from, partial)
          : DoubleSums.dot(k, row, 0, row, k, partial);
      c[ct + j] = add ? c[ct + j] + dot : dot;
    }
  }

  private static void epilogue(int i, int n, double[] c, int y, DoubleFusion fusion) {
    Nonlinearity phi = fusion.nonlinearity;
    switch (fusion.stage) {
      case ACTIVATE -> {
        if (fusion.bias != null) {
          DoublePortableElementwise.addBias(n, fusion.bias, fusion.biasAt, c, y);
        }
        if (fusion.residual == null) {
          DoublePortableElementwise.activate(phi, n, c, y, c, y);
        } else {
          DoublePortableElementwise.activateKeepingSlope(phi, n, c, y, c, y, fusion.residual,
              fusion.residualAt + i * n);
        }
      }
      case SLOPE_ON_C -> {
        int residual = fusion.residualAt + i % fusion.period * n;
        DoublePortableElementwise.scaleBySlope(phi, n, fusion.residual, residual, c, y, c, y);
      }
      case NONE, SLOPE_ON_A -> { }
    }
  }
}
