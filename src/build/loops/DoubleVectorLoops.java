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
    for (int i : vectors(n, last)) {
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.blend(0.0, zi.compare(LE, 0.0)).intoArray(y, yo + i);
    }
  }

  static void leakyRelu(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i : vectors(n, last)) {
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.mul(LEAK).blend(zi, zi.compare(GT, 0.0)).intoArray(y, yo + i);
    }
  }

  static void sum(int n, int last, double[] x, int xo, double[] b, int bo, double[] y, int yo) {
    for (int i : vectors(n, last)) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector bi = TYPE.cast(DoubleVector.fromArray(SPECIES, b, bo + i));
      xi.add(bi).intoArray(y, yo + i);
    }
  }

  static void product(int n, int last, double[] x, int xo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      xi.mul(ui).intoArray(v, vo + i);
    }
  }

  static void reluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.blend(0.0, yi.compare(LE, 0.0)).intoArray(v, vo + i);
    }
  }

  static void leakyReluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(LEAK).blend(ui, yi.compare(GT, 0.0)).intoArray(v, vo + i);
    }
  }

  static void sigmoidSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(yi.mul(yi.neg().add(1.0))).intoArray(v, vo + i);
    }
  }

  static void tanhSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.mul(yi.neg().fma(yi, TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0)))).intoArray(v, vo + i);
    }
  }

  static void eluSlope(int n, int last, double[] y, int yo, double[] u, int uo, double[] v, int vo) {
    for (int i : vectors(n, last)) {
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector ui = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i));
      ui.blend(yi.add(1.0).mul(ui), yi.compare(LT, 0.0)).intoArray(v, vo + i);
    }
  }
}
