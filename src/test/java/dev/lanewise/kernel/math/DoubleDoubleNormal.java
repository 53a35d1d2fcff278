package dev.lanewise.kernel.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The standard normal's distribution Φ and density in double-double, and what is made of them; scales as in
/// [DoubleDoubleMath].
///
/// | function      | formula                                                                                 |
/// |---------------|-----------------------------------------------------------------------------------------|
/// | normalCdf     | Φ(−a) = e^(−a²/2)G(a) for a ≥ 0, Φ(a) = 1 − Φ(−a)                                        |
/// | normalPdf     | κe^(−x²/2), κ = 1/√(2π)                                                                  |
/// | gelu          | xΦ(x)                                                                                   |
/// | geluSlope     | Φ(x) + xφ(x), φ the density                                                             |
/// | geluCurvature | (2 − x²)φ(x)                                                                            |
/// | erf           | 2/√π·(x − x³/3 + x⁵/(2!·5) − …) below ½, else 1 − 2e^(−x²)G(√2·x)                        |
///
/// G(a + t) is a Taylor series around the nearest multiple of 1/8. Its coefficients follow from G′ = aG − κ: g₁ = ag₀ −
/// κ, (n + 1)gₙ₊₁ = agₙ + gₙ₋₁, in decimals, as they cancel; g₀ from the series to the right of it, since to the left
/// errors shrink, and at the end from Φ's asymptotic series (Abramowitz and Stegun, 26.2.12).
public final class DoubleDoubleNormal {

  /// Φ(−39) is below 2⁻¹⁰⁹⁶.
  private static final int END = 39;
  private static final int PIECES = 8;
  /// The recurrence takes up to 80 of them where a is 39 and n 45.
  private static final MathContext DIGITS = new MathContext(150);

  private static final DoubleDouble INVERSE_SQRT_2PI = DoubleDouble.of(Exact.normalPdf(0, 60));
  private static final DoubleDouble SQRT_2 = DoubleDouble.of(BigDecimal.TWO.sqrt(DIGITS));
  private static final DoubleDouble ERF_SLOPE = INVERSE_SQRT_2PI.times(SQRT_2).times(2);
  /// erf(√z)/√z but for 2/√π.
  private static final PowerSeries ERF = new PowerSeries(12, alternating(24));
  private static final PowerSeries[] PIECE = pieces();

  private DoubleDoubleNormal() {}

  /// 1, −1/3, 1/(2!·5), −1/(3!·7), …
  private static List<BigDecimal> alternating(int count) {
    List<BigDecimal> coefficients = new ArrayList<>();
    BigDecimal factorial = BigDecimal.ONE;
    for (int n = 0; n < count; n++) {
      coefficients.add(BigDecimal.ONE.divide(factorial.multiply(BigDecimal.valueOf(2L * n + 1)), DIGITS));
      factorial = factorial.multiply(BigDecimal.valueOf(-n - 1));
    }
    return coefficients;
  }

  private static PowerSeries[] pieces() {
    BigDecimal density = Exact.normalPdf(0, DIGITS.getPrecision());
    BigDecimal step = BigDecimal.ONE.divide(BigDecimal.valueOf(-PIECES));
    BigDecimal g = asymptotic(density);
    PowerSeries[] pieces = new PowerSeries[END * PIECES + 1];
    for (int k = END * PIECES; k >= 0; k--) {
      List<BigDecimal> coefficients = coefficients(new BigDecimal((double) k / PIECES), g, density);
      pieces[k] = new PowerSeries(11, coefficients.subList(0, 22));
      g = coefficients.reversed().stream().reduce(BigDecimal.ZERO, (sum, c) -> c.add(sum.multiply(step), DIGITS));
    }
    return pieces;
  }

  private static List<BigDecimal> coefficients(BigDecimal center, BigDecimal g, BigDecimal density) {
    List<BigDecimal> coefficients = new ArrayList<>(List.of(g, center.multiply(g).subtract(density, DIGITS)));
    for (int n = 1; n < 45; n++) {
      BigDecimal sum = center.multiply(coefficients.get(n)).add(coefficients.get(n - 1));
      coefficients.add(sum.divide(BigDecimal.valueOf(n + 1), DIGITS));
    }
    return coefficients;
  }

  /// κ/a·(1 − 1/a² + 1·3/a⁴ − …) at the end, where 150 terms fall below 10⁻¹⁵⁰.
  private static BigDecimal asymptotic(BigDecimal density) {
    BigDecimal square = BigDecimal.valueOf((long) END * END);
    return IntStream.rangeClosed(1, 150).map(k -> 151 - k)
        .mapToObj(k -> BigDecimal.valueOf(2L * k - 1).divide(square, DIGITS))
        .reduce(BigDecimal.ONE, (sum, ratio) -> BigDecimal.ONE.subtract(ratio.multiply(sum), DIGITS))
        .multiply(density).divide(BigDecimal.valueOf(END), DIGITS);
  }

  static DoubleDouble normalCdf(double x, int scale) {
    DoubleDouble tail = tail(DoubleDouble.of(Math.abs(x)), x < 0 ? scale : 0);
    return x < 0 ? tail : DoubleDouble.ONE.minus(tail).scaled(scale);
  }

  /// Φ(−a).
  private static DoubleDouble tail(DoubleDouble a, int scale) {
    if (a.high() >= END) {
      return DoubleDouble.ZERO;
    }
    double k = Math.rint(a.high() * PIECES);
    return PIECE[(int) k].at(a.plus(k / -PIECES)).times(DoubleDoubleMath.exp(a.times(a).times(-0.5), scale));
  }

  static DoubleDouble normalPdf(double x, int scale) {
    return DoubleDoubleMath.exp(DoubleDouble.product(x, -0.5 * x), scale).times(INVERSE_SQRT_2PI);
  }

  public static DoubleDouble gelu(double x, int scale) {
    return normalCdf(x, scale).times(x);
  }

  public static DoubleDouble geluSlope(double x, int scale) {
    return normalPdf(x, scale).times(x).plus(normalCdf(x, scale));
  }

  public static DoubleDouble geluCurvature(double x, int scale) {
    double held = Math.min(Math.abs(x), END);
    return DoubleDouble.product(-held, held).plus(2).times(normalPdf(x, scale));
  }

  public static DoubleDouble erf(double x, int scale) {
    double a = Math.min(Math.abs(x), 26);
    DoubleDouble y = a < 0.5
        ? ERF.at(DoubleDouble.product(a, a)).times(ERF_SLOPE).times(Math.scalb(a, scale))
        : DoubleDouble.ONE.minus(tail(SQRT_2.times(a), 0).times(2)).scaled(scale);
    return x < 0 ? y.negated() : y;
  }
}
