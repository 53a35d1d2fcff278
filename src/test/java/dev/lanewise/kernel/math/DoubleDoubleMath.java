package dev.lanewise.kernel.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/// Elementary functions and their derivatives in double-double, the reference for millions of arguments;
/// [DoubleDoubleTest] holds it against decimals.
///
/// | function         | formula, e = exp(−\|x\|)                                                          |
/// |------------------|---------------------------------------------------------------------------------|
/// | exp              | 2ⁿe^(j/32)e^s, x = n ln 2 + j/32 + s, \|s\| ≤ 1/64, e^s by its series                |
/// | expm1            | the same less 1, and without cancellation for n = 0                             |
/// | log1p            | y + log(1 + (1 + x)e⁻ʸ − 1), y the `double` nearby                               |
/// | tanh             | q/(q + 2), q = expm1(2\|x\|)                                                      |
/// | sigmoid          | 1/(1 + e), or e/(1 + e) below 0                                                 |
/// | softplus         | max(x, 0) + log1p(e)                                                            |
/// | silu             | xσ(x)                                                                           |
/// | elu              | x, or expm1(x) below 0                                                          |
/// | mish             | x(1 + 2e)/(1 + 2e + 2e²), or xe(1 + e/2)/(1 + e + e²/2) below 0                  |
/// | …Slope           | σ′ = e/(1 + e)², tanh′(x) = 4σ′(2x), silu′ = σ + xσ′, elu′ = 1, or eˣ below 0       |
/// |                  | mish′ = t + xt′, t′ = e²(1 + e)/(½ + e + e²)², or e(1 + e)/(1 + e + e²/2)² below 0 |
/// | …Curvature       | σ″ = −σ′ tanh(x/2), tanh″ = −2 tanh tanh′, silu″ = σ′(2 − x tanh(x/2))              |
/// |                  | mish″ = 2t′ + xt″, t″ = t′(1 − σ − 2tσ)                                          |
///
/// A function gives its value times 2^`scale`: where the value is so small that its low half would be subnormal, a
/// scale of 512 keeps all of it. Arguments are finite; what is beyond the largest `double` is infinite, and e⁻¹¹⁰⁰
/// is 0.
public final class DoubleDoubleMath {

  private static final int DIGITS = 60;
  private static final int PIECES = 32;
  private static final int MOST_PIECES = 12;
  private static final double MOST = 710;
  private static final double LEAST = -1100;

  /// n·LN2_HIGH and n·LN2_MIDDLE are exact for integers n of 11 bits.
  private static final double LN2_HIGH;
  private static final double LN2_MIDDLE;
  private static final double LN2_LOW;
  /// e^(j/32) − 1.
  private static final DoubleDouble[] PIECE = new DoubleDouble[2 * MOST_PIECES + 1];
  /// (e^s − 1)/s.
  private static final PowerSeries SERIES = new PowerSeries(7, inverseFactorials(14));

  static {
    BigDecimal ln2 = Exact.log1p(BigDecimal.ONE, DIGITS);
    LN2_HIGH = withoutLast11Bits(ln2.doubleValue());
    BigDecimal rest = ln2.subtract(new BigDecimal(LN2_HIGH));
    LN2_MIDDLE = withoutLast11Bits(rest.doubleValue());
    LN2_LOW = rest.subtract(new BigDecimal(LN2_MIDDLE)).doubleValue();
    for (int j = -MOST_PIECES; j <= MOST_PIECES; j++) {
      BigDecimal power = Exact.exp(new BigDecimal((double) j / PIECES), DIGITS);
      PIECE[j + MOST_PIECES] = DoubleDouble.of(power.subtract(BigDecimal.ONE));
    }
  }

  private DoubleDoubleMath() {}

  private static double withoutLast11Bits(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & -1L << 11);
  }

  /// 1/1!, 1/2!, …
  private static List<BigDecimal> inverseFactorials(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> IntStream.rangeClosed(1, n).mapToObj(BigDecimal::valueOf)
        .reduce(BigDecimal.ONE, BigDecimal::multiply))
        .map(factorial -> BigDecimal.ONE.divide(factorial, new MathContext(DIGITS)))
        .toList();
  }

  public static DoubleDouble exp(double x, int scale) {
    return exp(DoubleDouble.of(x), scale);
  }

  static DoubleDouble exp(DoubleDouble x, int scale) {
    if (x.high() > MOST || x.high() < LEAST) {
      return DoubleDouble.of(x.high() > 0 ? Double.POSITIVE_INFINITY : 0);
    }
    double n = octaves(x);
    return fractionLess1(x, n).plus(1).scaled((int) n + scale);
  }

  static DoubleDouble expm1(double x, int scale) {
    DoubleDouble exact = DoubleDouble.of(x);
    return octaves(exact) == 0 ? fractionLess1(exact, 0).scaled(scale) : exp(x, 0).plus(-1).scaled(scale);
  }

  /// n of 2ⁿ.
  private static double octaves(DoubleDouble x) {
    return Math.rint(x.high() * DoubleMath.LOG2_E);
  }

  /// e^(x − n ln 2) − 1.
  private static DoubleDouble fractionLess1(DoubleDouble x, double n) {
    DoubleDouble lows = DoubleDouble.sum(x.low(), n * -LN2_LOW);
    DoubleDouble r = DoubleDouble.sum(Math.fma(n, -LN2_HIGH, x.high()), n * -LN2_MIDDLE).plus(lows);
    double j = Math.rint(r.high() * PIECES);
    DoubleDouble s = r.plus(j / -PIECES);
    DoubleDouble m = s.times(SERIES.at(s));
    DoubleDouble piece = PIECE[(int) j + MOST_PIECES];
    return piece.times(m).plus(m).plus(piece);
  }

  /// For −1 < x < 2⁵⁰⁰.
  static DoubleDouble log1p(DoubleDouble x) {
    double y = StrictMath.log1p(x.high());
    DoubleDouble excess = x.high() > 1
        ? exp(-y, 0).times(x.plus(1)).plus(-1)
        : expm1(-y, 0).times(x.plus(1)).plus(x);
    return excess.plus(-0.5 * excess.high() * excess.high()).plus(y);
  }

  public static DoubleDouble tanh(double x, int scale) {
    double a = Math.abs(x);
    DoubleDouble q = a > 40 ? DoubleDouble.ONE : expm1(2 * a, 0);
    DoubleDouble y = a > 40 ? DoubleDouble.ONE : q.dividedBy(q.plus(2));
    return (x < 0 ? y.negated() : y).scaled(scale);
  }

  public static DoubleDouble sigmoid(double x, int scale) {
    DoubleDouble e = exp(-Math.abs(x), scale);
    DoubleDouble divisor = e.scaled(-scale).plus(1);
    return (x < 0 ? e : DoubleDouble.ONE.scaled(scale)).dividedBy(divisor);
  }

  public static DoubleDouble softplus(double x, int scale) {
    if (x < -45) {
      DoubleDouble e = exp(x, scale);
      return e.times(new DoubleDouble(1, Math.scalb(e.high(), -scale) * -0.5));
    }
    return log1p(exp(-Math.abs(x), 0)).plus(Math.max(x, 0)).scaled(scale);
  }

  public static DoubleDouble silu(double x, int scale) {
    return sigmoid(x, scale).times(x);
  }

  public static DoubleDouble elu(double x, int scale) {
    return x < 0 ? expm1(x, scale) : DoubleDouble.of(x).scaled(scale);
  }

  public static DoubleDouble sigmoidSlope(double x, int scale) {
    DoubleDouble e = exp(-Math.abs(x), scale);
    DoubleDouble divisor = e.scaled(-scale).plus(1);
    return e.dividedBy(divisor.times(divisor));
  }

  public static DoubleDouble tanhSlope(double x, int scale) {
    return sigmoidSlope(2 * x, scale + 2);
  }

  public static DoubleDouble siluSlope(double x, int scale) {
    return sigmoidSlope(x, scale).times(x).plus(sigmoid(x, scale));
  }

  public static DoubleDouble eluSlope(double x, int scale) {
    return x < 0 ? exp(x, scale) : DoubleDouble.ONE.scaled(scale);
  }

  public static DoubleDouble sigmoidCurvature(double x, int scale) {
    return tanh(x * -0.5, 0).times(sigmoidSlope(x, scale));
  }

  public static DoubleDouble tanhCurvature(double x, int scale) {
    return tanh(x, 0).times(tanhSlope(x, scale + 1)).negated();
  }

  public static DoubleDouble siluCurvature(double x, int scale) {
    return tanh(x * -0.5, 0).times(x).plus(2).times(sigmoidSlope(x, scale));
  }

  public static DoubleDouble mish(double x, int scale) {
    return tanhOfSoftplus(x, scale).times(x);
  }

  public static DoubleDouble mishSlope(double x, int scale) {
    return mishBend(x, scale).times(x).plus(tanhOfSoftplus(x, scale));
  }

  /// t″ = t′(1 − σ − 2tσ).
  public static DoubleDouble mishCurvature(double x, int scale) {
    DoubleDouble product = tanhOfSoftplus(x, 0).times(sigmoid(x, 0)).times(2);
    DoubleDouble bend = sigmoid(-x, 0).minus(product).times(Math.min(x, -LEAST)).plus(2);
    return bend.times(mishBend(x, scale));
  }

  /// t = tanh(log(1 + eˣ)).
  private static DoubleDouble tanhOfSoftplus(double x, int scale) {
    DoubleDouble e = exp(-Math.abs(x), 0);
    if (x >= 0) {
      DoubleDouble twice = e.times(2).plus(1);
      return twice.dividedBy(e.times(e).times(2).plus(twice)).scaled(scale);
    }
    return exp(x, scale).times(e.times(0.5).plus(1)).dividedBy(mishDivisor(x, e));
  }

  /// t′.
  private static DoubleDouble mishBend(double x, int scale) {
    DoubleDouble e = exp(-Math.abs(x), 0);
    DoubleDouble divisor = mishDivisor(x, e);
    DoubleDouble power = x < 0 ? exp(x, scale) : exp(-2 * x, scale);
    return power.times(e.plus(1)).dividedBy(divisor.times(divisor));
  }

  /// 1 + eˣ + e²ˣ/2, above 0 over e²ˣ.
  private static DoubleDouble mishDivisor(double x, DoubleDouble e) {
    DoubleDouble square = e.times(e);
    return x < 0 ? square.times(0.5).plus(e).plus(1) : square.plus(e).plus(0.5);
  }

  /// But for x = 0, where the kernels give 0.
  public static DoubleDouble eluCurvature(double x, int scale) {
    return x < 0 ? exp(x, scale) : DoubleDouble.ZERO;
  }
}
