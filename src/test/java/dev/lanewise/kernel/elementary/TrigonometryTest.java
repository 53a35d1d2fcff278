package dev.lanewise.kernel.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sine and cosine, number by number: where they are exact, where arguments are huge, and where reduction changes.
/// Expected values of huge arguments by mpmath.
class TrigonometryTest {

  private static final int STRIDE = 4001;

  /// The double and the float that are nearest to a multiple of π/2, for their size; 10²²; the largest.
  @Test
  void hugeArguments() {
    assertEquals(1.0, DoubleTrigonometry.sin(0x1.6ac5b262ca1ffp849));
    assertEquals(-4.687165924254627611122583e-19, DoubleTrigonometry.cos(0x1.6ac5b262ca1ffp849));
    assertEquals(-0.8522008497671888017727059, DoubleTrigonometry.sin(1e22));
    assertEquals(0.5232147853951389454975945, DoubleTrigonometry.cos(1e22));
    assertEquals(-0.004961954789184061790502671, DoubleTrigonometry.sin(-Double.MAX_VALUE));
    assertEquals(-0.9999876894265599374648701, DoubleTrigonometry.cos(-Double.MAX_VALUE));
    assertEquals(1.0f, FloatTrigonometry.sin(0x1.f37c8ap95f));
    assertEquals(-1.61476979825e-9f, FloatTrigonometry.cos(0x1.f37c8ap95f));
    assertEquals(-0.521876523334f, FloatTrigonometry.sin(Float.MAX_VALUE));
    assertEquals(0.85302103983f, FloatTrigonometry.cos(-Float.MAX_VALUE));
  }

  @Test
  void specialValues() {
    for (double x : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
      assertEquals(Double.NaN, DoubleTrigonometry.sin(x));
      assertEquals(Double.NaN, DoubleTrigonometry.cos(x));
      assertEquals(Float.NaN, FloatTrigonometry.sin((float) x));
      assertEquals(Float.NaN, FloatTrigonometry.cos((float) x));
    }
    for (double x : new double[] {0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, -0x1p-30}) {
      assertEquals(x, DoubleTrigonometry.sin(x));
      assertEquals(1.0, DoubleTrigonometry.cos(x), () -> "cos of " + x);
    }
    for (float x : new float[] {0.0f, -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -0x1p-14f}) {
      assertEquals(x, FloatTrigonometry.sin(x));
      assertEquals(1.0f, FloatTrigonometry.cos(x), () -> "cos of " + x);
    }
  }

  /// From parts of π/2 to whole numbers of 1,200 bits: either side agrees with fdlibm, whose error is less than an ulp.
  @Test
  void reductionChangesWithoutAStep() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      double x = Math.scalb(1 + random.nextDouble(), i % 2 == 0 ? random.nextInt(28, 33) : random.nextInt(0, 1024));
      near(StrictMath.sin(x), DoubleTrigonometry.sin(x), x);
      near(StrictMath.cos(x), DoubleTrigonometry.cos(x), x);
    }
    for (double x : new double[] {0x1p30, Math.nextUp(0x1p30), 0x1p52, 0x1p53, 0x1p54, 0x1p55, 0x1p64, 0x1p1023}) {
      near(StrictMath.sin(x), DoubleTrigonometry.sin(x), x);
      near(StrictMath.cos(x), DoubleTrigonometry.cos(x), x);
    }
  }

  private static void near(double expected, double actual, double x) {
    assertEquals(expected, actual, 1.5 * Math.ulp(expected), () -> "at " + x);
  }

  @Test
  void floatsAreWithinOneUlp() {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (Float.isFinite(x)) {
        within(x, FloatTrigonometry.sin(x), DoubleTrigonometry.sin(x));
        within(x, FloatTrigonometry.cos(x), DoubleTrigonometry.cos(x));
      }
    }
  }

  private static void within(float x, float actual, double expected) {
    double place = Math.scalb(1.0, Math.max(Math.getExponent(expected), Float.MIN_EXPONENT) - 23);
    assertTrue(Math.abs(actual - expected) <= place, () -> "x = " + x + ": " + actual + ", expected " + expected);
  }
}
