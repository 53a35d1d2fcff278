package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.lanes.MultiplyAdd;

/// [DoubleLstm] in plain Java, for the units of each row from a given one on.
final class DoublePortableLstm {

  private DoublePortableLstm() {}

  static void cell(int rows, int from, int n, double[] gates, int gt, double[] before, int bt, double[] c, int ct) {
    for (int row = 0; row < rows; row++) {
      int i = gt + row * 4 * n;
      for (int u = from; u < n; u++) {
        double input = gates[i + u] * gates[i + 2 * n + u];
        c[ct + row * n + u] = MultiplyAdd.fast(gates[i + n + u], before[bt + row * n + u], input);
      }
    }
  }

  static void output(int rows, int from, int n, double[] gates, int gt, double[] tanh, int tt, double[] h, int ht) {
    for (int row = 0; row < rows; row++) {
      int o = gt + row * 4 * n + 3 * n;
      for (int u = from; u < n; u++) {
        h[ht + row * n + u] = gates[o + u] * tanh[tt + row * n + u];
      }
    }
  }

  static void push(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] cDot, int ct, double[] hDot, int ht) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int here = kept * n + u;
        int along = row * n + u;
        int dot = at + row * 4 * n + u;
        double i = gates[gate];
        double f = gates[gate + n];
        double g = gates[gate + 2 * n];
        double o = gates[gate + 3 * n];
        double t = tanh[tt + here];
        double iDot = dots[dot] * (i * (1 - i));
        double fDot = dots[dot + n] * (f * (1 - f));
        double gDot = dots[dot + 2 * n] * MultiplyAdd.oneLessSquare(g);
        double oDot = dots[dot + 3 * n] * (o * (1 - o));
        double inputs = MultiplyAdd.fast(i, gDot, g * iDot);
        double moved = MultiplyAdd.fast(
            f, beforeDot[bdt + along], MultiplyAdd.fast(before[bt + here], fDot, inputs));
        dots[dot] = iDot;
        dots[dot + n] = fDot;
        dots[dot + 2 * n] = gDot;
        dots[dot + 3 * n] = oDot;
        cDot[ct + along] = moved;
        hDot[ht + along] = MultiplyAdd.fast(o * MultiplyAdd.oneLessSquare(t), moved, t * oDot);
      }
    }
  }

  static void pull(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] hBar, int ht, double[] cBar, int ct, double[] aBar, int at, double[] beforeBar, int bbt) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int here = kept * n + u;
        int along = row * n + u;
        int bar = at + row * 4 * n + u;
        double i = gates[gate];
        double f = gates[gate + n];
        double g = gates[gate + 2 * n];
        double o = gates[gate + 3 * n];
        double t = tanh[tt + here];
        double h = hBar[ht + along];
        double c = MultiplyAdd.fast(h, o * MultiplyAdd.oneLessSquare(t), cBar[ct + along]);
        aBar[bar] = c * g * (i * (1 - i));
        aBar[bar + n] = c * before[bt + here] * (f * (1 - f));
        aBar[bar + 2 * n] = c * i * MultiplyAdd.oneLessSquare(g);
        aBar[bar + 3 * n] = h * t * (o * (1 - o));
        cBar[ct + along] = c;
        beforeBar[bbt + along] = c * f;
      }
    }
  }

  static void pullDot(
      int rows, int period, int from, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] cDot, int cdt, double[] hBar, int ht, double[] cBar,
          int ct,
      double[] hBarDot, int hdt, double[] cBarDot, int cbt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      for (int u = from; u < n; u++) {
        int gate = gt + kept * 4 * n + u;
        int here = kept * n + u;
        int along = row * n + u;
        int dot = dt + row * 4 * n + u;
        int bar = at + row * 4 * n + u;
        double i = gates[gate];
        double f = gates[gate + n];
        double g = gates[gate + 2 * n];
        double o = gates[gate + 3 * n];
        double t = tanh[tt + here];
        double past = before[bt + here];
        double h = hBar[ht + here];
        double c = cBar[ct + here];
        double iDot = dots[dot];
        double fDot = dots[dot + n];
        double gDot = dots[dot + 2 * n];
        double oDot = dots[dot + 3 * n];
        double hMoved = hBarDot[hdt + along];
        double steep = MultiplyAdd.oneLessSquare(t);
        double tDot = steep * cDot[cdt + along];
        double bent = MultiplyAdd.fast(oDot, steep, -(o * t * (tDot + tDot)));
        double cMoved = MultiplyAdd.fast(hMoved, o * steep, MultiplyAdd.fast(h, bent, cBarDot[cbt + along]));
        double iBarDot = MultiplyAdd.fast(cMoved, g, c * gDot);
        double fBarDot = MultiplyAdd.fast(cMoved, past, c * beforeDot[bdt + along]);
        double gBarDot = MultiplyAdd.fast(cMoved, i, c * iDot);
        double oBarDot = MultiplyAdd.fast(hMoved, t, h * tDot);
        aBarDot[bar] = MultiplyAdd.fast(iBarDot, i * (1 - i), c * g * ((1 - (i + i)) * iDot));
        aBarDot[bar + n] = MultiplyAdd.fast(fBarDot, f * (1 - f), c * past * ((1 - (f + f)) * fDot));
        aBarDot[bar + 2 * n] = MultiplyAdd.fast(gBarDot, MultiplyAdd.oneLessSquare(g), -(c * i * ((g + g) * gDot)));
        aBarDot[bar + 3 * n] = MultiplyAdd.fast(oBarDot, o * (1 - o), h * t * ((1 - (o + o)) * oDot));
        cBarDot[cbt + along] = cMoved;
        beforeBarDot[bbt + along] = MultiplyAdd.fast(cMoved, f, c * fDot);
      }
    }
  }
}
