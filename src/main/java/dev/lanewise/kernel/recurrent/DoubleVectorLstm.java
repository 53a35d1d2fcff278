package dev.lanewise.kernel.recurrent;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;

/// [DoubleLstm] on the Vector API, for rows of at least a vector: the same steps in the same order as
/// [DoublePortableLstm].
///
/// Whole vectors only: plain Java computes the rest of each row. Masks, one for each result, would exceed what C2
/// inlines.
final class DoubleVectorLstm {

  private DoubleVectorLstm() {}

  static void cell(int rows, int n, double[] gates, int gt, double[] before, int bt, double[] c, int ct) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      int here = row * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        f.fma(past, i.mul(g)).intoArray(c, ct + here + u);
      }
    }
  }

  static void output(int rows, int n, double[] gates, int gt, double[] tanh, int tt, double[] h, int ht) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n + 3 * n;
      int here = row * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + u));
        o.mul(t).intoArray(h, ht + here + u);
      }
    }
  }

  static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] cDot, int ct, double[] hDot, int ht) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int dot = at + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + u));
        DoubleVector iDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + u)).mul(i.mul(i.neg().add(1.0)));
        DoubleVector fDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + u)).mul(f.mul(f.neg().add(1.0)));
        DoubleVector gDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + u)).mul(g.neg().fma(g, one));
        DoubleVector oDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n
            + u)).mul(o.mul(o.neg().add(1.0)));
        DoubleVector moved = f.fma(pastDot, past.fma(fDot, i.fma(gDot, g.mul(iDot))));
        iDot.intoArray(dots, dot + u);
        fDot.intoArray(dots, dot + n + u);
        gDot.intoArray(dots, dot + 2 * n + u);
        oDot.intoArray(dots, dot + 3 * n + u);
        moved.intoArray(cDot, ct + along + u);
        o.mul(t.neg().fma(t, one)).fma(moved, t.mul(oDot)).intoArray(hDot, ht + along + u);
      }
    }
  }

  static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] hBar, int ht, double[] cBar, int ct, double[] aBar, int at, double[] beforeBar, int bbt) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int bar = at + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + along + u));
        DoubleVector later = TYPE.cast(DoubleVector.fromArray(SPECIES, cBar, ct + along + u));
        DoubleVector c = h.fma(o.mul(t.neg().fma(t, one)), later);
        c.mul(g).mul(i.mul(i.neg().add(1.0))).intoArray(aBar, bar + u);
        c.mul(past).mul(f.mul(f.neg().add(1.0))).intoArray(aBar, bar + n + u);
        c.mul(i).mul(g.neg().fma(g, one)).intoArray(aBar, bar + 2 * n + u);
        h.mul(t).mul(o.mul(o.neg().add(1.0))).intoArray(aBar, bar + 3 * n + u);
        c.intoArray(cBar, ct + along + u);
        c.mul(f).intoArray(beforeBar, bbt + along + u);
      }
    }
  }

  static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] cDot, int cdt,
      double[] hBar, int ht, double[] cBar, int ct, double[] hBarDot, int hdt, double[] cBarDot, int cbt,
      double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int dot = dt + row * 4 * n;
      int bar = at + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + here + u));
        DoubleVector c = TYPE.cast(DoubleVector.fromArray(SPECIES, cBar, ct + here + u));
        DoubleVector iDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + u));
        DoubleVector fDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + u));
        DoubleVector gDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + u));
        DoubleVector oDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + u));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + u));
        DoubleVector hMoved = TYPE.cast(DoubleVector.fromArray(SPECIES, hBarDot, hdt + along + u));
        DoubleVector later = TYPE.cast(DoubleVector.fromArray(SPECIES, cBarDot, cbt + along + u));
        DoubleVector steep = t.neg().fma(t, one);
        DoubleVector tDot = TYPE.cast(DoubleVector.fromArray(SPECIES, cDot, cdt + along + u)).mul(steep);
        DoubleVector bent = oDot.fma(steep, o.mul(t).mul(tDot.add(tDot)).neg());
        DoubleVector cMoved = hMoved.fma(o.mul(steep), h.fma(bent, later));
        DoubleVector iBarDot = cMoved.fma(g, c.mul(gDot));
        DoubleVector fBarDot = cMoved.fma(past, c.mul(pastDot));
        DoubleVector gBarDot = cMoved.fma(i, c.mul(iDot));
        DoubleVector oBarDot = hMoved.fma(t, h.mul(tDot));
        DoubleVector iBent = one.sub(i.add(i)).mul(iDot).mul(c.mul(g));
        DoubleVector fBent = one.sub(f.add(f)).mul(fDot).mul(c.mul(past));
        DoubleVector gBent = g.add(g).mul(gDot).mul(c.mul(i)).neg();
        DoubleVector oBent = one.sub(o.add(o)).mul(oDot).mul(h.mul(t));
        iBarDot.fma(i.mul(i.neg().add(1.0)), iBent).intoArray(aBarDot, bar + u);
        fBarDot.fma(f.mul(f.neg().add(1.0)), fBent).intoArray(aBarDot, bar + n + u);
        gBarDot.fma(g.neg().fma(g, one), gBent).intoArray(aBarDot, bar + 2 * n + u);
        oBarDot.fma(o.mul(o.neg().add(1.0)), oBent).intoArray(aBarDot, bar + 3 * n + u);
        cMoved.intoArray(cBarDot, cbt + along + u);
        cMoved.fma(f, c.mul(fDot)).intoArray(beforeBarDot, bbt + along + u);
      }
    }
  }
}
