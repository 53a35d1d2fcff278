package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.window.DoublePool;
import dev.lanewise.kernel.window.PoolGeometry;
import java.util.Arrays;

/// Pooling of tensors of doubles, for [PoolOps] after its checks.
///
/// `FloatPoolKernels` is derived from this source, and `PoolKernels` chooses between both.
final class DoublePoolKernels {

  private DoublePoolKernels() {}

  /// y = the largest x of each window, and its tap if that is kept.
  static void max(PoolGeometry g, int planes, Tensor x, Tensor y, Tensor won) {
    Tensor taps = won.isNone() ? y : won;
    DoublePool.max(g, planes, x.doubles(), x.offset(), y.doubles(), y.offset(), taps.doubles(), taps.offset(),
        !won.isNone());
  }

  /// v = u at the taps that won.
  static void maxPush(PoolGeometry g, int planes, int chunk, Tensor won, Tensor u, Tensor v) {
    DoublePool.maxPush(
        g, planes, chunk, won.doubles(), won.offset(), u.doubles(), u.offset(), v.doubles(), v.offset());
  }

  /// v = Σ u at the taps that won.
  static void maxPull(PoolGeometry g, int planes, int chunk, Tensor won, Tensor u, Tensor v) {
    DoublePool.maxPull(
        g, planes, chunk, won.doubles(), won.offset(), u.doubles(), u.offset(), v.doubles(), v.offset());
  }

  /// y = the mean x of each window.
  static void average(PoolGeometry g, int planes, boolean all, Tensor x, Tensor y) {
    DoublePool.average(g, planes, all, x.doubles(), x.offset(), y.doubles(), y.offset());
  }

  /// v = Σ u / n.
  static void averagePull(PoolGeometry g, int planes, boolean all, Tensor u, Tensor v) {
    DoublePool.averagePull(g, planes, all, u.doubles(), u.offset(), v.doubles(), v.offset());
  }

  /// y = the mean of each plane of n numbers.
  static void mean(int n, Tensor x, Tensor y) {
    for (int plane = 0; plane < y.size(); plane++) {
      y.doubles()[y.offset() + plane] = DoubleKernels.BEST.sum(n, x.doubles(), x.offset() + plane * n) / n;
    }
  }

  /// v = u / n in all of each plane.
  static void meanPull(int n, Tensor u, Tensor v) {
    for (int plane = 0; plane < u.size(); plane++) {
      int at = v.offset() + plane * n;
      Arrays.fill(v.doubles(), at, at + n, u.doubles()[u.offset() + plane] / n);
    }
  }
}
