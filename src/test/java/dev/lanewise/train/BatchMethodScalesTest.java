package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.train.BatchMethodsTest.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Conjugate gradients and L-BFGS whatever the units of parameters, values and gradients are, in both precisions:
/// minima known exactly, and points that do not move.
class BatchMethodScalesTest {

  /// A function of doubles that is asked at points of a precision, and whose gradient is rounded to it.
  private record Function(Tensor point, ToDoubleBiFunction<double[], double[]> valueAndGradient) implements Objective {

    static Function of(Precision precision, ToDoubleBiFunction<double[], double[]> valueAndGradient, double... start) {
      return new Function(Tensor.row(start).to(precision), valueAndGradient);
    }

    @Override
    public double valueAndGradient(Tensor gradient) {
      double[] slopes = new double[point.size()];
      double value = valueAndGradient.applyAsDouble(point.toDoubles(), slopes);
      gradient.copyFrom(Tensor.row(slopes).to(point.precision()));
      return value;
    }
  }

  private static int minimise(Method m, Objective f, int most) {
    OptimizerState state = OptimizerState.initial(m.method, f.point().precision(), f.point().size());
    int iterations = 0;
    while (iterations < most && !m.method.hasStalled(state)) {
      m.method.iterate(f, state);
      iterations++;
    }
    return iterations;
  }

  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (Method m : Method.values()) {
      for (Precision precision : Precision.values()) {
        ways.add(Arguments.of(m, precision));
      }
    }
    return ways;
  }

  /// ½ Σ height·i·(x_i/width − c_i)², from 0, whose minimum is width·c.
  @Property(tries = 300)
  void quadraticsOfAnyUnitsAreSolved(
      @ForAll Method m, @ForAll Precision precision,
      @ForAll @IntRange(min = -15, max = 15) int width, @ForAll @IntRange(min = -15, max = 15) int height) {
    double w = Math.pow(10, width);
    double h = Math.pow(10, height);
    double[] c = {1, -2, 3, 0.5};
    Function f = Function.of(precision, (x, g) -> {
      double value = 0;
      for (int i = 0; i < 4; i++) {
        double r = x[i] / w - c[i];
        value += h * (i + 1) * r * r / 2;
        g[i] = h * (i + 1) * r / w;
      }
      return value;
    }, new double[4]);
    int iterations = minimise(m, f, 200);
    for (int i = 0; i < 4; i++) {
      assertEquals(c[i], f.point.get(i) / w, 1e-5, m + " " + precision + " after " + iterations + ", " + i);
    }
  }

  /// The ends of a precision's range, where the square of a norm is 0 or infinite.
  @ParameterizedTest
  @MethodSource("ways")
  void normsWhoseSquaresAreNoNumbers(Method m, Precision precision) {
    double least = precision == Precision.FLOAT ? 1e-32 : 1e-260;
    for (double height : new double[] {least, 1, 1 / least}) {
      Function f = Function.of(precision, (x, g) -> {
        g[0] = height * (x[0] - 3);
        g[1] = 7 * height * (x[1] + 2);
        return height * ((x[0] - 3) * (x[0] - 3) + 7 * (x[1] + 2) * (x[1] + 2)) / 2;
      }, 1, 1);
      minimise(m, f, 100);
      assertEquals(3, f.point.get(0), 1e-5, m + " " + precision + " " + height);
      assertEquals(-2, f.point.get(1), 1e-5, m + " " + precision + " " + height);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void smallInputsMakeNoSmallSteps(Method m, Precision precision) {
    for (double scale : new double[] {1e-15, 1e-8, 1e-4, 1, 1e4, 1e15}) {
      Dense layer = new Dense(1, 1, false, Activation.IDENTITY);
      Parameters theta = Parameters.zeros(layer.parameters(), precision);
      Dataset set = twice(precision, scale, 2 * scale);
      TrainerOptions options = TrainerOptions.defaults().withOptimizer(m.method);
      new Trainer(layer, theta, Loss.halfSquaredError(), set, options).run();
      assertEquals(2, theta.flat().get(0), 2e-6, m + " " + precision + " " + scale);
    }
  }

  private static Dataset twice(Precision precision, double x, double y) {
    Tensor inputs = Tensor.of(new double[] {x, x}, 2, 1);
    Tensor targets = Tensor.of(new double[] {y, y}, 2, 1);
    return new Dataset(inputs.to(precision), targets.to(precision));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void saturatedUnitsComeBack(Method m, Precision precision) {
    for (double start : new double[] {5, 9, 12, 14}) {
      Dense layer = new Dense(1, 1, false, Activation.SIGMOID);
      Parameters theta = Parameters.zeros(layer.parameters(), precision);
      theta.flat().fill(start);
      Dataset set = twice(precision, 1, 0.3);
      TrainerOptions options = TrainerOptions.defaults().withOptimizer(m.method);
      Progress end = new Trainer(layer, theta, Loss.halfSquaredError(), set, options).run();
      assertEquals(Math.log(3 / 7.0), theta.flat().get(0), 1e-4, m + " " + precision + " from " + start + ": " + end);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void bentValleysFarAway(Method m, Precision precision) {
    for (double start : new double[] {-1.2, 30, -1e4, 1e6, -1e8}) {
      Function f = Function.of(precision, (x, g) -> {
        double a = 1 - x[0];
        double b = x[1] - x[0] * x[0];
        g[0] = -2 * a - 400 * x[0] * b;
        g[1] = 200 * b;
        return a * a + 100 * b * b;
      }, start, 1);
      int iterations = minimise(m, f, 1000);
      String what = m + " " + precision + " from " + start + " after " + iterations;
      assertEquals(1, f.point.get(0), precision == Precision.FLOAT ? 1e-4 : 1e-10, what);
      assertEquals(1, f.point.get(1), precision == Precision.FLOAT ? 2e-4 : 1e-10, what);
      assertTrue(iterations < 200, what);
    }
  }

  /// Values that rounding makes equal from 0 to far behind the minimum: slopes alone lead there.
  @ParameterizedTest
  @MethodSource("ways")
  void flatValuesDoNotShortenSteps(Method m, Precision precision) {
    for (double start : new double[] {1, 99, 5000}) {
      Function f = Function.of(precision, (x, g) -> {
        g[0] = 1e-12 * (x[0] - 100);
        return 1e9 + 1e-12 * (x[0] - 100) * (x[0] - 100) / 2;
      }, start);
      minimise(m, f, 100);
      assertEquals(100, f.point.get(0), 1e-4, m + " " + precision + " from " + start);
    }
  }

  /// Slopes that promise what values do not keep: no step, and not a bit of the point is another one.
  @ParameterizedTest
  @MethodSource("ways")
  void aPointThatIsSaidToStayStays(Method m, Precision precision) {
    double[] start = {-0.0, 1 / 3.0, 1e-30, -7e8};
    List<ToDoubleBiFunction<double[], double[]>> functions = List.of(
        (x, g) -> slopes(g, 1e10),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : 2),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : Double.NaN),
        (x, g) -> slopes(g, x[0] == 0 ? 1 : Double.NEGATIVE_INFINITY));
    for (ToDoubleBiFunction<double[], double[]> function : functions) {
      Function f = Function.of(precision, function, start);
      double[] before = f.point.toDoubles();
      OptimizerState state = OptimizerState.initial(m.method, precision, 4);
      double value = m.method.iterate(f, state);
      assertTrue(m.method.hasStalled(state), m + " " + precision);
      assertArrayEquals(before, f.point.toDoubles(), m + " " + precision);
      assertEquals(-1 / 0.0, 1 / f.point.get(0), "the sign of 0");
      assertTrue(value == 1 || value == 1e10, m + " " + value);
    }
  }

  private static double slopes(double[] g, double value) {
    g[0] = -1e-3;
    return value;
  }

  /// Rounding may let a minimum be walked about in: that has an end.
  @ParameterizedTest
  @MethodSource("ways")
  void noiseDoesNotKeepItGoing(Method m, Precision precision) {
    double[] noise = {0};
    Function f = Function.of(precision, (x, g) -> {
      noise[0] = Math.sin(1e4 * noise[0] + 1);
      g[0] = x[0] - 2 + 1e-9 * noise[0];
      return (1 + (x[0] - 2) * (x[0] - 2) / 2) * (1 + precision.unitRoundoff() * noise[0]);
    }, 10);
    int iterations = minimise(m, f, 1000);
    assertTrue(iterations < 100, m + " " + precision + ": " + iterations);
    assertEquals(2, f.point.get(0), 1e-3);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBeginningWithoutGradientIsNaN(Method m, Precision precision) {
    Function f = Function.of(precision, (x, g) -> {
      g[0] = Double.POSITIVE_INFINITY;
      return 1;
    }, 3);
    assertTrue(Double.isNaN(m.method.iterate(f, OptimizerState.initial(m.method, precision, 1))));
    assertEquals(3, f.point.get(0));
  }
}
