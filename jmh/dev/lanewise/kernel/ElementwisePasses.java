package dev.lanewise.kernel;

import dev.lanewise.Precision;
import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.elementwise.FloatVectorElementwise;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.FloatLanes;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// One function of n numbers, by this library and by its rivals on the JVM, each as a pass over the same arrays.
final class ElementwisePasses {

  /// The elements on which code is compiled first: an uncompiled pass over millions takes seconds, and would be
  /// compiled by on-stack replacement instead of from its beginning.
  static final int WARM_UP = 1 << 10;

  /// Unused elements, so that x and y are not a whole number of pages apart: each load would then wait for a store
  /// whose address looks like its own.
  private static final int APART = 1024 / Double.BYTES;

  private final ElementwiseFunction function;
  private final Precision precision;
  private final boolean single;
  private final int n;
  private final float[] x;
  private final float[] y;
  private final float[] slope;
  private final double[] doubles;
  private final double[] doubleY;
  private final double[] doubleSlope;

  ElementwisePasses(ElementwiseFunction function, Precision precision, int n) {
    this.function = function;
    this.precision = precision;
    this.n = n;
    single = precision == Precision.FLOAT;
    int slopes = function.keepsSlope() ? n : 0;
    x = new float[single ? n + APART : 0];
    y = new float[x.length];
    slope = new float[single ? slopes : 0];
    doubles = new double[single ? 0 : n + APART];
    doubleY = new double[doubles.length];
    doubleSlope = new double[single ? 0 : slopes];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < n; i++) {
      double next = random.nextDouble(-4, 4);
      if (single) {
        x[i] = (float) next;
      } else {
        doubles[i] = next;
      }
    }
  }

  private double argument(int i) {
    return single ? x[i] : doubles[i];
  }

  double[] arguments() {
    return IntStream.range(0, n).mapToDouble(this::argument).toArray();
  }

  double result(int i) {
    return single ? y[i] : doubleY[i];
  }

  /// Checks every 101st result against the JDK's scalar methods, or plain Java in double if there is none.
  void check(String name, IntToDoubleFunction results) {
    for (int i = 0; i < n; i += 101) {
      double found = results.applyAsDouble(i);
      double expected = expected(argument(i));
      if (!(Math.abs(found - expected) <= 4 * precision.unitRoundoff() * Math.max(1, Math.abs(expected)))) {
        throw new IllegalStateException(
            name + ": " + function + " " + precision + " of " + argument(i) + " is " + found + ", expected "
            + expected);
      }
    }
  }

  private double expected(double x) {
    double[] result = {x};
    switch (function) {
      case EXP -> result[0] = Math.exp(x);
      case TANH -> result[0] = Math.tanh(x);
      default -> function.applyPortable(1, result, result);
    }
    return result[0];
  }

  Runnable copy() {
    return single ? () -> System.arraycopy(x, 0, y, 0, n) : () -> System.arraycopy(doubles, 0, doubleY, 0, n);
  }

  Runnable value() {
    return single ? () -> function.apply(n, x, y) : () -> function.apply(n, doubles, doubleY);
  }

  /// The pass that keeps the derivative; null if it follows from the value.
  Runnable fused() {
    if (!function.keepsSlope()) {
      return null;
    }
    return single
        ? () -> FloatVectorElementwise.activateKeepingSlope(function.kind, n, x, 0, y, 0, slope, 0)
        : () -> DoubleVectorElementwise.activateKeepingSlope(function.kind, n, doubles, 0, doubleY, 0, doubleSlope, 0);
  }

  /// The JDK's vector operation; null if there is none.
  Runnable jdk() {
    return switch (function) {
      case EXP -> single ? this::jdkFloatExp : this::jdkDoubleExp;
      case TANH -> single ? this::jdkFloatTanh : this::jdkDoubleTanh;
      default -> null;
    };
  }

  /// A loop over the JDK's method; null if there is none.
  Runnable scalar() {
    return switch (function) {
      case EXP -> single ? this::scalarFloatExp : this::scalarDoubleExp;
      case TANH -> single ? this::scalarFloatTanh : this::scalarDoubleTanh;
      default -> null;
    };
  }

  private void jdkFloatExp() {
    for (int i = 0; i < n; i += FloatLanes.LENGTH) {
      FloatVector.fromArray(FloatLanes.SPECIES, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
    }
  }

  private void jdkFloatTanh() {
    for (int i = 0; i < n; i += FloatLanes.LENGTH) {
      FloatVector.fromArray(FloatLanes.SPECIES, x, i).lanewise(VectorOperators.TANH).intoArray(y, i);
    }
  }

  private void jdkDoubleExp() {
    for (int i = 0; i < n; i += DoubleLanes.LENGTH) {
      DoubleVector.fromArray(DoubleLanes.SPECIES, doubles, i).lanewise(VectorOperators.EXP).intoArray(doubleY, i);
    }
  }

  private void jdkDoubleTanh() {
    for (int i = 0; i < n; i += DoubleLanes.LENGTH) {
      DoubleVector.fromArray(DoubleLanes.SPECIES, doubles, i).lanewise(VectorOperators.TANH).intoArray(doubleY, i);
    }
  }

  private void scalarFloatExp() {
    for (int i = 0; i < n; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
  }

  private void scalarFloatTanh() {
    for (int i = 0; i < n; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
  }

  private void scalarDoubleExp() {
    for (int i = 0; i < n; i++) {
      doubleY[i] = Math.exp(doubles[i]);
    }
  }

  private void scalarDoubleTanh() {
    for (int i = 0; i < n; i++) {
      doubleY[i] = Math.tanh(doubles[i]);
    }
  }
}
