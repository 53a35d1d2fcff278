package dev.lanewise.kernel.passes;

import dev.lanewise.kernel.lanes.MultiplyAdd;

/// Losses of the differences r = o − y, number by number, with their slopes, in plain Java.
///
/// Formulas, conditions and bits are those of [DoubleVectorResiduals].
public final class DoublePortableResiduals {

  private DoublePortableResiduals() {}

  public static void squared(int n, double[] o, int oo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    for (int i = 0; i < n; i++) {
      double r = o[oo + i] - y[yo + i];
      g[go + i] = r * factor;
      e[eo + i] = r * r;
    }
  }

  public static void absolute(int n, double[] o, int oo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    for (int i = 0; i < n; i++) {
      double r = o[oo + i] - y[yo + i];
      double sign = r > 0 ? 1.0 : r < 0 ? -1.0 : r;
      g[go + i] = sign * factor;
      e[eo + i] = Math.abs(r);
    }
  }

  public static void huber(
      int n, double[] o, int oo, double[] y, int yo, double delta, double factor, double[] g, int go, double[] e,
      int eo) {
    for (int i = 0; i < n; i++) {
      double r = o[oo + i] - y[yo + i];
      double c = r > delta ? delta : r < -delta ? -delta : r;
      g[go + i] = c * factor;
      e[eo + i] = c * MultiplyAdd.fast(c, -0.5, r);
    }
  }
}
