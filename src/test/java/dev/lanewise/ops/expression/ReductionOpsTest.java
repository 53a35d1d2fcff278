package dev.lanewise.ops.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows become what the table of [ReductionOps] says, for each direction, and what does not fit is refused.
class ReductionOpsTest {

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rows(Precision precision) {
    Tensor x = of(precision, 2, 3, 1, 2, 3, 4, 5, 6);
    Tensor u = of(precision, 4, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1);
    Tensor s = of(precision, 1, 2, 9, 9);
    Tensor four = of(precision, 2, 2, 1, 2, 3, 4);
    ReductionOps.sums(x, s);
    assertValues(s, 6, 15);
    ReductionOps.dots(2, x, u, four, false);
    assertValues(four, 2, 10, 6, 30);
    ReductionOps.dots(-1, x, u, four, true);
    assertValues(four, 1, 5, 3, 15);
    Tensor v = of(precision, 2, 3, 9, 9, 9, 9, 9, 9);
    ReductionOps.spread(s, v);
    assertValues(v, 6, 6, 6, 15, 15, 15);
    Tensor w = u.copy();
    ReductionOps.scaleRows(2, four, x, w);
    assertValues(w, 2, 4, 6, 40, 50, 60, 6, 12, 18, 120, 150, 180);
    ReductionOps.addScaledRows(-1, s, u, w);
    assertValues(w, -4, 4, 6, 40, 35, 60, 6, 12, 12, 105, 135, 165);
    ReductionOps.largest(x, s);
    assertValues(s, 3, 6);
    ReductionOps.smallest(x, s);
    assertValues(s, 1, 4);
    Tensor others = Tensor.zeros(precision, 3, 3);
    ReductionOps.products(of(precision, 2, 3, 2, 3, 4, 5, 0, 6), s);
    assertValues(s, 24, 0);
    ReductionOps.productsOfOthers(of(precision, 3, 3, 2, 3, 4, 5, 0, 6, 0, 0, 7), others);
    assertValues(others, 12, 8, 6, 0, 30, 0, 0, 0, 0);
    Tensor moving = of(precision, 4, 3, 1, 0, 0, 0, 1, 0, 0, 1, 2, 1, 1, 1);
    Tensor moved = Tensor.zeros(precision, 4, 3);
    ReductionOps.productsOfOthersPush(of(precision, 2, 3, 2, 3, 4, 5, 0, 6), moving, v, moved);
    assertValues(moved, 0, 4, 3, 6, 0, 5, 10, 4, 2, 6, 11, 5);
    Tensor ties = of(precision, 2, 3, 4, 4, 1, 4, 4, 4);
    ReductionOps.tied(ties, of(precision, 1, 2, 4, 4), v);
    double third = precision == Precision.FLOAT ? (float) 1 / 3f : 1 / 3.0;
    assertValues(v, 0.5, 0.5, 0, third, third, third);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rowsOfNothing(Precision precision) {
    Tensor empty = Tensor.zeros(precision, 2, 0);
    Tensor s = of(precision, 1, 2, 9, 9);
    ReductionOps.sums(empty, s);
    assertValues(s, 0, 0);
    ReductionOps.dots(1, empty, empty, s, false);
    assertValues(s, 0, 0);
    ReductionOps.products(empty, s);
    assertValues(s, 1, 1);
    ReductionOps.productsOfOthers(empty, empty);
    ReductionOps.productsOfOthersPush(empty, empty, empty, empty);
    ReductionOps.largest(empty, s);
    assertValues(s, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    ReductionOps.smallest(empty, s);
    assertValues(s, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    ReductionOps.logSumExp(empty, empty, s);
    assertValues(s, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    ReductionOps.spread(s, empty);
    ReductionOps.scaleRows(1, s, empty, empty);
    ReductionOps.addScaledRows(1, s, empty, empty);
    ReductionOps.tied(empty, s, empty);
    Tensor none = Tensor.zeros(precision, 0, 3);
    ReductionOps.sums(none, Tensor.zeros(precision, 0));
    ReductionOps.dots(1, none, none, Tensor.zeros(precision, 0), false);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void refuses(Precision precision) {
    Tensor x = Tensor.zeros(precision, 2, 3);
    Tensor two = Tensor.zeros(precision, 2);
    Tensor three = Tensor.zeros(precision, 3);
    Tensor other = Tensor.zeros(precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT, 2);
    assertRefused("ReductionOps.sums: s is " + precision + " [3], expected a number for each row of " + precision
        + " [2, 3]",
        () -> ReductionOps.sums(x, three));
    assertRefused("ReductionOps.products: s is", () -> ReductionOps.products(x, three));
    assertRefused("ReductionOps.productsOfOthers: w is", () -> ReductionOps.productsOfOthers(x, three));
    assertRefused("ReductionOps.productsOfOthersPush: x is", () ->
        ReductionOps.productsOfOthersPush(two, x, two, x));
    assertRefused("ReductionOps.productsOfOthersPush: before is", () ->
        ReductionOps.productsOfOthersPush(x, x, two, x));
    assertRefused("ReductionOps.productsOfOthersPush: v is", () ->
        ReductionOps.productsOfOthersPush(x, x, x, three));
    assertRefused("ReductionOps.sums: s is " + other.describe(), () -> ReductionOps.sums(x, other));
    assertRefused("ReductionOps.sums: s is none", () -> ReductionOps.sums(x, Tensor.none()));
    assertRefused("ReductionOps.spread: s is", () -> ReductionOps.spread(three, x));
    assertRefused("ReductionOps.dots: s is", () -> ReductionOps.dots(1, x, x, three, false));
    assertRefused("ReductionOps.dots: x is " + precision + " [2]", () -> ReductionOps.dots(1, two, x, two, false));
    assertRefused("ReductionOps.scaleRows: x is " + precision + " [3, 3]",
        () -> ReductionOps.scaleRows(1, two, Tensor.zeros(precision, 3, 3), x));
    assertRefused("ReductionOps.addScaledRows: s is " + precision + " [3]", () -> ReductionOps.addScaledRows(1, three,
        x, x));
    assertRefused("ReductionOps.addScaledRows: s is " + precision + " [2], u is " + precision + " [2]",
        () -> ReductionOps.addScaledRows(1, two, two, x));
    assertRefused("ReductionOps.logSumExp: l is " + precision + " [2]", () -> ReductionOps.logSumExp(x, two, two));
    assertRefused("ReductionOps.largest: s is", () -> ReductionOps.largest(x, three));
    assertRefused("ReductionOps.smallest: s is", () -> ReductionOps.smallest(x, three));
    assertRefused("ReductionOps.tied: w is " + precision + " [2]", () -> ReductionOps.tied(x, two, two));
  }

  private static void assertRefused(String message, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }

  private static Tensor of(Precision precision, int rows, int n, double... values) {
    return Tensor.of(values, rows, n).to(precision);
  }

  private static void assertValues(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubles());
  }
}
