package dev.lanewise.kernel.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/// Logarithms, sine and cosine in double-double, beside [DoubleDoubleMath] and used like it.
///
/// | function | formula                                                                                          |
/// |----------|--------------------------------------------------------------------------------------------------|
/// | log      | n ln 2 + y + log(1 + me⁻ʸ − 1), x = 2ⁿm, √½ ≤ m < √2, y the `double` near log m                   |
/// | pow      | e^(y log \|x\|)                                                                                   |
/// | sin, cos | ± the series of either in r = x − kπ/2, by π in three parts to 2³⁰, beyond in 360 decimals        |
public final class DoubleDoubleElementary {

  private static final MathContext CONTEXT = new MathContext(400);
  private static final DoubleDouble LN2 = DoubleDouble.of(Exact.log1p(BigDecimal.ONE, 60));
  private static final BigDecimal HALF_PI = Exact.pi(400).multiply(new BigDecimal("0.5"));
  private static final double PI_1 = HALF_PI.doubleValue();
  private static final double PI_2 = HALF_PI.subtract(new BigDecimal(PI_1)).doubleValue();
  private static final double PI_3 =
      HALF_PI.subtract(new BigDecimal(PI_1)).subtract(new BigDecimal(PI_2)).doubleValue();
  private static final PowerSeries SINE = new PowerSeries(10, inverseFactorials(1));
  private static final PowerSeries COSINE = new PowerSeries(10, inverseFactorials(0));

  private DoubleDoubleElementary() {}

  /// 1/first!, −1/(first + 2)!, …
  private static List<BigDecimal> inverseFactorials(int first) {
    return IntStream.range(0, 16).mapToObj(n -> {
      BigDecimal factorial =
          IntStream.rangeClosed(1, first + 2 * n).mapToObj(BigDecimal::valueOf).reduce(BigDecimal::multiply)
              .orElse(BigDecimal.ONE);
      return BigDecimal.valueOf(n % 2 == 0 ? 1 : -1).divide(factorial, new MathContext(60));
    }).toList();
  }

  public static DoubleDouble log(double x, int scale) {
    if (!(x > 0)) {
      return DoubleDouble.of(x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN);
    }
    double normal = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
    int n = Math.getExponent(normal) + (Math.scalb(normal, -Math.getExponent(normal)) > Math.sqrt(2) ? 1 : 0);
    double m = Math.scalb(normal, -n);
    double y = StrictMath.log(m);
    DoubleDouble excess = DoubleDoubleMath.expm1(-y, 0).times(m).plus(m - 1);
    DoubleDouble log = excess.plus(-0.5 * excess.high() * excess.high()).plus(y);
    return LN2.times(x < Double.MIN_NORMAL ? n - 54 : n).plus(log).scaled(scale);
  }

  public static DoubleDouble log1p(double x, int scale) {
    if (!(x > -1)) {
      return DoubleDouble.of(x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN);
    }
    return x > 0x1p300 ? log(x, scale) : DoubleDoubleMath.log1p(DoubleDouble.of(x)).scaled(scale);
  }

  public static DoubleDouble expm1(double x, int scale) {
    return x > 700 ? DoubleDoubleMath.exp(x, scale) : DoubleDoubleMath.expm1(Math.max(x, -100), scale);
  }

  /// Of negative numbers with even exponents only.
  public static DoubleDouble pow(double x, double exponent, int scale) {
    if (x == 0 || x < 0 && exponent % 2 != 0) {
      return DoubleDouble.of(StrictMath.pow(x, exponent));
    }
    return DoubleDoubleMath.exp(log(Math.abs(x), 0).times(exponent), scale);
  }

  public static DoubleDouble sin(double x, int scale) {
    return turned(x, 0).scaled(scale);
  }

  public static DoubleDouble cos(double x, int scale) {
    return turned(x, 1).scaled(scale);
  }

  /// sin(x + quarters·π/2).
  private static DoubleDouble turned(double x, int quarters) {
    double k = Math.rint(x / PI_1);
    if (Math.abs(k) < 0x1p30) {
      DoubleDouble r = DoubleDouble.of(Math.fma(k, -PI_1, x)).plus(DoubleDouble.product(k, -PI_2)).plus(k * -PI_3);
      return ofReduced(r, (int) k + quarters);
    }
    BigDecimal[] whole = new BigDecimal(x).divideAndRemainder(HALF_PI, CONTEXT);
    int turns = whole[0].toBigInteger().intValue();
    BigDecimal rest = whole[1];
    if (rest.abs().doubleValue() > PI_1 / 2) {
      rest = rest.subtract(HALF_PI.multiply(BigDecimal.valueOf(rest.signum())));
      turns += rest.signum() < 0 ? 1 : -1;
    }
    return ofReduced(DoubleDouble.of(rest), turns + quarters);
  }

  private static DoubleDouble ofReduced(DoubleDouble r, int quarters) {
    DoubleDouble square = r.times(r);
    DoubleDouble y = (quarters & 1) == 0 ? r.times(SINE.at(square)) : COSINE.at(square);
    return (quarters & 2) == 0 ? y : y.negated();
  }
}
