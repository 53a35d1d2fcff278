package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.train.Progress;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.BatchMethodsTest.Method;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Conjugate gradients and L-BFGS whatever the units of parameters, values and gradients are, in both precisions:
/// minima known exactly.
class BatchMethodScalesTest {

  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (Method m : Method.values()) {
      for (Precision precision : Precision.values()) {
        ways.add(Arguments.of(m, precision));
      }
    }
    return ways;
  }

  /// Powers of two as units of parameters and of values, whose squares over- and underflow, change no bit of any point
  /// asked at.
  @ParameterizedTest
  @MethodSource("ways")
  void unitsChangeNothing(Method m, Precision precision) {
    int most = precision == Precision.FLOAT ? 50 : 500;
    for (double start : new double[] {0, 0.7}) {
      List<Double> expected = asked(m, precision, start, 1, 1);
      assertTrue(expected.size() > 20, m + " " + precision);
      for (double width : new double[] {0x1p-20, 1, 0x1p20}) {
        for (double height : new double[] {Math.scalb(1.0, -most), 1, Math.scalb(1.0, most)}) {
          List<Double> points = asked(m, precision, start, width, height);
          assertEquals(expected, points, m + " " + precision + " " + width + " " + height);
        }
      }
    }
  }

  /// A curve with slopes and curvatures of many sizes, in these units, and where it was asked for, in units of 1.
  private static List<Double> asked(Method m, Precision precision, double start, double width, double height) {
    List<Double> points = new ArrayList<>();
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      double z = x[0] / width;
      points.add(z);
      double r = z - 90;
      g[0] = height * (r * r * r - Math.sin(5 * z)) / width;
      return height * (r * r * r * r / 4 + Math.cos(5 * z) / 5 + 1);
    }, start * width);
    f.minimise(m, 30);
    return points;
  }

  /// ½ Σ height·i·(x_i/width − c_i)², from 0, whose minimum is width·c.
  @Property(tries = 300)
  void quadraticsOfAnyUnitsAreSolved(
      @ForAll Method m, @ForAll Precision precision,
      @ForAll @IntRange(min = -15, max = 15) int width, @ForAll @IntRange(min = -15, max = 15) int height) {
    double w = Math.pow(10, width);
    double h = Math.pow(10, height);
    double[] c = {1, -2, 3, 0.5};
    RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
      double value = 0;
      for (int i = 0; i < 4; i++) {
        double r = x[i] / w - c[i];
        value += h * (i + 1) * r * r / 2;
        g[i] = h * (i + 1) * r / w;
      }
      return value;
    }, new double[4]);
    int iterations = f.minimise(m, 200);
    for (int i = 0; i < 4; i++) {
      assertEquals(c[i], f.point().get(i) / w, 1e-5, m + " " + precision + " after " + iterations + ", " + i);
    }
  }

  /// The ends of a precision's range, where the square of a norm is 0 or infinite.
  @ParameterizedTest
  @MethodSource("ways")
  void normsWhoseSquaresAreNoNumbers(Method m, Precision precision) {
    double least = precision == Precision.FLOAT ? 1e-32 : 1e-260;
    for (double height : new double[] {least, 1, 1 / least}) {
      RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
        g[0] = height * (x[0] - 3);
        g[1] = 7 * height * (x[1] + 2);
        return height * ((x[0] - 3) * (x[0] - 3) + 7 * (x[1] + 2) * (x[1] + 2)) / 2;
      }, 1, 1);
      f.minimise(m, 100);
      assertEquals(3, f.point().get(0), 1e-5, m + " " + precision + " " + height);
      assertEquals(-2, f.point().get(1), 1e-5, m + " " + precision + " " + height);
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
      RoundedFunction f = RoundedFunction.of(precision, (x, g) -> {
        double a = 1 - x[0];
        double b = x[1] - x[0] * x[0];
        g[0] = -2 * a - 400 * x[0] * b;
        g[1] = 200 * b;
        return a * a + 100 * b * b;
      }, start, 1);
      int iterations = f.minimise(m, 1000);
      String what = m + " " + precision + " from " + start + " after " + iterations;
      assertEquals(1, f.point().get(0), precision == Precision.FLOAT ? 1e-4 : 1e-10, what);
      assertEquals(1, f.point().get(1), precision == Precision.FLOAT ? 2e-4 : 1e-10, what);
      assertTrue(iterations < 200, what);
    }
  }
}
