package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Conjugate gradients and L-BFGS on functions whose minima are known.
class BatchMethodsTest {

  enum Method {
    CONJUGATE_GRADIENT(Optimizer.conjugateGradient()), LBFGS(Optimizer.lbfgs(7)), SHORT_LBFGS(Optimizer.lbfgs(1));

    final BatchMethod method;

    Method(BatchMethod method) {
      this.method = method;
    }
  }

  /// A function that counts how often it is asked.
  private static final class Counted implements Objective {

    private final Tensor point;
    private final ToDoubleFunction<Tensor> valueAndGradient;
    private Tensor gradient;
    private int asked;

    Counted(Function function, double... start) {
      point = Tensor.row(start.clone());
      valueAndGradient = x -> function.valueAndGradient(x, gradient);
    }

    @Override
    public Tensor point() {
      return point;
    }

    @Override
    public double valueAndGradient(Tensor gradient) {
      this.gradient = gradient;
      asked++;
      return valueAndGradient.applyAsDouble(point);
    }
  }

  private interface Function {
    double valueAndGradient(Tensor x, Tensor gradient);
  }

  /// ½ Σ i·(x_i − 1)².
  private static double quadratic(Tensor x, Tensor gradient) {
    double value = 0;
    for (int i = 0; i < x.size(); i++) {
      gradient.set(i, (i + 1) * (x.get(i) - 1));
      value += (i + 1) * (x.get(i) - 1) * (x.get(i) - 1) / 2;
    }
    return value;
  }

  /// Rosenbrock 1960: (1 − x)² + 100·(y − x²)², a bent valley with its minimum 0 at (1, 1).
  private static double rosenbrock(Tensor x, Tensor gradient) {
    double a = 1 - x.get(0);
    double b = x.get(1) - x.get(0) * x.get(0);
    gradient.set(0, -2 * a - 400 * x.get(0) * b);
    gradient.set(1, 200 * b);
    return a * a + 100 * b * b;
  }

  @ParameterizedTest
  @EnumSource
  void quadraticsAreSolved(Method m) {
    Counted f = new Counted(BatchMethodsTest::quadratic, new Random(1).doubles(20, -5, 5).toArray());
    OptimizerState state = OptimizerState.initial(m.method, Precision.DOUBLE, 20);
    double value = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration < 60; iteration++) {
      double next = m.method.iterate(f, state);
      assertTrue(next <= value * (1 + 0x1p-46), m + ": " + next + " after " + value);
      value = Math.min(value, next);
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(1, f.point().get(i), 1e-6, m + ", " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBentValleyIsFollowedToItsEnd(Method m) {
    Counted f = new Counted(BatchMethodsTest::rosenbrock, -1.2, 1);
    OptimizerState state = OptimizerState.initial(m.method, Precision.DOUBLE, 2);
    for (int iteration = 0; iteration < 200 && !m.method.hasStalled(state); iteration++) {
      m.method.iterate(f, state);
    }
    assertEquals(1, f.point().get(0), 1e-6, m.toString());
    assertEquals(1, f.point().get(1), 1e-6, m.toString());
    assertTrue(f.asked < 500, m + " asked " + f.asked + " times");
  }

  @ParameterizedTest
  @EnumSource
  void atAMinimumNothingMoves(Method m) {
    Counted f = new Counted(BatchMethodsTest::quadratic, 1, 1, 1);
    OptimizerState state = OptimizerState.initial(m.method, Precision.DOUBLE, 3);
    assertEquals(0, m.method.iterate(f, state));
    assertTrue(m.method.hasStalled(state));
    assertEquals("DOUBLE [1, 3] [1.0, 1.0, 1.0]", f.point().toString());
  }
}
