package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementary.DoubleSimplePowers;
import dev.lanewise.kernel.elementary.Elementary;

/// Elementary functions of tensors of doubles, for [ElementaryOps] after its checks.
///
/// `FloatElementaryKernels` is derived from this source, and `ElementaryKernels` chooses between both.
final class DoubleElementaryKernels {

  private DoubleElementaryKernels() {}

  /// y = log z.
  static void log(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.elementary(Elementary.LOG, n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = log(1 + z).
  static void log1p(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.elementary(Elementary.LOG1P, n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = eᶻ − 1.
  static void expm1(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.elementary(Elementary.EXPM1, n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = sin z.
  static void sin(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.elementary(Elementary.SIN, n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = cos z.
  static void cos(int n, Tensor z, Tensor y) {
    DoubleKernels.BEST.elementary(Elementary.COS, n, z.doubles(), z.offset(), y.doubles(), y.offset());
  }

  /// y = z^exponent.
  static void pow(
      int n, Tensor z,
      double exponent, // both precisions
      Tensor y) {
    if (DoubleSimplePowers.serve(exponent)) {
      DoubleSimplePowers.pow(exponent, n, z.doubles(), z.offset(), y.doubles(), y.offset());
    } else {
      DoubleKernels.BEST.pow(exponent, n, z.doubles(), z.offset(), y.doubles(), y.offset());
    }
  }
}
