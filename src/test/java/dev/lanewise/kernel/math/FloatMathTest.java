package dev.lanewise.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Accuracy against the functions of `double`, over every 4001st bit pattern of a `float`, and what IEEE arithmetic
/// fixes.
class FloatMathTest {

  private static final int STRIDE = 4001;

  @FunctionalInterface
  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinOneUlp() {
    within(1, FloatMath::exp, DoubleMath::exp);
  }

  @Test
  void expm1IsWithinTwoUlps() {
    within(2, FloatMath::expm1, DoubleMath::expm1);
  }

  @Test
  void log1pIsWithinOneUlp() {
    within(1, FloatMath::log1p, DoubleMath::log1p);
  }

  @Test
  void logIsWithinOneUlp() {
    within(1, FloatMath::log, DoubleMath::log);
  }

  @Test
  void tanhIsWithinOneUlp() {
    within(1, FloatTanh::tanh, DoubleTanh::tanh);
  }

  @Test
  void sigmoidIsWithinOneUlp() {
    within(1, FloatLogistic::sigmoid, DoubleLogistic::sigmoid);
  }

  @Test
  void siluIsWithinTwoUlps() {
    within(2, FloatLogistic::silu, DoubleLogistic::silu);
  }

  @Test
  void mishIsWithinTwoUlps() {
    within(2, FloatMish::mish, DoubleMish::mish);
  }

  @Test
  void softplusIsWithinTwoUlps() {
    within(2, FloatLogistic::softplus, DoubleLogistic::softplus);
  }

  @Test
  void softplusSlopeIsWithinThreeUlps() {
    within(3, FloatLogistic::softplusSlope, DoubleLogistic::sigmoid);
  }

  @Test
  void eluIsWithinTwoUlps() {
    within(2, FloatMath::elu, DoubleMath::elu);
  }

  /// elu′ = y + 1 below 0: an error of more than half a last place of 1 is one of y. The argument was the worst of all
  /// floats once.
  @Test
  void eluPlusOneIsItsSlope() {
    for (float x = -4.01739f; x > -4.0175f; x = Math.nextDown(x)) {
      float at = x;
      assertEquals(DoubleMath.exp(x), (double) FloatMath.elu(x) + 1, 0x1p-24, () -> "x = " + at);
    }
  }

  @Test
  void erfIsWithinOneUlp() {
    within(1, FloatErf::erf, DoubleErf::erf);
  }

  @Test
  void geluIsWithinTwoUlps() {
    within(2, FloatNormal::gelu, DoubleNormal::gelu);
  }

  @Test
  void slopesEndAsThoseOfDouble() {
    for (float x : new float[] {Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, -0.0f, 0.0f, Float.MAX_VALUE,
        Float.POSITIVE_INFINITY, Float.NaN}) {
      assertEquals((float) DoubleLogistic.siluSlope(x), FloatLogistic.siluSlope(x), () -> "x = " + x);
      assertEquals((float) DoubleMish.mishSlope(x), FloatMish.mishSlope(x), () -> "x = " + x);
      assertEquals((float) DoubleLogistic.softplusSlope(x), FloatLogistic.softplusSlope(x), () -> "x = " + x);
      assertEquals((float) DoubleNormal.geluSlope(x), FloatNormal.geluSlope(x), () -> "x = " + x);
    }
  }

  @Test
  void zeroKeepsItsSign() {
    FloatFunction[] odd = {FloatMath::expm1, FloatMath::log1p, FloatTanh::tanh, FloatLogistic::silu, FloatMath::elu,
        FloatNormal::gelu, FloatErf::erf,
      FloatMish::mish};
    for (FloatFunction function : odd) {
      assertEquals(-0.0f, function.apply(-0.0f));
      assertEquals(0.0f, function.apply(0.0f));
    }
    assertEquals(1.0f, FloatMath.exp(-0.0f));
    assertEquals(0.5f, FloatLogistic.sigmoid(-0.0f));
  }

  private static void within(double ulps, FloatFunction function, DoubleUnaryOperator exact) {
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      check(ulps, x, function.apply(x), exact.applyAsDouble(x));
    }
    for (double x : new double[] {0, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Double.NaN}) {
      check(ulps, (float) x, function.apply((float) x), exact.applyAsDouble((float) x));
      check(ulps, (float) -x, function.apply((float) -x), exact.applyAsDouble((float) -x));
    }
  }

  private static void check(double ulps, float x, float actual, double expected) {
    if (Double.isNaN(expected) || Math.abs(expected) >= 0x1.ffffffp127) {
      assertEquals((float) expected, actual, () -> "x = " + x);
      return;
    }
    double place = Math.scalb(1.0, Math.max(Math.getExponent(expected), Float.MIN_EXPONENT) - 23);
    double error = Math.abs(actual - expected) / place;
    assertTrue(error <= ulps, () -> "x = " + x + ": " + actual + " is off by " + error + " ulp from " + expected);
  }
}
