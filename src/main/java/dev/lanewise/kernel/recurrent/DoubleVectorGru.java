package dev.lanewise.kernel.recurrent;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;

/// [DoubleGru] on the Vector API, for rows of at least a vector: the same steps in the same order as
/// [DoublePortableGru].
///
/// Whole vectors only: plain Java computes the rest of each row. Masks, one for each result, would exceed what C2
/// inlines.
final class DoubleVectorGru {

  private DoubleVectorGru() {}

  static void candidate(int rows, int n, double[] gates, int gt) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector a = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        r.fma(m, a).intoArray(gates, gate + u);
      }
    }
  }

  static void output(int rows, int n, double[] gates, int gt, double[] before, int bt, double[] h, int ht) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int gate = gt + row * 4 * n;
      int here = row * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        z.fma(past.sub(candidate), candidate).intoArray(h, ht + here + u);
      }
    }
  }

  static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] hDot, int ht) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int dot = at + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector aDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + u));
        DoubleVector mDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + u));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + u));
        DoubleVector rDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + u)).mul(r.mul(r.neg().add(1.0)));
        DoubleVector zDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n
            + u)).mul(z.mul(z.neg().add(1.0)));
        DoubleVector nDot = r.fma(mDot, m.fma(rDot, aDot)).mul(candidate.neg().fma(candidate, one));
        DoubleVector mixed = z.fma(pastDot.sub(nDot), nDot);
        nDot.intoArray(dots, dot + u);
        rDot.intoArray(dots, dot + n + u);
        zDot.intoArray(dots, dot + 2 * n + u);
        past.sub(candidate).fma(zDot, mixed).intoArray(hDot, ht + along + u);
      }
    }
  }

  static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] hBar, int ht, double[] aBar, int at, double[] beforeBar, int bbt) {
    int body = SPECIES.loopBound(n);
    for (int row = 0; row < rows; row++) {
      int kept = row % period;
      int gate = gt + kept * 4 * n;
      int here = kept * n;
      int along = row * n;
      int bar = at + row * 4 * n;
      for (int u = 0; u < body; u += LENGTH) {
        DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + along + u));
        DoubleVector pastBar = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeBar, bbt + along + u));
        DoubleVector nBar = h.mul(one.sub(z)).mul(candidate.neg().fma(candidate, one));
        nBar.intoArray(aBar, bar + u);
        nBar.mul(m).mul(r.mul(r.neg().add(1.0))).intoArray(aBar, bar + n + u);
        h.mul(past.sub(candidate)).mul(z.mul(z.neg().add(1.0))).intoArray(aBar, bar + 2 * n + u);
        nBar.mul(r).intoArray(aBar, bar + 3 * n + u);
        h.fma(z, pastBar).intoArray(beforeBar, bbt + along + u);
      }
    }
  }

  static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] hBar, int ht,
      double[] hBarDot, int hdt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
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
        DoubleVector candidate = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + u));
        DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + n + u));
        DoubleVector z = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 2 * n + u));
        DoubleVector m = TYPE.cast(DoubleVector.fromArray(SPECIES, gates, gate + 3 * n + u));
        DoubleVector past = TYPE.cast(DoubleVector.fromArray(SPECIES, before, bt + here + u));
        DoubleVector nDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + u));
        DoubleVector rDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + n + u));
        DoubleVector zDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 2 * n + u));
        DoubleVector mDot = TYPE.cast(DoubleVector.fromArray(SPECIES, dots, dot + 3 * n + u));
        DoubleVector h = TYPE.cast(DoubleVector.fromArray(SPECIES, hBar, ht + here + u));
        DoubleVector pastDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeDot, bdt + along + u));
        DoubleVector hMoved = TYPE.cast(DoubleVector.fromArray(SPECIES, hBarDot, hdt + along + u));
        DoubleVector pastBarDot = TYPE.cast(DoubleVector.fromArray(SPECIES, beforeBarDot, bbt + along + u));
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
        nBarDot.intoArray(aBarDot, bar + u);
        rBarDot.fma(r.mul(r.neg().add(1.0)), rBent).intoArray(aBarDot, bar + n + u);
        zBarDot.fma(z.mul(z.neg().add(1.0)), zBent).intoArray(aBarDot, bar + 2 * n + u);
        nBarDot.fma(r, nBar.mul(rDot)).intoArray(aBarDot, bar + 3 * n + u);
        hMoved.fma(z, h.fma(zDot, pastBarDot)).intoArray(beforeBarDot, bbt + along + u);
      }
    }
  }
}
