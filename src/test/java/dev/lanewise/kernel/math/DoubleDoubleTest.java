package dev.lanewise.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/// The references in double-double against decimals: relative errors, down to the smallest results.
class DoubleDoubleTest {

  /// 2⁻¹⁰³ where nothing cancels; some bits fewer near the zeros of silu′, gelu′ and mish′.
  private static final double MOST = 0x1p-98;
  private static final int SCALE = 512;

  private interface Reference {
    DoubleDouble of(double x, int scale);
  }

  @Test
  void exponentials() {
    compare(400, -745, 709.7, DoubleDoubleMath::exp, x -> Exact.exp(new BigDecimal(x), 50));
    compare(200, -45, 709, DoubleDoubleMath::expm1, Exact::expm1);
    compare(200, -45, 3, DoubleDoubleMath::elu, x -> x < 0 ? Exact.expm1(x) : new BigDecimal(x));
    compare(200, -745, 3, DoubleDoubleMath::eluSlope, x -> x < 0 ? Exact.exp(new BigDecimal(x), 50) : BigDecimal.ONE);
    compare(200, -745, 3, DoubleDoubleMath::eluCurvature,
        x -> x < 0 ? Exact.exp(new BigDecimal(x), 50) : BigDecimal.ZERO);
  }

  @Test
  void logarithms() {
    compare(200, -0.999, 1e9, (x, _) -> DoubleDoubleMath.log1p(DoubleDouble.of(x)),
        x -> Exact.log1p(new BigDecimal(x), 60));
    compare(200, -0.999, 1e9, DoubleDoubleElementary::log1p, x -> Exact.log1p(new BigDecimal(x), 60));
    compare(200, 1e-9, 1e9, DoubleDoubleElementary::log,
        x -> Exact.log1p(new BigDecimal(x).subtract(BigDecimal.ONE), 60));
    compare(200, -745, 60, DoubleDoubleMath::softplus, Exact::softplus);
  }

  @Test
  void circular() {
    compare(200, -200, 200, DoubleDoubleElementary::sin, Exact::sin);
    compare(200, -200, 200, DoubleDoubleElementary::cos, Exact::cos);
  }

  /// To more digits than these, by mpmath: the double that is nearest to a multiple of π/2 for its size, one of 74
  /// bits, the largest.
  @Test
  void circularOfHugeArguments() {
    same(0x1.6ac5b262ca1ffp849, DoubleDoubleElementary::cos,
        new BigDecimal("-4.687165924254627611122582801963884398778e-19"));
    same(1e22, DoubleDoubleElementary::sin, new BigDecimal("-0.8522008497671888017727058937530293682618"));
    same(Double.MAX_VALUE, DoubleDoubleElementary::cos, new BigDecimal("-0.9999876894265599374648700663069343951406"));
    same(-Double.MAX_VALUE, DoubleDoubleElementary::sin,
        new BigDecimal("0.004961954789184061790502671197074705750765").negate());
  }

  @Test
  void sigmoids() {
    compare(200, -745, 60, DoubleDoubleMath::sigmoid, Exact::sigmoid);
    compare(200, -745, 60, DoubleDoubleMath::silu, x -> new BigDecimal(x).multiply(Exact.sigmoid(x)));
    compare(200, -745, 745, DoubleDoubleMath::sigmoidSlope, DoubleDoubleTest::sigmoidSlope);
    compare(200, -745, 745, DoubleDoubleMath::siluSlope,
        x -> new BigDecimal(x).multiply(sigmoidSlope(x)).add(Exact.sigmoid(x)));
    compare(200, -745, 745, DoubleDoubleMath::sigmoidCurvature, x -> sigmoidSlope(x).multiply(Exact.tanh(x / -2)));
    compare(200, -745, 745, DoubleDoubleMath::siluCurvature,
        x -> new BigDecimal(x).multiply(Exact.tanh(x / -2)).add(BigDecimal.TWO).multiply(sigmoidSlope(x)));
  }

  @Test
  void mish() {
    compare(200, -745, 60, DoubleDoubleMath::mish, Exact::mish);
    compare(200, -745, 372, DoubleDoubleMath::mishSlope, Exact::mishSlope);
    compare(200, -745, 372, DoubleDoubleMath::mishCurvature, Exact::mishCurvature);
  }

  private static BigDecimal sigmoidSlope(double x) {
    return Exact.sigmoid(x).multiply(Exact.sigmoid(-x));
  }

  @Test
  void tangents() {
    compare(200, -50, 50, DoubleDoubleMath::tanh, Exact::tanh);
    compare(200, -370, 370, DoubleDoubleMath::tanhSlope, x -> sigmoidSlope(2 * x).multiply(BigDecimal.valueOf(4)));
    compare(200, -370, 370, DoubleDoubleMath::tanhCurvature,
        x -> sigmoidSlope(2 * x).multiply(Exact.tanh(x)).multiply(BigDecimal.valueOf(-8)));
  }

  @Test
  void normals() {
    compare(150, -38.5, 9, DoubleDoubleNormal::normalCdf, Exact::normalCdf);
    compare(150, -38.5, 9, DoubleDoubleNormal::gelu, x -> new BigDecimal(x).multiply(Exact.normalCdf(x)));
    compare(150, -38.5, 38.5, DoubleDoubleNormal::normalPdf, x -> Exact.normalPdf(x, 60));
    compare(150, -38.5, 9, DoubleDoubleNormal::geluSlope,
        x -> new BigDecimal(x).multiply(Exact.normalPdf(x, 60)).add(Exact.normalCdf(x)));
    compare(150, -38.5, 38.5, DoubleDoubleNormal::geluCurvature,
        x -> BigDecimal.TWO.subtract(new BigDecimal(x).pow(2)).multiply(Exact.normalPdf(x, 60)));
    compare(150, -9, 9, DoubleDoubleNormal::erf, Exact::erf);
  }

  /// At the end of every seventh series, on the left or on the right.
  @Test
  void piecesOfTheNormal() {
    for (double a = 0.0625; a < 38.6; a += 0.875) {
      for (double x : new double[] {-a, -Math.nextUp(a)}) {
        same(x, DoubleDoubleNormal::normalCdf, Exact.normalCdf(x));
      }
    }
  }

  @Test
  void endsOfTheRange() {
    assertEquals(Double.POSITIVE_INFINITY, DoubleDoubleMath.exp(Double.MAX_VALUE, 0).high());
    assertEquals(0.0, DoubleDoubleMath.silu(-Double.MAX_VALUE, SCALE).high());
    assertEquals(Double.MAX_VALUE, DoubleDoubleMath.silu(Double.MAX_VALUE, 0).high());
    assertEquals(Double.MAX_VALUE, DoubleDoubleMath.softplus(Double.MAX_VALUE, 0).high());
    assertEquals(1.0, DoubleDoubleMath.siluSlope(Double.MAX_VALUE, 0).high());
    assertEquals(0.0, DoubleDoubleMath.mish(-Double.MAX_VALUE, SCALE).high());
    assertEquals(Double.MAX_VALUE, DoubleDoubleMath.mish(Double.MAX_VALUE, 0).high());
    assertEquals(1.0, DoubleDoubleMath.mishSlope(Double.MAX_VALUE, 0).high());
    assertEquals(0.0, DoubleDoubleMath.mishCurvature(Double.MAX_VALUE, SCALE).high());
    assertEquals(-1.0, DoubleDoubleMath.tanh(-Double.MAX_VALUE, 0).high());
    assertEquals(0.0, DoubleDoubleNormal.geluCurvature(Double.MAX_VALUE, SCALE).high());
    assertEquals(1.0, DoubleDoubleNormal.geluSlope(Double.MAX_VALUE, 0).high());
  }

  private static void compare(int count, double from, double to, Reference reference,
      DoubleFunction<BigDecimal> exact) {
    for (double x : Samples.doubles(count, from, to, count)) {
      same(x, reference, exact.apply(x));
    }
  }

  /// Scaled where the result is small.
  private static void same(double x, Reference reference, BigDecimal expected) {
    boolean small = Math.abs(expected.doubleValue()) < 0x1p-400;
    BigDecimal unit = small ? BigDecimal.TWO.pow(SCALE) : BigDecimal.ONE;
    BigDecimal scaled = expected.multiply(unit);
    BigDecimal error = reference.of(x, small ? SCALE : 0).toBigDecimal().subtract(scaled).abs();
    BigDecimal relative = scaled.signum() == 0 ? error : error.divide(scaled.abs(), MathContext.DECIMAL64);
    assertTrue(relative.doubleValue() <= MOST, () -> x + " is off by " + relative);
  }
}
