package dev.lanewise.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Arithmetic agrees with Java's, bit by bit, at any offset, for several directions, and in place.
class ArithmeticOpsTest {

  private static final int[] SIZES = {0, 1, 3, 7, 16, 37};

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  @FunctionalInterface
  private interface Operation {
    void apply(Tensor x, Tensor y, Tensor z);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void sumsDifferencesProductsAndQuotients(Precision precision) {
    for (int n : SIZES) {
      check(precision, n, 1, ArithmeticOps::add, Double::sum);
      check(precision, n, 1, ArithmeticOps::subtract, (x, y) -> x - y);
      for (int k : new int[] {1, 3}) {
        check(precision, n, k, ArithmeticOps::divide, (x, y) -> x / y);
        check(precision, n, k, (u, x, v) -> ArithmeticOps.multiply(x, u, v), (u, x) -> u * x);
      }
    }
  }

  /// z = f(x, y) where y serves each of k directions: into memory of its own, and into x's.
  private void check(Precision precision, int n, int k, Operation operation, DoubleBinaryOperator f) {
    Tensor x = random(precision, k, n);
    Tensor y = random(precision, 1, n);
    Tensor z = random(precision, k, n);
    Tensor expected = z.copy();
    for (int i = 0; i < k * n; i++) {
      expected.set(i, f.applyAsDouble(x.get(i), y.get(i % n)));
    }
    operation.apply(x, y, z);
    assertEquals(expected.toString(), z.toString(), precision + " " + n + " for " + k);
    operation.apply(x, y, x);
    assertEquals(expected.toString(), x.toString(), "in place");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void productsAreAdded(Precision precision) {
    for (int n : SIZES) {
      for (int k : new int[] {1, 3}) {
        Tensor x = random(precision, 1, n);
        Tensor u = random(precision, k, n);
        Tensor v = random(precision, k, n);
        double[] expected = v.toDoubles();
        ArithmeticOps.addProduct(x, u, v);
        double ulp = precision == Precision.FLOAT ? 0x1p-23 : 0x1p-52;
        for (int i = 0; i < k * n; i++) {
          double product = x.get(i % n) * u.get(i);
          assertEquals(expected[i] + product, v.get(i), ulp * (Math.abs(expected[i]) + 2 * Math.abs(product)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refuses(Precision precision) {
    Tensor three = Tensor.zeros(precision, 3);
    Tensor four = Tensor.zeros(precision, 4);
    Tensor six = Tensor.zeros(precision, 2, 3);
    Tensor other = Tensor.zeros(precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT, 3);
    assertRefused("ArithmeticOps.add: x is " + precision + " [4]", () -> ArithmeticOps.add(four, three, three));
    assertRefused("ArithmeticOps.add: y is none", () -> ArithmeticOps.add(three, Tensor.none(), three));
    assertRefused("ArithmeticOps.subtract: y is " + precision + " [2, 3]", () -> ArithmeticOps.subtract(three, six,
        three));
    assertRefused("ArithmeticOps.multiply: x is " + precision + " [4]", () -> ArithmeticOps.multiply(four, six, six));
    assertRefused("ArithmeticOps.multiply: x is " + other.describe(), () -> ArithmeticOps.multiply(other, six, six));
    assertRefused("ArithmeticOps.addProduct: u is " + precision + " [3]", () -> ArithmeticOps.addProduct(three, three,
        six));
    assertRefused("ArithmeticOps.divide: y is " + precision + " [4]", () -> ArithmeticOps.divide(six, four, six));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  /// Numbers that lie somewhere in an array.
  private Tensor random(Precision precision, int k, int n) {
    Tensor tensor = Tensor.zeros(precision, k * n + 5).view(random.nextInt(6), Shape.of(k, n));
    for (int i = 0; i < k * n; i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }
}
