package dev.lanewise.kernel.elementwise;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// The loops of [DoubleVectorElementwise] with only a few instructions a vector: sums, products, the two relus and the
/// slopes that come from an output. Memory bounds them, not arithmetic.
final class DoubleVectorLoops {

  private static final double LEAK = 0.01;

  private DoubleVectorLoops() {}

  static void relu(int n, int last, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.blend(0.0, zi.compare(LE, 0.0)).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      zi.blend(0.0, zi.compare(LE, 0.0)).intoArray(y, yo + at, tail);
    }
  }

  static void leakyRelu(int n, int last, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.mul(LEAK).blend(zi, zi.compare(GT, 0.0)).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      zi.mul(LEAK).blend(zi, zi.compare(GT, 0.0)).intoArray(y, yo + at, tail);
    }
  }

  static void sum(int n, int last, double[] x, int xo, double[] b, int bo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector bi = TYPE.cast(DoubleVector.fromArray(SPECIES, b, bo + i));
      xi.add(bi).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector bi = TYPE.cast(DoubleVector.fromArray(SPECIES, b, bo + at));
      xi.add(bi).intoArray(y, yo + at, tail);
    }
  }

  static void product(int n, int last, double[] x, int xo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      xi.mul(ui).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      xi.mul(ui).intoArray(v, vo + at, tail);
    }
  }

  static void reluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.blend(0.0, yi.compare(LE, 0.0)).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      ui.blend(0.0, yi.compare(LE, 0.0)).intoArray(v, vo + at, tail);
    }
  }

  static void leakyReluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(LEAK).blend(ui, yi.compare(GT, 0.0)).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      ui.mul(LEAK).blend(ui, yi.compare(GT, 0.0)).intoArray(v, vo + at, tail);
    }
  }

  static void sigmoidSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(yi.mul(yi.neg().add(1.0))).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      ui.mul(yi.mul(yi.neg().add(1.0))).intoArray(v, vo + at, tail);
    }
  }

  static void tanhSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(yi.neg().fma(yi, TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0)))).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      ui.mul(yi.neg().fma(yi, TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0)))).intoArray(v, vo + at, tail);
    }
  }

  static void eluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.blend(yi.add(1.0).mul(ui), yi.compare(LT, 0.0)).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = Math.min(body, last);
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at));
      ui.blend(yi.add(1.0).mul(ui), yi.compare(LT, 0.0)).intoArray(v, vo + at, tail);
    }
  }
}
