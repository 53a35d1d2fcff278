package dev.lanewise.kernel;

/// The stages of a [DoubleFusion] that work on C, applied to a few rows right after the last block of k was added to them,
/// while they are in L1.
final class DoubleEpilogue {

  private DoubleEpilogue() {}

  /// The fused stage on `rows` rows from `row` on and `width` columns from `column` on, which lie at `c[ct]`.
  static void apply(int row, int rows, int column, int width, double[] c, int ct, int cs, DoubleFusion fusion) {
    switch (fusion.stage) {
      case ACTIVATE -> {
        for (int i = 0; i < rows; i++) {
          activate(width, fusion, column, fusion.residualAt + (fusion.firstRow + row + i) * fusion.residualStride + column, c, ct + i * cs);
        }
      }
      case SLOPE_ON_C -> {
        for (int i = 0; i < rows; i++) {
          int residual = fusion.residualAt + (fusion.firstRow + row + i) % fusion.period * fusion.residualStride + column;
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
