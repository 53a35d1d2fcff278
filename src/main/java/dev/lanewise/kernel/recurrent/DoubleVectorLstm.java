package dev.lanewise.kernel.recurrent;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleLstm] on the Vector API, for rows of at least a vector: the same steps in the same order as
/// [DoublePortableLstm].
///
/// The last vector of a row ends with it. Lanes that the one before has done are computed from what it wrote, and
/// dropped.
final class DoubleVectorLstm {

  private DoubleVectorLstm() {}

  static void cell(int rows, int n, double[] gates, int gt, double[] before, int bt, double[] c, int ct) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      int here = row * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        f.fma(past, i.mul(g)).intoArray(c, ct + here + v, lanes);
      }
    }
  }

  static void output(int rows, int n, double[] gates, int gt, double[] tanh, int tt, double[] h, int ht) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n + 3 * n;
      int here = row * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + v));
        o.mul(t).intoArray(h, ht + here + v, lanes);
      }
    }
  }

  static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] cDot, int ct, double[] hDot, int ht) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int dot = at + row * 4 * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + v));
        DoubleVector iDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + v)).mul(i.mul(i.neg().add(1.0)));
        DoubleVector fDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + v)).mul(f.mul(f.neg().add(1.0)));
        DoubleVector gDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + v)).mul(g.neg().fma(g, one));
        DoubleVector oDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n
            + v)).mul(o.mul(o.neg().add(1.0)));
        DoubleVector moved = f.fma(pastDot, past.fma(fDot, i.fma(gDot, g.mul(iDot))));
        iDot.intoArray(dots, dot + v, lanes);
        fDot.intoArray(dots, dot + n + v, lanes);
        gDot.intoArray(dots, dot + 2 * n + v, lanes);
        oDot.intoArray(dots, dot + 3 * n + v, lanes);
        moved.intoArray(cDot, ct + along + v, lanes);
        o.mul(t.neg().fma(t, one)).fma(moved, t.mul(oDot)).intoArray(hDot, ht + along + v, lanes);
      }
    }
  }

  static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] hBar, int ht, double[] cBar, int ct, double[] aBar, int at, double[] beforeBar, int bbt) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int bar = at + row * 4 * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + along + v));
        DoubleVector behind = TYPE.cast(DoubleVector.fromArray(SPECIES, cBar, ct + along + v));
        DoubleVector c = h.fma(o.mul(t.neg().fma(t, one)), behind);
        c.mul(g).mul(i.mul(i.neg().add(1.0))).intoArray(aBar, bar + v, lanes);
        c.mul(past).mul(f.mul(f.neg().add(1.0))).intoArray(aBar, bar + n + v, lanes);
        c.mul(i).mul(g.neg().fma(g, one)).intoArray(aBar, bar + 2 * n + v, lanes);
        h.mul(t).mul(o.mul(o.neg().add(1.0))).intoArray(aBar, bar + 3 * n + v, lanes);
        c.intoArray(cBar, ct + along + v, lanes);
        c.mul(f).intoArray(beforeBar, bbt + along + v, lanes);
      }
    }
  }

  static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] cDot, int cdt, double[] hBar, int ht, double[] cBar,
          int ct,
      double[] hBarDot, int hdt, double[] cBarDot, int cbt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int dot = dt + row * 4 * n;
      int bar = at + row * 4 * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector i = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector f = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector g = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector o = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector t = TYPE.cast(DoubleVector.fromArray(SPECIES, tanh, tt + here + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + here + v));
        DoubleVector c = TYPE.cast(DoubleVector.fromArray(SPECIES, cBar, ct + here + v));
        DoubleVector iDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + v));
        DoubleVector fDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + v));
        DoubleVector gDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + v));
        DoubleVector oDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + v));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + v));
        DoubleVector hMoved = TYPE.cast(DoubleVector.fromArray(SPECIES, hBarDot, hdt + along + v));
        DoubleVector behind = TYPE.cast(DoubleVector.fromArray(SPECIES, cBarDot, cbt + along + v));
        DoubleVector steep = t.neg().fma(t, one);
        DoubleVector tDot = TYPE.cast(DoubleVector.fromArray(SPECIES, cDot, cdt + along + v)).mul(steep);
        DoubleVector bent = oDot.fma(steep, o.mul(t).mul(tDot.add(tDot)).neg());
        DoubleVector cMoved = hMoved.fma(o.mul(steep), h.fma(bent, behind));
        DoubleVector iBarDot = cMoved.fma(g, c.mul(gDot));
        DoubleVector fBarDot = cMoved.fma(past, c.mul(pastDot));
        DoubleVector gBarDot = cMoved.fma(i, c.mul(iDot));
        DoubleVector oBarDot = hMoved.fma(t, h.mul(tDot));
        DoubleVector iBent = one.sub(i.add(i)).mul(iDot).mul(c.mul(g));
        DoubleVector fBent = one.sub(f.add(f)).mul(fDot).mul(c.mul(past));
        DoubleVector gBent = g.add(g).mul(gDot).mul(c.mul(i)).neg();
        DoubleVector oBent = one.sub(o.add(o)).mul(oDot).mul(h.mul(t));
        iBarDot.fma(i.mul(i.neg().add(1.0)), iBent).intoArray(aBarDot, bar + v, lanes);
        fBarDot.fma(f.mul(f.neg().add(1.0)), fBent).intoArray(aBarDot, bar + n + v, lanes);
        gBarDot.fma(g.neg().fma(g, one), gBent).intoArray(aBarDot, bar + 2 * n + v, lanes);
        oBarDot.fma(o.mul(o.neg().add(1.0)), oBent).intoArray(aBarDot, bar + 3 * n + v, lanes);
        cMoved.intoArray(cBarDot, cbt + along + v, lanes);
        cMoved.fma(f, c.mul(fDot)).intoArray(beforeBarDot, bbt + along + v, lanes);
      }
    }
  }
}
