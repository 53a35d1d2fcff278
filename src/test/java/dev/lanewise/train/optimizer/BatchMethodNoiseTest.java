package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.train.optimizer.BatchMethodsTest.Method;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Conjugate gradients and L-BFGS where rounding hides what values do, and points that do not move.
class BatchMethodNoiseTest {

  /// Values that rounding makes equal from 0 to far behind the minimum: slopes alone lead there.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void flatValuesDoNotShortenSteps(Method m, Precision precision) {
    for (double start : new double[] {1, 99, 5000}) {
      RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
        g[0] = 1e-12 * (x[0] - 100);
        return 1e9 + 1e-12 * (x[0] - 100) * (x[0] - 100) / 2;
      }, start);
      f.minimise(m, 100);
      assertEquals(100, f.point().get(0), 1e-4, m + " " + precision + " from " + start);
    }
  }

  /// Values that say nothing, by rounding, must not lead the interpolation.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void noisyValuesDoNotMislead(Method m, Precision precision) {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int[] asked = {0};
      RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
        asked[0]++;
        g[0] = 1e-12 * (x[0] - 100);
        return (1 + 50 * precision.unitRoundoff() * random.nextDouble()) * 1e9;
      }, 1);
      f.minimise(m, 4);
      assertEquals(100, f.point().get(0), 0.1, m + " " + precision);
      assertTrue(asked[0] < 60, m + " " + precision + " asked " + asked[0] + " times");
    }
  }

  /// Values that rounding makes larger where slopes are smaller.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void valuesThatRiseByRoundingAreNoIncrease(Method m, Precision precision) {
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      g[0] = 1e-12 * (x[0] - 100);
      return (x[0] == 1 ? 1 : 1 + 60 * precision.unitRoundoff()) * 1e9;
    }, 1);
    f.minimise(m, 100);
    assertEquals(100, f.point().get(0), 1e-4, m + " " + precision);
  }

  /// But no many small increases make a large one.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void valuesDoNotClimb(Method m, Precision precision) {
    int[] asked = {0};
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      g[0] = -Math.pow(0.05, asked[0]);
      return 1 + 100 * precision.unitRoundoff() * asked[0]++;
    }, 1);
    OptimizerState state = OptimizerState.initial(m.method, precision, 1);
    for (int iteration = 0; iteration < 8 && !m.method.hasStalled(state); iteration++) {
      assertTrue(m.method.iterate(f, state) <= 1 + 128 * precision.unitRoundoff(), m + " " + precision);
    }
    assertTrue(asked[0] > 2, "it did move");
  }

  /// Slopes that promise what values do not keep: no step, and not a bit of the point is another one.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void aPointThatIsSaidToStayStays(Method m, Precision precision) {
    double[] start = {-0.0, 1 / 3.0, 1e-30, -7e8};
    List<ToDoubleBiFunction<double[], double[]>> functions = List.of(
        (x, g) -> slopes(g, 1e10),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : 2),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : Double.NaN),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : Double.NEGATIVE_INFINITY));
    for (ToDoubleBiFunction<double[], double[]> function : functions) {
      RoundedFunction f = RoundedFunction.of(precision, function, start);
      double[] before = f.point().toDoubles();
      OptimizerState state = OptimizerState.initial(m.method, precision, 4);
      double value = m.method.iterate(f, state);
      assertTrue(m.method.hasStalled(state), m + " " + precision);
      assertArrayEquals(before, f.point().toDoubles(), m + " " + precision);
      assertEquals(-1 / 0.0, 1 / f.point().get(0), "the sign of 0");
      assertTrue(value == 1 || value == 1e10, m + " " + value);
    }
  }

  private static double slopes(double[] g, double value) {
    g[0] = -1e-3;
    return value;
  }

  /// Rounding may let a minimum be walked about in: that has an end.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void noiseDoesNotKeepItGoing(Method m, Precision precision) {
    double scale = Math.sqrt(precision.unitRoundoff());
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
        g[0] = x[0] - 2 + scale * random.nextGaussian();
        return 1 + (x[0] - 2) * (x[0] - 2) / 2 + 20 * precision.unitRoundoff() * random.nextDouble();
      }, 10);
      int iterations = f.minimise(m, 1000);
      assertTrue(iterations < 200, m + " " + precision + ": " + iterations);
      assertEquals(2, f.point().get(0), 50 * scale);
    }
  }

  /// Slopes that turn, and so are of no function, would lead on for ever where values say nothing.
  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void stepsThatMakeNothingSmallerEnd(Method m, Precision precision) {
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      g[0] = x[0] - 2 * x[1];
      g[1] = 2 * x[0] + x[1];
      return 1;
    }, 1, 0);
    int iterations = f.minimise(m, 100);
    assertTrue(iterations < 30, m + " " + precision + ": " + iterations);
    assertTrue(iterations > 1, "it did move");
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.train.optimizer.BatchMethodScalesTest#ways")
  void aBeginningWithoutGradientIsNaN(Method m, Precision precision) {
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      g[0] = Double.POSITIVE_INFINITY;
      return 1;
    }, 3);
    assertTrue(Double.isNaN(m.method.iterate(f, OptimizerState.initial(m.method, precision, 1))));
    assertEquals(3, f.point().get(0));
  }
}
