package dev.lanewise.kernel.passes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Losses of the differences r = o − y, number by number, with their slopes, on the Vector API.
///
/// | operation | e                        | g                          |
/// |-----------|--------------------------|----------------------------|
/// | squared   | r²                       | factor·r                   |
/// | absolute  | \|r\|                    | factor·sgn r, 0 at 0       |
/// | huber     | c·(r − c/2)              | factor·c, c = r within ±δ  |
///
/// Huber's e is r²/2 within ±δ and δ·(|r| − δ/2) beyond: Huber 1964. Outputs may be the same part of the same array as
/// an input, but must not overlap it otherwise. A NaN stays one. Bits are those of [DoublePortableResiduals], at all
/// positions.
public final class DoubleVectorResiduals {

  private DoubleVectorResiduals() {}

  public static void squared(int n, double[] o, int oo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    int last = DoubleTail.last(n, o, oo, y, yo, g, go, e, eo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableResiduals.squared(n, o, oo, y, yo, factor, g, go, e, eo);
      return;
    }
    for (int i : vectors(n, last)) {
      DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, o, oo + i))
          .sub(DoubleVector.fromArray(SPECIES, y, yo + i));
      r.mul(factor).intoArray(g, go + i);
      r.mul(r).intoArray(e, eo + i);
    }
  }

  public static void absolute(int n, double[] o, int oo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    int last = DoubleTail.last(n, o, oo, y, yo, g, go, e, eo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableResiduals.absolute(n, o, oo, y, yo, factor, g, go, e, eo);
      return;
    }
    for (int i : vectors(n, last)) {
      DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, o, oo + i))
          .sub(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector sign = r.blend(1.0, r.compare(GT, 0.0)).blend(-1.0, r.compare(LT, 0.0));
      sign.mul(factor).intoArray(g, go + i);
      r.abs().intoArray(e, eo + i);
    }
  }

  public static void huber(
      int n, double[] o, int oo, double[] y, int yo, double delta, double factor, double[] g, int go, double[] e,
      int eo) {
    int last = DoubleTail.last(n, o, oo, y, yo, g, go, e, eo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableResiduals.huber(n, o, oo, y, yo, delta, factor, g, go, e, eo);
      return;
    }
    DoubleVector minusHalf = DoubleVector.broadcast(SPECIES, -0.5);
    for (int i : vectors(n, last)) {
      DoubleVector r = TYPE.cast(DoubleVector.fromArray(SPECIES, o, oo + i))
          .sub(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector c = r.blend(delta, r.compare(GT, delta)).blend(-delta, r.compare(LT, -delta));
      c.mul(factor).intoArray(g, go + i);
      c.mul(c.fma(minusHalf, r)).intoArray(e, eo + i);
    }
  }
}
