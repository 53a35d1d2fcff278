package dev.lanewise.kernel.passes;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleMath;

/// Update rules, number by number, in plain Java.
///
/// Formulas, conditions and bits are those of [DoubleVectorUpdates].
public final class DoublePortableUpdates {

  private DoublePortableUpdates() {}

  public static void descend(
      int n, double[] w, int wo, double[] g, int go, double rate, double pull, double keep, double threshold) {
    for (int i = 0; i < n; i++) {
      double x = w[wo + i];
      double slope = MultiplyAdd.fast(x, pull, g[go + i]);
      w[wo + i] = shrink(MultiplyAdd.fast(slope, -rate, x * keep), threshold);
      g[go + i] = 0.0;
    }
  }

  public static void momentum(
      int n, double[] w, int wo, double[] g, int go, double[] v, int vo,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    for (int i = 0; i < n; i++) {
      double x = w[wo + i];
      double slope = MultiplyAdd.fast(x, pull, g[go + i]);
      double velocity = MultiplyAdd.fast(v[vo + i], friction, slope);
      double step = MultiplyAdd.fast(velocity, along, slope * ahead);
      v[vo + i] = velocity;
      w[wo + i] = shrink(MultiplyAdd.fast(step, -rate, x * keep), threshold);
      g[go + i] = 0.0;
    }
  }

  public static void adam(
      int n, double[] w, int wo, double[] g, int go, double[] m, int mo, double[] v, int vo,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold) {
    double rest1 = 1.0 - beta1;
    double rest2 = 1.0 - beta2;
    for (int i = 0; i < n; i++) {
      double x = w[wo + i];
      double slope = MultiplyAdd.fast(x, pull, g[go + i]);
      double mean = MultiplyAdd.fast(m[mo + i], beta1, slope * rest1);
      double square = MultiplyAdd.fast(v[vo + i], beta2, slope * slope * rest2);
      double step = mean / MultiplyAdd.fast(DoubleMath.sqrt(square), rootScale, epsilon);
      m[mo + i] = mean;
      v[vo + i] = square;
      w[wo + i] = shrink(MultiplyAdd.fast(step, -rate, x * keep), threshold);
      g[go + i] = 0.0;
    }
  }

  /// Moves x towards 0 by `threshold`, or to 0. There is no branch on the sign, which is unpredictable, and nothing
  /// that keeps C2 from vectorizing if there is no threshold. The last addition turns −0 into 0.
  private static double shrink(double x, double threshold) {
    return (threshold == 0 ? x : Math.copySign(Math.max(Math.abs(x) - threshold, 0.0), x)) + 0.0;
  }
}
