package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.DoubleVectorBias;
import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;

/// The stages of a [DoubleFusion] that work on C. They are applied to a block of rows right after the last block of k
/// was added to it, while it is in the caches.
///
/// Contiguous rows are treated as one part of the array, a few thousand elements at a time, so that each pass finds in
/// L1 what the previous one left.
final class DoubleEpilogue {

  private static final int ELEMENTS_AT_ONCE = (16 << 10) / Double.BYTES;

  private DoubleEpilogue() {}

  /// Applies the fused stage to `rows` rows from `row` on and `width` columns from `column` on, at `c[ct]`.
  static void apply(int row, int rows, int column, int width, double[] c, int ct, int cs, DoubleFusion fusion) {
    switch (fusion.stage) {
      case ACTIVATE -> {
        if (!rectify(rows, column, width, c, ct, cs, fusion)) {
          activate(row, rows, column, width, c, ct, cs, fusion);
        }
      }
      case SLOPE_ON_C -> scaleBySlope(row, rows, column, width, c, ct, cs, fusion);
      case NONE, SLOPE_ON_A -> { }
    }
  }

  /// Applies a stage that takes a single pass: the bias alone or with relu.
  ///
  /// @return whether the stage was one of these
  private static boolean rectify(int rows, int column, int width, double[] c, int ct, int cs, DoubleFusion fusion) {
    if (fusion.bias == null || fusion.residual != null) {
      return false;
    }
    switch (fusion.nonlinearity) {
      case IDENTITY -> DoubleVectorBias.add(rows, width, c, ct, cs, fusion.bias, fusion.biasAt + column);
      case RELU -> DoubleVectorBias.relu(rows, width, c, ct, cs, fusion.bias, fusion.biasAt + column);
      case LEAKY_RELU, SIGMOID, TANH, GELU, SOFTPLUS, ELU, SILU, MISH -> {
        return false;
      }
    }
    return true;
  }

  private static void activate(int row, int rows, int column, int width, double[] c, int ct, int cs,
      DoubleFusion fusion) {
    boolean contiguous = cs == width && (fusion.residual == null || fusion.residualStride == width);
    int most = contiguous ? Math.max(1, ELEMENTS_AT_ONCE / width) : 1;
    for (int i = 0, r; i < rows; i += r) {
      r = Math.min(most, rows - i);
      int y = ct + i * cs;
      if (fusion.bias != null) {
        DoubleVectorBias.add(r, width, c, y, cs, fusion.bias, fusion.biasAt + column);
      }
      if (fusion.residual == null) {
        DoubleVectorElementwise.activate(fusion.nonlinearity, r * width, c, y, c, y);
      } else {
        int slope = fusion.residualAt + (fusion.firstRow + row + i) * fusion.residualStride + column;
        DoubleVectorElementwise.activateKeepingSlope(fusion.nonlinearity, r * width, c, y, c, y, fusion.residual,
            slope);
      }
    }
  }

  private static void scaleBySlope(int row, int rows, int column, int width, double[] c, int ct, int cs,
      DoubleFusion fusion) {
    boolean contiguous = cs == width && fusion.residualStride == width;
    for (int i = 0, r; i < rows; i += r) {
      int sample = (fusion.firstRow + row + i) % fusion.period;
      r = contiguous ? Math.min(fusion.period - sample, rows - i) : 1;
      int y = ct + i * cs;
      int residual = fusion.residualAt + sample * fusion.residualStride + column;
      DoubleVectorElementwise.scaleBySlope(fusion.nonlinearity, r * width, fusion.residual, residual, c, y, c, y);
    }
  }
}
