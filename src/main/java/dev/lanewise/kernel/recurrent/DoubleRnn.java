package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.MultiplyAdd;

/// One step of a plain recurrent layer, h = φ(a), φ being tanh or relu: n numbers, the rows of all samples in order.
///
/// | operation | formula                              |
/// |-----------|--------------------------------------|
/// | value     | h = φ(a)                             |
/// | push      | ḣ = φ′·ȧ                             |
/// | pull      | ā = φ′·h̄                             |
/// | pullDot   | ā̇ = φ′·h̄̇ − 2h·ḣ·h̄, with relu φ′·h̄̇     |
///
/// φ′ comes from h; `n` is k·period: number i of all directions reads number i mod period of the values kept at the
/// point.
public final class DoubleRnn {

  private DoubleRnn() {}

  public static void value(Nonlinearity phi, int n, double[] a, int at, double[] h, int ht) {
    DoubleKernels.BEST.activate(phi, n, a, at, h, ht);
  }

  /// v = φ′·u, for tangents and cotangents alike.
  public static void scale(Nonlinearity phi, int n, int period, double[] h, int ht, double[] u, int ut, double[] v,
      int vt) {
    for (int at = 0; at < n; at += period) {
      DoubleKernels.BEST.scaleBySlope(phi, period, h, ht, u, ut + at, v, vt + at);
    }
  }

  /// h̄ is for one direction, operands with a dot for k directions.
  public static void pullDot(
      Nonlinearity phi, int n, int period, double[] h, int ht, double[] hDot, int dt, double[] hBar, int bt,
      double[] hBarDot, int bdt, double[] aBarDot, int at) {
    scale(phi, n, period, h, ht, hBarDot, bdt, aBarDot, at);
    if (phi != Nonlinearity.TANH) {
      return;
    }
    for (int from = 0; from < n; from += period) {
      for (int i = 0; i < period; i++) {
        double bent = hBar[bt + i] * (h[ht + i] + h[ht + i]);
        aBarDot[at + from + i] = MultiplyAdd.fast(-bent, hDot[dt + from + i], aBarDot[at + from + i]);
      }
    }
  }
}
