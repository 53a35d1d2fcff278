package dev.lanewise.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.elementwise.DoubleCurvature;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import java.math.BigDecimal;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Accuracy against decimals, in last places, and the values that IEEE arithmetic and PyTorch fix.
class DoubleMathTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void expIsWithinOneUlp() {
    within(1, 400, -744, 709.7, DoubleMath::exp, x -> Exact.exp(new BigDecimal(x), 40));
  }

  @Test
  void expm1IsWithinTwoUlps() {
    within(2, 200, -40, 709.7, DoubleMath::expm1, Exact::expm1);
  }

  @Test
  void logIsWithinOneUlp() {
    within(1, 400, 1e-9, 1e9, DoubleMath::log, x -> Exact.log1p(new BigDecimal(x).subtract(BigDecimal.ONE), 60));
  }

  @Test
  void log1pIsWithinOneUlp() {
    within(1, 400, -0.999, 1e9, DoubleMath::log1p, x -> Exact.log1p(new BigDecimal(x), 60));
  }

  @Test
  void tanhIsWithinTwoUlps() {
    within(2, 200, -22, 22, DoubleTanh::tanh, Exact::tanh);
  }

  @Test
  void sigmoidIsWithinOneAndAHalfUlps() {
    within(1.5, 400, -744, 40, DoubleLogistic::sigmoid, Exact::sigmoid);
  }

  /// Where the bare quotient was off most, by 2.37, of a hundred million.
  @Test
  void sigmoidIsSoWhereRoundingAddsUp() {
    assertEquals(0, Exact.ulps(DoubleLogistic.sigmoid(-11.090351370276332), Exact.sigmoid(-11.090351370276332)), 1.5);
  }

  @Test
  void siluIsWithinTwoUlps() {
    within(2, 400, -748, 60, DoubleLogistic::silu, x -> new BigDecimal(x).multiply(Exact.sigmoid(x)));
  }

  @Test
  void mishIsWithinTwoUlps() {
    within(2, 400, -748, 60, DoubleMish::mish, Exact::mish);
  }

  /// Its zero is at −1.1924…, where both terms are 0.26.
  @Test
  void mishSlopeIsTheDerivative() {
    for (double x : Samples.doubles(300, -745, 45, 7)) {
      double exact = Exact.mishSlope(x).doubleValue();
      assertEquals(exact, DoubleMish.mishSlope(x), 0x1p-53 + 4 * Math.ulp(exact), () -> "x = " + x);
    }
    for (double x = -1.2; x < -1.185; x += 0x1p-13) {
      assertEquals(Exact.mishSlope(x).doubleValue(), DoubleMish.mishSlope(x), 0x1p-53, "x = " + x);
    }
  }

  @Test
  void softplusIsWithinTwoUlps() {
    within(2, 400, -744, 60, DoubleLogistic::softplus, Exact::softplus);
  }

  @Test
  void softplusSlopeIsWithinThreeUlps() {
    within(3, 400, -744, 40, DoubleLogistic::softplusSlope, Exact::sigmoid);
  }

  @Test
  void eluIsWithinTwoUlps() {
    within(2, 200, -45, 3, DoubleMath::elu, x -> x > 0 ? new BigDecimal(x) : Exact.expm1(x));
  }

  @Test
  void normalCdfKeepsItsRelativeAccuracyInTheTail() {
    within(2, 150, -38, 9, DoubleMathTest::normalCdf, Exact::normalCdf);
  }

  /// Φ(x), made as gelu is made of it.
  private static double normalCdf(double x) {
    double shifted = DoubleNormal.gaussianShifted(x);
    return DoubleNormal.timesCdf(1, x, shifted, DoubleNormal.gaussianFraction(x, shifted))
        * DoubleNormal.tailScale(x, shifted);
  }

  @Test
  void erfIsWithinTwoUlps() {
    within(2, 400, -6, 6, DoubleErf::erf, Exact::erf);
  }

  @Test
  void geluIsWithinTwoUlps() {
    within(2, 150, -38, 9, DoubleNormal::gelu, x -> new BigDecimal(x).multiply(Exact.normalCdf(x)));
  }

  @Test
  void geluSlopeIsTheDerivative() {
    for (double x : Samples.doubles(300, -37, 37, 5)) {
      double cdf = Exact.normalCdf(x).doubleValue();
      double pdf = Exact.normalPdf(x, 60).doubleValue();
      double expected = cdf + x * pdf;
      double scale = cdf + Math.abs(x) * pdf;
      assertEquals(expected, DoubleNormal.geluSlope(x), 1e-15 * scale, () -> "x = " + x);
    }
  }

  @Test
  void curvaturesAreTheSecondDerivatives() {
    for (double x : Samples.doubles(200, -37, 37, 6)) {
      BigDecimal s = Exact.sigmoid(x);
      BigDecimal s1 = s.multiply(BigDecimal.ONE.subtract(s));
      BigDecimal odd = BigDecimal.ONE.subtract(s.multiply(BigDecimal.TWO));
      BigDecimal y = Exact.tanh(x);
      BigDecimal square = new BigDecimal(x).pow(2);
      curvature(Nonlinearity.SIGMOID, x, s1.multiply(odd));
      curvature(Nonlinearity.SOFTPLUS, x, s1);
      curvature(Nonlinearity.SILU, x, s1.multiply(BigDecimal.TWO.add(new BigDecimal(x).multiply(odd))));
      curvature(Nonlinearity.MISH, x, Exact.mishCurvature(x));
      curvature(Nonlinearity.TANH, x, y.multiply(y).subtract(BigDecimal.ONE).multiply(y).multiply(BigDecimal.TWO));
      curvature(Nonlinearity.GELU, x, Exact.normalPdf(x, 60).multiply(BigDecimal.TWO.subtract(square)));
      curvature(Nonlinearity.ELU, x, x < 0 ? Exact.exp(new BigDecimal(x), 40) : BigDecimal.ZERO);
      curvature(Nonlinearity.RELU, x, BigDecimal.ZERO);
    }
  }

  private static void curvature(Nonlinearity phi, double x, BigDecimal expected) {
    double exact = expected.doubleValue();
    assertEquals(exact, DoubleCurvature.of(phi, x), 0x1p-51 + 4 * Math.ulp(exact), () -> phi + " at " + x);
  }

  @Test
  void curvaturesEndInZero() {
    for (Nonlinearity phi : Nonlinearity.values()) {
      for (double x : new double[] {INFINITY, -INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE}) {
        assertEquals(0.0, Math.abs(DoubleCurvature.of(phi, x)), () -> phi + " at " + x);
      }
    }
  }

  @Test
  void overflowAndUnderflowAreGradual() {
    assertEquals(Double.MIN_VALUE, DoubleMath.exp(-745));
    assertEquals(0.0, DoubleMath.exp(-746));
    assertEquals(INFINITY, DoubleMath.exp(709.79));
    assertEquals(Double.MIN_VALUE, DoubleLogistic.softplus(-745));
    assertEquals(StrictMath.exp(-700), DoubleLogistic.sigmoid(-700), 1e-15 * StrictMath.exp(-700));
    assertEquals(4.906713927148187e-198, normalCdf(-30), 1e-213);
    assertEquals(Double.MIN_NORMAL / 8, DoubleTanh.tanh(Double.MIN_NORMAL / 8));
    assertEquals(Double.MIN_VALUE, DoubleMath.expm1(Double.MIN_VALUE));
    assertEquals(Double.MIN_VALUE, DoubleMath.log1p(Double.MIN_VALUE));
  }

  @Test
  void infinitiesComeOutWhereTheFormulaPutsThem() {
    assertEquals(0.0, DoubleMath.exp(-INFINITY));
    assertEquals(INFINITY, DoubleMath.exp(INFINITY));
    assertEquals(-1.0, DoubleMath.expm1(-INFINITY));
    assertEquals(INFINITY, DoubleMath.expm1(INFINITY));
    assertEquals(-INFINITY, DoubleMath.log1p(-1));
    assertEquals(INFINITY, DoubleMath.log1p(INFINITY));
    assertEquals(-1.0, DoubleTanh.tanh(-INFINITY));
    assertEquals(-1.0, DoubleErf.erf(-INFINITY));
    assertEquals(1.0, DoubleErf.erf(INFINITY));
    assertEquals(1.0, DoubleTanh.tanh(INFINITY));
    assertEquals(0.0, DoubleLogistic.sigmoid(-INFINITY));
    assertEquals(1.0, DoubleLogistic.sigmoid(INFINITY));
    assertEquals(0.0, DoubleLogistic.softplus(-INFINITY));
    assertEquals(INFINITY, DoubleLogistic.softplus(INFINITY));
    assertEquals(-1.0, DoubleMath.elu(-INFINITY));
    assertEquals(INFINITY, DoubleMath.elu(INFINITY));
    assertEquals(INFINITY, DoubleLogistic.silu(INFINITY));
    assertEquals(Double.NaN, DoubleLogistic.silu(-INFINITY));
    assertEquals(INFINITY, DoubleMish.mish(INFINITY));
    assertEquals(Double.NaN, DoubleMish.mish(-INFINITY));
    assertEquals(Double.NaN, DoubleMish.mishSlope(INFINITY));
    assertEquals(Double.NaN, DoubleMish.mishSlope(-INFINITY));
    assertEquals(INFINITY, DoubleNormal.gelu(INFINITY));
    assertEquals(Double.NaN, DoubleNormal.gelu(-INFINITY));
    assertEquals(0.0, normalCdf(-INFINITY));
    assertEquals(1.0, normalCdf(INFINITY));
  }

  @Test
  void hugeArgumentsEndInZero() {
    assertEquals(-0.0, DoubleLogistic.silu(-Double.MAX_VALUE));
    assertEquals(-0.0, DoubleNormal.gelu(-Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE, DoubleLogistic.silu(Double.MAX_VALUE));
    assertEquals(-0.0, DoubleMish.mish(-Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE, DoubleMish.mish(Double.MAX_VALUE));
    assertEquals(-0.0, DoubleMish.mishSlope(-Double.MAX_VALUE));
    assertEquals(1.0, DoubleMish.mishSlope(Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE, DoubleNormal.gelu(Double.MAX_VALUE));
  }

  @Test
  void nanStaysNan() {
    DoubleUnaryOperator[] functions = {
      DoubleMath::exp, DoubleMath::expm1, DoubleMath::log1p, DoubleTanh::tanh, DoubleLogistic::sigmoid,
          DoubleLogistic::silu,
      DoubleLogistic::softplus, DoubleMath::elu, DoubleMathTest::normalCdf, DoubleNormal::gelu, DoubleErf::erf,
      DoubleMish::mish, DoubleMish::mishSlope
    };
    for (DoubleUnaryOperator function : functions) {
      assertEquals(Double.NaN, function.applyAsDouble(Double.NaN));
    }
    assertEquals(Double.NaN, DoubleMath.log1p(-1.5));
  }

  @Test
  void zeroKeepsItsSign() {
    DoubleUnaryOperator[] odd = {
      DoubleMath::expm1, DoubleMath::log1p, DoubleTanh::tanh, DoubleLogistic::silu, DoubleMath::elu, DoubleNormal::gelu,
          DoubleErf::erf,
      DoubleMish::mish
    };
    for (DoubleUnaryOperator function : odd) {
      assertEquals(-0.0, function.applyAsDouble(-0.0));
      assertEquals(0.0, function.applyAsDouble(0.0));
    }
    assertEquals(1.0, DoubleMath.exp(-0.0));
    assertEquals(0.5, DoubleLogistic.sigmoid(-0.0));
    assertEquals(0.5, normalCdf(0));
  }

  private static void within(
      double ulps, int count, double from, double to, DoubleUnaryOperator function, DoubleFunction<BigDecimal> exact) {
    for (double x : Samples.doubles(count, from, to, new Random(count).nextLong())) {
      double error = Exact.ulps(function.applyAsDouble(x), exact.apply(x));
      assertTrue(error <= ulps, () -> "x = " + x + ": " + function.applyAsDouble(x) + " is off by " + error + " ulp");
    }
  }
}
