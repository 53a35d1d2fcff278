package dev.lanewise.ops.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rare functions undo each other, are odd or even to the bit, stay finite where they are; roundings are the JDK's.
class FunctionOpsTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static double value(RareFunction f, double x) {
    Tensor tensor = Tensor.row(x);
    FunctionOps.apply(f, tensor, tensor);
    return tensor.get(0);
  }

  /// What a hyperbolic function undoes, from the smallest numbers to where it overflows.
  @Test
  void inverseHyperbolicFunctionsUndoThem() {
    Random random = new Random(27);
    for (int i = 0; i < 2000; i++) {
      double x = Math.scalb(random.nextDouble(1, 2), random.nextInt(-600, 9));
      assertEquals(x, value(RareFunction.ASINH, Math.sinh(x)), 4 * Math.ulp(x));
      assertEquals(x, value(RareFunction.ASINH, x) == 0 ? 0 : Math.sinh(value(RareFunction.ASINH, x)),
          Math.max(4, 4 * x) * Math.ulp(x));
      if (x < 8) {
        double tanh = Math.tanh(x);
        assertEquals(x, value(RareFunction.ATANH, tanh), Math.ulp(tanh) / (1 - tanh * tanh) + 4 * Math.ulp(x));
      }
      double cosh = Math.cosh(x);
      if (x > 1e-3) {
        assertEquals(x, value(RareFunction.ACOSH, cosh), 4 * Math.ulp(cosh) / Math.sinh(x) + 4 * Math.ulp(x));
      }
      assertEquals(-value(RareFunction.ASINH, x), value(RareFunction.ASINH, -x));
    }
  }

  /// Where squares overflow, functions and slopes do not.
  @Test
  void hugeArguments() {
    assertEquals(Math.log(1e200) + Math.log(2), value(RareFunction.ASINH, 1e200), 1e-13);
    assertEquals(Math.log(1e200) + Math.log(2), value(RareFunction.ACOSH, 1e200), 1e-13);
    assertEquals(0x1.2p1023, value(RareFunction.SINH, value(RareFunction.ASINH, 0x1.2p1023)), 0x1p985);
    Tensor x = Tensor.row(1e200, -1e200, 1e100);
    Tensor y = Tensor.row(0.0, 0.0, 0.0);
    Tensor s = Tensor.row(0.0, 0.0, 0.0);
    FunctionOps.slope(RareFunction.ASINH, x, y, s);
    assertEquals(1e-200, s.get(0), 1e-214);
    assertEquals(1e-200, s.get(1), 1e-214);
    FunctionOps.slope(RareFunction.ACOSH, x, y, s);
    assertEquals(1e-200, s.get(0), 1e-214);
    FunctionOps.curvature(RareFunction.ATAN, x, y, s);
    assertEquals(0, s.get(0));
    assertEquals(-2e-300, s.get(2), 1e-314);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void roundings(Precision precision) {
    double[] numbers = {-2.5, -1.5, -0.5, -0.2, -0.0, 0.0, 0.5, 1.5, 2.5, 0.49999997, 1e30, -INF, Double.NaN};
    for (double number : numbers) {
      Tensor x = Tensor.row(number).to(precision);
      Tensor y = Tensor.zeros(precision, 1);
      FunctionOps.round(Rounding.DOWN, x, y);
      assertEquals(Math.floor(x.get(0)), y.get(0));
      FunctionOps.round(Rounding.UP, x, y);
      assertEquals(Math.ceil(x.get(0)), y.get(0));
      FunctionOps.round(Rounding.NEAREST, x, y);
      assertEquals(Math.rint(x.get(0)), y.get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refuses(Precision precision) {
    Tensor three = Tensor.zeros(precision, 3);
    Tensor four = Tensor.zeros(precision, 4);
    Tensor other = Tensor.zeros(precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT, 3);
    assertRefused("FunctionOps.apply: x is " + precision + " [4], expected as many elements as " + precision + " [3]",
        () -> FunctionOps.apply(RareFunction.TAN, four, three));
    assertRefused("FunctionOps.slope: x is", () -> FunctionOps.slope(RareFunction.TAN, four, three, three));
    assertRefused("FunctionOps.slope: y is", () -> FunctionOps.slope(RareFunction.TAN, three, other, three));
    assertRefused("FunctionOps.curvature: x is", () -> FunctionOps.curvature(RareFunction.TAN, other, three, three));
    assertRefused("FunctionOps.curvature: y is", () -> FunctionOps.curvature(RareFunction.TAN, three, four, three));
    assertRefused("FunctionOps.round: x is none", () -> FunctionOps.round(Rounding.UP, Tensor.none(), three));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }
}
