package dev.lanewise.kernel.recurrent;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleGru] on the Vector API, for rows of at least a vector: the same steps in the same order as
/// [DoublePortableGru].
///
/// The last vector of a row ends with it. Lanes that the one before has done are computed from what it wrote, and
/// dropped.
final class DoubleVectorGru {

  private DoubleVectorGru() {}

  static void candidate(int rows, int n, double[] gates, int gt) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector a = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        r.fma(m, a).intoArray(gates, gate + v, lanes);
      }
    }
  }

  static void output(int rows, int n, double[] gates, int gt, double[] before, int bt, double[] h, int ht) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      int here = row * n;
      for (int u = 0; u < n; u += LENGTH) {
        int v = Math.min(u, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(v, u, n));
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        z.fma(past.sub(candidate), candidate).intoArray(h, ht + here + v, lanes);
      }
    }
  }

  static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] hDot, int ht) {
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
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector aDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + v));
        DoubleVector mDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + v));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + v));
        DoubleVector rDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + v)).mul(r.mul(r.neg().add(1.0)));
        DoubleVector zDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n
            + v)).mul(z.mul(z.neg().add(1.0)));
        DoubleVector nDot = r.fma(mDot, m.fma(rDot, aDot)).mul(candidate.neg().fma(candidate, one));
        DoubleVector mixed = z.fma(pastDot.sub(nDot), nDot);
        nDot.intoArray(dots, dot + v, lanes);
        rDot.intoArray(dots, dot + n + v, lanes);
        zDot.intoArray(dots, dot + 2 * n + v, lanes);
        past.sub(candidate).fma(zDot, mixed).intoArray(hDot, ht + along + v, lanes);
      }
    }
  }

  static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] hBar, int ht, double[] aBar, int at, double[] beforeBar, int bbt) {
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
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + along + v));
        DoubleVector pastBar = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeBar, bbt + along + v));
        DoubleVector nBar = h.mul(one.sub(z)).mul(candidate.neg().fma(candidate, one));
        nBar.intoArray(aBar, bar + v, lanes);
        nBar.mul(m).mul(r.mul(r.neg().add(1.0))).intoArray(aBar, bar + n + v, lanes);
        h.mul(past.sub(candidate)).mul(z.mul(z.neg().add(1.0))).intoArray(aBar, bar + 2 * n + v, lanes);
        nBar.mul(r).intoArray(aBar, bar + 3 * n + v, lanes);
        h.fma(z, pastBar).intoArray(beforeBar, bbt + along + v, lanes);
      }
    }
  }

  static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] hBar, int ht,
      double[] hBarDot, int hdt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
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
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + v));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + v));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + v));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + v));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + v));
        DoubleVector nDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + v));
        DoubleVector rDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + v));
        DoubleVector zDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + v));
        DoubleVector mDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + v));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + here + v));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + v));
        DoubleVector hMoved = TYPE.cast(DoubleVector.fromArray(SPECIES, hBarDot, hdt + along + v));
        DoubleVector pastBarDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeBarDot, bbt + along + v));
        DoubleVector less = past.sub(candidate);
        DoubleVector steep = candidate.neg().fma(candidate, one);
        DoubleVector share = h.mul(one.sub(z));
        DoubleVector nBar = share.mul(steep);
        DoubleVector shareDot = hMoved.fma(one.sub(z), h.mul(zDot).neg());
        DoubleVector nBent = candidate.add(candidate).mul(nDot).mul(share).neg();
        DoubleVector nBarDot = shareDot.fma(steep, nBent);
        DoubleVector rBarDot = nBarDot.fma(m, nBar.mul(mDot));
        DoubleVector zBarDot = hMoved.fma(less, h.mul(pastDot.sub(nDot)));
        DoubleVector rBent = one.sub(r.add(r)).mul(rDot).mul(nBar.mul(m));
        DoubleVector zBent = one.sub(z.add(z)).mul(zDot).mul(h.mul(less));
        nBarDot.intoArray(aBarDot, bar + v, lanes);
        rBarDot.fma(r.mul(r.neg().add(1.0)), rBent).intoArray(aBarDot, bar + n + v, lanes);
        zBarDot.fma(z.mul(z.neg().add(1.0)), zBent).intoArray(aBarDot, bar + 2 * n + v, lanes);
        nBarDot.fma(r, nBar.mul(rDot)).intoArray(aBarDot, bar + 3 * n + v, lanes);
        hMoved.fma(z, h.fma(zDot, pastBarDot)).intoArray(beforeBarDot, bbt + along + v, lanes);
      }
    }
  }
}
