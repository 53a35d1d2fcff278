package dev.lanewise.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The measure itself: last places of either precision, of normal and subnormal results, scaled or not.
class UlpErrorsTest {

  private static final DoubleDouble THIRD = DoubleDouble.ONE.dividedBy(DoubleDouble.of(3));

  private final UlpErrors errors = new UlpErrors("f");

  @Test
  void lastPlacesOfFloats() {
    errors.add(5f, 1 + 0x1p-23f, 1.0, 0);
    assertEquals(1, errors.most());
    errors.add(6f, Float.MIN_VALUE * 3, Float.MIN_VALUE * 1.5, 0);
    assertEquals(1.5, errors.most());
    assertTrue(errors.toString().contains("| 1.5000 | 1.2500 | 6.0 "), errors::toString);
  }

  @Test
  void lastPlacesOfDoubles() {
    errors.add(5.0, Math.nextUp(Math.nextUp(1.0 / 3)), THIRD, 0, 0);
    assertEquals(2 - 1 / 3.0, errors.most(), 1e-10);
    errors.add(6.0, Math.scalb(1.0 / 3, -1000) - 0x1p-1052, THIRD.scaled(-488), 512, 0);
    assertEquals(4 + 1 / 3.0, errors.most(), 1e-10);
    errors.add(7.0, Double.MIN_VALUE * 6, DoubleDouble.of(Math.scalb(0.5, 512 - 1074)), 512, 0);
    assertEquals(5.5, errors.most());
  }

  @Test
  void whatCancelsIsLeftOut() {
    errors.add(5.0, 0x1p-60, DoubleDouble.of(0x1p-54), 0, 0x1p-54);
    errors.add(5.0, 0x1p-1010, DoubleDouble.of(0x1p-490), 512, 0x1p-1000);
    assertEquals(0, errors.most());
    errors.add(5.0, 0x1p-60, DoubleDouble.of(0x1p-54), 0, 0x1p-55);
    assertTrue(errors.most() > 0x1p51);
  }

  @Test
  void infinitiesAreMetExactly() {
    DoubleDouble infinite = DoubleDouble.of(Double.POSITIVE_INFINITY);
    errors.add(5.0, Double.POSITIVE_INFINITY, infinite, 0, 0);
    errors.add(5f, Float.POSITIVE_INFINITY, 1e39, 0);
    assertThrows(AssertionError.class, () -> errors.add(5.0, Double.MAX_VALUE, infinite, 0, 0));
    assertThrows(AssertionError.class, () -> errors.add(5f, Float.MAX_VALUE, Double.NaN, 0));
    assertEquals(0, errors.most());
  }

  @Test
  void nanIsTheWorst() {
    UlpErrors part = new UlpErrors("f");
    part.add(5.0, Double.NaN, DoubleDouble.ONE, 0, 1);
    errors.add(part);
    assertEquals(Double.POSITIVE_INFINITY, errors.most());
  }
}
