package dev.lanewise.kernel;

/// The gemm in plain Java: the reference that the vector kernels are tested against, and what runs without the incubator
/// module. Same operands and fusions as `DoubleVectorGemm`; products are rounded before they are added.
final class DoublePortableGemm {

  private DoublePortableGemm() {}

  static void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    scratch.count(m, n, k);
    double[] row = scratch.panel(k);
    for (int i = 0; i < m; i++) {
      int y = ct + i * cs;
      rowOfA(i, k, a, at + i * ars, acs, fusion, row);
      if (!add) {
        DoublePortableElementwise.fill(n, 0.0, c, y);
      }
      if (bcs == 1) {
        sumOfRows(n, k, row, b, bt, brs, c, y);
      } else {
        dotProducts(n, k, row, b, bt, brs, bcs, c, y);
      }
      epilogue(i, n, c, y, fusion);
    }
  }

  private static void rowOfA(int i, int k, double[] a, int at, int acs, DoubleFusion fusion, double[] row) {
    for (int p = 0; p < k; p++) {
      row[p] = a[at + p * acs];
    }
    if (fusion.stage == DoubleFusion.Stage.SLOPE_ON_A) {
      int residual = fusion.residualAt + i % fusion.period * k;
      DoublePortableElementwise.scaleBySlope(fusion.nonlinearity, k, fusion.residual, residual, row, 0, row, 0);
    }
  }

  private static void sumOfRows(int n, int k, double[] row, double[] b, int bt, int brs, double[] c, int ct) {
    for (int p = 0; p < k; p++) {
      double factor = row[p];
      int from = bt + p * brs;
      for (int j = 0; j < n; j++) {
        c[ct + j] += factor * b[from + j];
      }
    }
  }

  private static void dotProducts(int n, int k, double[] row, double[] b, int bt, int brs, int bcs, double[] c, int ct) {
    for (int j = 0; j < n; j++) {
      double sum = c[ct + j];
      int from = bt + j * bcs;
      for (int p = 0; p < k; p++) {
        sum += row[p] * b[from + p * brs];
      }
      c[ct + j] = sum;
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
          DoublePortableElementwise.activateKeepingSlope(phi, n, c, y, c, y, fusion.residual, fusion.residualAt + i * n);
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
