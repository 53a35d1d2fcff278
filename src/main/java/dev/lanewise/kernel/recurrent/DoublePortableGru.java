package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.lanes.MultiplyAdd;

/// [DoubleGru] in plain Java, for the units of each row from a given one on.
final class DoublePortableGru {

  private DoublePortableGru() {}

  /// a + r·m.
  static void candidate(int rows, int from, int n, double[] gates, int gt) {
    for (int row = 0; row < rows; row++) {
      for (int u = from; u < n; u++) {
        int gate = gt + row * 4 * n + u;
        gates[gate] = MultiplyAdd.fast(gates[gate + n], gates[gate + 3 * n], gates[gate]);
      }
    }
  }

  static void output(int rows, int from, int n, double[] gates, int gt, double[] before, int bt, double[] h, int ht) {
    for (int row = 0; row < rows; row++) {
      for (int u = from; u < n; u++) {
        int gate = gt + row * 4 * n + u;
        double candidate = gates[gate];
        h[ht + row * n + u] = MultiplyAdd.fast(gates[gate + 2 * n], before[bt + row * n + u] - candidate, candidate);
      }
    }
  }

  static void push(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] hDot, int ht) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int along = row * n + u;
        int dot = at + row * 4 * n + u;
        double candidate = gates[gate];
        double r = gates[gate + n];
        double z = gates[gate + 2 * n];
        double m = gates[gate + 3 * n];
        double rDot = dots[dot + n] * (r * (1 - r));
        double zDot = dots[dot + 2 * n] * (z * (1 - z));
        double sum = MultiplyAdd.fast(r, dots[dot + 3 * n], MultiplyAdd.fast(m, rDot, dots[dot]));
        double nDot = sum * MultiplyAdd.oneLessSquare(candidate);
        double mixed = MultiplyAdd.fast(z, beforeDot[bdt + along] - nDot, nDot);
        dots[dot] = nDot;
        dots[dot + n] = rDot;
        dots[dot + 2 * n] = zDot;
        hDot[ht + along] = MultiplyAdd.fast(before[bt + kept * n + u] - candidate, zDot, mixed);
      }
    }
  }

  static void pull(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt,
      double[] hBar, int ht, double[] aBar, int at, double[] beforeBar, int bbt) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int along = row * n + u;
        int bar = at + row * 4 * n + u;
        double candidate = gates[gate];
        double r = gates[gate + n];
        double z = gates[gate + 2 * n];
        double h = hBar[ht + along];
        double nBar = h * (1 - z) * MultiplyAdd.oneLessSquare(candidate);
        aBar[bar] = nBar;
        aBar[bar + n] = nBar * gates[gate + 3 * n] * (r * (1 - r));
        aBar[bar + 2 * n] = h * (before[bt + kept * n + u] - candidate) * (z * (1 - z));
        aBar[bar + 3 * n] = nBar * r;
        beforeBar[bbt + along] = MultiplyAdd.fast(h, z, beforeBar[bbt + along]);
      }
    }
  }

  static void pullDot(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] hBar, int ht,
      double[] hBarDot, int hdt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int along = row * n + u;
        int dot = dt + row * 4 * n + u;
        int bar = at + row * 4 * n + u;
        double candidate = gates[gate];
        double r = gates[gate + n];
        double z = gates[gate + 2 * n];
        double m = gates[gate + 3 * n];
        double nDot = dots[dot];
        double rDot = dots[dot + n];
        double zDot = dots[dot + 2 * n];
        double h = hBar[ht + kept * n + u];
        double hMoved = hBarDot[hdt + along];
        double less = before[bt + kept * n + u] - candidate;
        double steep = MultiplyAdd.oneLessSquare(candidate);
        double share = h * (1 - z);
        double nBar = share * steep;
        double shareDot = MultiplyAdd.fast(hMoved, 1 - z, -(h * zDot));
        double nBarDot = MultiplyAdd.fast(shareDot, steep, -(share * ((candidate + candidate) * nDot)));
        double rBarDot = MultiplyAdd.fast(nBarDot, m, nBar * dots[dot + 3 * n]);
        double zBarDot = MultiplyAdd.fast(hMoved, less, h * (beforeDot[bdt + along] - nDot));
        aBarDot[bar] = nBarDot;
        aBarDot[bar + n] = MultiplyAdd.fast(rBarDot, r * (1 - r), nBar * m * ((1 - (r + r)) * rDot));
        aBarDot[bar + 2 * n] = MultiplyAdd.fast(zBarDot, z * (1 - z), h * less * ((1 - (z + z)) * zDot));
        aBarDot[bar + 3 * n] = MultiplyAdd.fast(nBarDot, r, nBar * rDot);
        beforeBarDot[bbt + along] = MultiplyAdd.fast(hMoved, z, MultiplyAdd.fast(h, zDot, beforeBarDot[bbt + along]));
      }
    }
  }
}
