package dev.lanewise.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Elementary functions of tensors, against those of the JDK, whose special values are theirs.
class ElementaryOpsTest {

  private static final int COUNT = 2000;
  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MIN_NORMAL,
    Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, 1e22, -1e22, 0x1p1000,
    0x1p-1000,
    0x1p-1040, 0x1p120, 0x1p-120, 0x1p-140
  };
  private static final double[] EXPONENTS = {
    0, -0.0, 1, 2, 3, 4, 7, -1, -2, -3, 0.5, 1.5, 2.5, -0.5, -1.5, 1.0 / 3, 0.9, -1e-3, 1e3, 1e300, -1e300, Double.NaN,
    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private enum Function {
    LOG(ElementaryOps::log, StrictMath::log),
    LOG1P(ElementaryOps::log1p, StrictMath::log1p),
    EXPM1(ElementaryOps::expm1, StrictMath::expm1),
    SIN(ElementaryOps::sin, StrictMath::sin),
    COS(ElementaryOps::cos, StrictMath::cos);

    private final BiConsumer<Tensor, Tensor> op;
    private final DoubleUnaryOperator reference;

    Function(BiConsumer<Tensor, Tensor> op, DoubleUnaryOperator reference) {
      this.op = op;
      this.reference = reference;
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheJdk(Function function) {
    for (Precision precision : Precision.values()) {
      Tensor z = arguments(precision);
      Tensor y = Tensor.zeros(precision, z.size());
      function.op.accept(z, y);
      for (int i = 0; i < z.size(); i++) {
        same(precision, function.reference.applyAsDouble(z.get(i)), y.get(i), function + " of " + z.get(i));
      }
    }
  }

  @Test
  void powersAgreeWithTheJdk() {
    for (Precision precision : Precision.values()) {
      Tensor z = arguments(precision);
      Tensor y = Tensor.zeros(precision, z.size());
      for (double exponent : EXPONENTS) {
        ElementaryOps.pow(z, exponent, y);
        for (int i = 0; i < z.size(); i++) {
          same(precision, StrictMath.pow(z.get(i), exponent), y.get(i), z.get(i) + " to the " + exponent);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameInPlaceAndWhereverAnArgumentStands(Function function) {
    for (Precision precision : Precision.values()) {
      Tensor z = arguments(precision);
      Tensor y = Tensor.zeros(precision, z.size());
      function.op.accept(z, y);
      Tensor inPlace = z.copy();
      function.op.accept(inPlace, inPlace);
      assertArrayEquals(y.toDoubles(), inPlace.toDoubles());
      for (int i = 0; i < 64; i++) {
        Tensor alone = Tensor.zeros(precision, 1);
        alone.fill(z.get(i));
        function.op.accept(alone, alone);
        assertEquals(y.get(i), alone.get(0));
      }
    }
  }

  @Test
  void powersInPlace() {
    for (Precision precision : Precision.values()) {
      for (double exponent : EXPONENTS) {
        Tensor z = arguments(precision);
        Tensor y = Tensor.zeros(precision, z.size());
        ElementaryOps.pow(z, exponent, y);
        ElementaryOps.pow(z, exponent, z);
        assertArrayEquals(y.toDoubles(), z.toDoubles());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatDoesNotFit(Function function) {
    String name = "ElementaryOps." + function.name().toLowerCase(Locale.ROOT);
    refuses(name, function.op);
  }

  @Test
  void powRefusesWhatDoesNotFit() {
    refuses("ElementaryOps.pow", (z, y) -> ElementaryOps.pow(z, 2, y));
  }

  private static void refuses(String name, BiConsumer<Tensor, Tensor> op) {
    Tensor z = Tensor.zeros(Precision.FLOAT, 2, 3);
    Tensor untouched = Tensor.zeros(Precision.FLOAT, 3, 2);
    untouched.fill(7);
    assertEquals(name + ": y is FLOAT [3, 2], expected FLOAT [2, 3]",
        assertThrows(IllegalArgumentException.class, () -> op.accept(z, untouched)).getMessage());
    assertTrue(Arrays.stream(untouched.toDoubles()).allMatch(value -> value == 7));
    assertEquals(name + ": y is DOUBLE [2, 3], expected FLOAT [2, 3]",
        assertThrows(IllegalArgumentException.class,
            () -> op.accept(z, Tensor.zeros(Precision.DOUBLE, 2, 3))).getMessage());
    assertThrows(IllegalArgumentException.class, () -> op.accept(z, Tensor.none()));
    Tensor empty = Tensor.zeros(Precision.FLOAT, 0, 3);
    op.accept(empty, empty);
  }

  /// Special ones, and some of all sizes.
  private static Tensor arguments(Precision precision) {
    Random random = new Random(27);
    double[] values = DoubleStream.concat(Arrays.stream(SPECIAL),
        random.doubles(COUNT).map(_ -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(-30, 10)))).toArray();
    Tensor tensor = Tensor.zeros(precision, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  /// Within two last places, and to the bit where there are none.
  private static void same(Precision precision, double expected, double actual, String message) {
    double rounded = precision == Precision.FLOAT ? (float) expected : expected;
    if (rounded == 0 || !Double.isFinite(rounded)) {
      assertEquals(rounded, actual, message);
    } else {
      double place = precision == Precision.FLOAT ? Math.ulp((float) expected) : Math.ulp(expected);
      assertEquals(expected, actual, 2 * place, message);
    }
  }
}
