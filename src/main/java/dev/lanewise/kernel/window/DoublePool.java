package dev.lanewise.kernel.window;

import dev.lanewise.kernel.window.DoublePoolExercise.Pass;

/// Pooling of planes, with vectors or in plain Java, with the same bits: [DoublePortablePool] has the formulas.
///
/// A pull writes all of v, with as many planes as all directions have together.
public final class DoublePool {

  private DoublePool() {}

  /// y = the largest x of each window; if `keep`, won = its tap.
  public static void max(
      PoolGeometry g, int planes, double[] x, int xo, double[] y, int yo, double[] won, int wo, boolean keep) {
    if (DoublePoolExercise.isReady(keep ? Pass.MAX_KEEPING : Pass.MAX, g)) {
      DoubleVectorPool.max(g, planes, x, xo, y, yo, won, wo, keep);
    } else {
      DoublePortablePool.max(g, planes, x, xo, y, yo, won, wo, keep);
    }
  }

  /// v = u at the taps that won; `won` has `planes` planes, which serve each direction.
  public static void maxPush(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    if (DoublePoolExercise.isReady(Pass.MAX_PUSH, g)) {
      DoubleVectorPool.maxPush(g, planes, chunk, won, wo, u, uo, v, vo);
    } else {
      DoublePortablePool.maxPush(g, planes, chunk, won, wo, u, uo, v, vo);
    }
  }

  /// v = Σ u at the taps that won; `won` has `planes` planes, which serve each direction.
  public static void maxPull(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    if (DoublePoolExercise.isReady(Pass.MAX_PULL, g)) {
      DoubleVectorPool.maxPull(g, planes, chunk, won, wo, u, uo, v, vo);
    } else {
      DoublePortablePool.maxPull(g, planes, chunk, won, wo, u, uo, v, vo);
    }
  }

  /// y = the mean x of each window; padding is counted if `all`.
  public static void average(PoolGeometry g, int planes, boolean all, double[] x, int xo, double[] y, int yo) {
    if (DoublePoolExercise.isReady(Pass.AVERAGE, g)) {
      DoubleVectorPool.average(g, planes, all, x, xo, y, yo);
    } else {
      DoublePortablePool.average(g, planes, all, x, xo, y, yo);
    }
  }

  /// v = Σ u / n over the windows that contain a number's place.
  public static void averagePull(PoolGeometry g, int planes, boolean all, double[] u, int uo, double[] v, int vo) {
    if (DoublePoolExercise.isReady(Pass.AVERAGE_PULL, g)) {
      DoubleVectorPool.averagePull(g, planes, all, u, uo, v, vo);
    } else {
      DoublePortablePool.averagePull(g, planes, all, u, uo, v, vo);
    }
  }
}
