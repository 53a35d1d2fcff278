package dev.lanewise.kernel.arithmetic;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Arithmetic over arrays on the Vector API, for at least a vector of numbers. Bits are those of
/// [DoublePortableArithmetic].
///
/// C2 does not vectorize the plain loops: with an offset into each array it cannot tell whether the array it writes is
/// one that it reads.
final class DoubleVectorArithmetic {

  private DoubleVectorArithmetic() {}

  /// @param n the lanes of a vector, or more
  static void apply(Arithmetic operation, int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    switch (operation) {
      case SUM -> sum(n, x, xo, y, yo, z, zo);
      case DIFFERENCE -> difference(n, x, xo, y, yo, z, zo);
      case PRODUCT -> product(n, x, xo, y, yo, z, zo);
      case QUOTIENT -> quotient(n, x, xo, y, yo, z, zo);
      case ADD_PRODUCT -> addProduct(n, x, xo, y, yo, z, zo);
      case SUBTRACT_PRODUCT -> subtractProduct(n, x, xo, y, yo, z, zo);
      case MAXIMUM -> maximum(n, x, xo, y, yo, z, zo);
      case MINIMUM -> minimum(n, x, xo, y, yo, z, zo);
    }
  }

  private static void sum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.add(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.add(yi).intoArray(z, zo + at, tail);
    }
  }

  private static void difference(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.sub(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.sub(yi).intoArray(z, zo + at, tail);
    }
  }

  private static void product(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.mul(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.mul(yi).intoArray(z, zo + at, tail);
    }
  }

  private static void quotient(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.div(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.div(yi).intoArray(z, zo + at, tail);
    }
  }

  private static void addProduct(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.add(xi.mul(yi)).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      zi.add(xi.mul(yi)).intoArray(z, zo + at, tail);
    }
  }

  private static void subtractProduct(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i));
      zi.sub(xi.mul(yi)).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      DoubleVector zi = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      zi.sub(xi.mul(yi)).intoArray(z, zo + at, tail);
    }
  }

  private static void maximum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.max(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.max(yi).intoArray(z, zo + at, tail);
    }
  }

  private static void minimum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i));
      xi.min(yi).intoArray(z, zo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at));
      DoubleVector yi = TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at));
      xi.min(yi).intoArray(z, zo + at, tail);
    }
  }
}
