package dev.lanewise.ops.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Choices are those of the table of [ChoiceOps], for each direction and in place, and what does not fit is refused.
class ChoiceOpsTest {

  private static final double NAN = Double.NaN;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void choices(Precision precision) {
    Tensor x = of(precision, 1, 2, 3, NAN);
    Tensor y = of(precision, 2, 2, 1, 1);
    Tensor z = of(precision, 9, 9, 9, 9);
    ChoiceOps.maximum(x, y, z);
    assertValues(z, 2, 2, 3, NAN);
    ChoiceOps.minimum(x, y, z);
    assertValues(z, 1, 2, 1, NAN);
    Tensor u = of(precision, 1, 2, 3, 4, 5, 6, 7, 8);
    Tensor v = of(precision, 9, 9, 9, 9, 9, 9, 9, 9);
    ChoiceOps.whereGreater(x, y, u, v, false);
    assertValues(v, 0, 1, 3, 4, 0, 3, 7, 8);
    ChoiceOps.whereGreater(y, x, u, v, true);
    assertValues(v, 1, 2, 3, 8, 5, 6, 7, 16);
    Tensor s = of(precision, 1, 0, -1, NAN);
    Tensor others = of(precision, -1, -2, -3, -4, -5, -6, -7, -8);
    ChoiceOps.select(s, u, others, v);
    assertValues(v, 1, -2, -3, -4, 5, -6, -7, -8);
    ChoiceOps.whereSelected(s, true, u, v);
    assertValues(v, 1, 0, 0, 0, 5, 0, 0, 0);
    ChoiceOps.whereSelected(s, false, u, u);
    assertValues(u, 0, 2, 3, 4, 0, 6, 7, 8);
    ChoiceOps.clamp(1.5, 2.5, x, z);
    assertValues(z, 1.5, 2, 2.5, NAN);
    ChoiceOps.inside(2, 3, x, z);
    assertValues(z, 0, 1, 1, 0);
    Tensor factors = of(precision, 3, 0, -0.0, NAN);
    ChoiceOps.multiplyWhereNotZero(-2, of(precision, 5, NAN, Double.POSITIVE_INFINITY, 1), factors);
    assertValues(factors, -30, 0, 0, NAN);
    ChoiceOps.sign(s, z);
    assertValues(z, 1, 0, -1, 0);
    ChoiceOps.abs(s, s);
    assertValues(s, 1, 0, 1, NAN);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refuses(Precision precision) {
    Tensor three = Tensor.zeros(precision, 3);
    Tensor four = Tensor.zeros(precision, 4);
    Tensor other = Tensor.zeros(precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT, 3);
    assertRefused("ChoiceOps.maximum: x is " + precision + " [4], expected as many elements as " + precision + " [3]",
        () -> ChoiceOps.maximum(four, three, three));
    assertRefused("ChoiceOps.minimum: y is " + other.describe(), () -> ChoiceOps.minimum(three, other, three));
    assertRefused("ChoiceOps.whereGreater: y is", () -> ChoiceOps.whereGreater(three, four, three, three, false));
    assertRefused("ChoiceOps.whereGreater: x is", () -> ChoiceOps.whereGreater(three, three, four, four, false));
    assertRefused("ChoiceOps.whereGreater: u is none", () -> ChoiceOps.whereGreater(three, three, Tensor.none(), three,
        false));
    assertRefused("ChoiceOps.select: s is", () -> ChoiceOps.select(three, four, four, four));
    assertRefused("ChoiceOps.select: y is", () -> ChoiceOps.select(four, four, three, four));
    assertRefused("ChoiceOps.whereSelected: s is", () -> ChoiceOps.whereSelected(three, true, four, four));
    assertRefused("ChoiceOps.clamp: x is", () -> ChoiceOps.clamp(0, 1, three, four));
    assertRefused("ChoiceOps.inside: x is", () -> ChoiceOps.inside(0, 1, three, four));
    assertRefused("ChoiceOps.multiplyWhereNotZero: x is", () -> ChoiceOps.multiplyWhereNotZero(1, three, four));
    assertRefused("ChoiceOps.abs: x is", () -> ChoiceOps.abs(three, four));
    assertRefused("ChoiceOps.sign: x is", () -> ChoiceOps.sign(three, four));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  private static Tensor of(Precision precision, double... values) {
    return Tensor.of(values, values.length).to(precision);
  }

  private static void assertValues(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubles());
  }
}
