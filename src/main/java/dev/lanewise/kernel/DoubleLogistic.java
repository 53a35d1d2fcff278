package dev.lanewise.kernel;

/// The logistic function σ and what is made of it, of one `double`, by the arithmetic that [DoubleVectorLogistic] repeats.
///
/// | function | formula                                                                        | largest error seen |
/// |----------|--------------------------------------------------------------------------------|--------------------|
/// | decay    | e = exp(−\|x\|)                                                                | ≤ 1 ulp            |
/// | sigmoid  | 1 − e/(1 + e), below 0 e/(1 + e): so it is right to half a last place near 1   | ≤ 2 ulp            |
/// | silu     | x σ(x), below 0 with the factor x before e may become subnormal                | ≤ 2 ulp            |
/// | softplus | max(x, 0) − log(c) + log1p(z), c of a table near 1/(1 + e), z = c(1 + e) − 1   | ≤ 2 ulp            |
///
/// The coefficients are a minimax fit of this project to (log1p(z) − z + z²/2)/z³ over −0.0626 ≤ z ≤ 0.0715. The largest errors are
/// those of `mvn -Pexhaustive verify`.
final class DoubleLogistic {

  /// [#INVERSES] are bits of numbers c near 1/(1 + j/7), of which log(c) is a `double` to within a twentieth of an ulp.
  static final double SEVENTHS = 7.0;
  static final double SEVENTHS_SHIFT = 0x1.8p52;
  static final long[] INVERSES = DoubleMath.bits(
      1.0, 0.8749999999999858, 0.7777777777990799, 0.7000000000000071, 0.6363636363423343, 0.5833333333546354,
      0.5384615384615526, 0.5);
  /// The bits of −log(c).
  static final long[] LOGARITHMS = DoubleMath.bits(
      0.0, 0.13353139262453886, 0.2513144282535177, 0.3566749439387223, 0.45198512377653194, 0.5389965006961691,
      0.6190392084061971, 0.6931471805599453);

  static final double G3 = 0.33333333333326665;
  static final double G4 = -0.24999999999728242;
  static final double G5 = 0.20000000016755057;
  static final double G6 = -0.16666667181770123;
  static final double G7 = 0.14285701424888173;
  static final double G8 = -0.1249966918356151;
  static final double G9 = 0.11114893050446592;
  static final double G10 = -0.10088079475733115;
  static final double G11 = 0.08742997548266622;

  private DoubleLogistic() {}

  private static double decay(double x) {
    return DoubleMath.exp(-Math.abs(x));
  }

  /// What rounding took from divisor and quotient is made good: the bare quotient is off by 2.4 ulp.
  static double sigmoid(double x) {
    double decay = decay(x);
    double divisor = 1 + decay;
    double inverse = 1 / divisor;
    double bare = decay * inverse;
    double remainder = Math.fma(-bare, divisor, decay) - bare * (1 - divisor + decay);
    double least = Math.fma(remainder, inverse, bare);
    return x < 0 ? least : 1 - least;
  }

  /// What rounding took from numerator, denominator and quotient is made good: the bare quotient is off by 2.6 ulp.
  static double silu(double x) {
    double argument = held(x);
    double shifted = DoubleMath.shifted(argument);
    double part = DoubleMath.part(argument, shifted);
    double rest = DoubleMath.rest(shifted);
    double factor = x < 0 ? x : rest;
    double numerator = part * factor;
    double divisor = Math.fma(part, rest, 1.0);
    double inverse = 1 / divisor;
    double bare = numerator * inverse;
    double lost = Math.fma(part, factor, -numerator);
    double remainder = Math.fma(-bare, divisor, numerator) + Math.fma(-bare, Math.fma(part, rest, 1 - divisor), lost);
    double quotient = Math.fma(remainder, inverse, bare);
    return x < 0 ? quotient * tail(x, rest) : Math.fma(argument, quotient, x);
  }

  /// silu′(x) = σ(1 + x(1 − σ)).
  static double siluSlope(double x) {
    double argument = held(x);
    double shifted = DoubleMath.shifted(argument);
    double part = DoubleMath.part(argument, shifted);
    double rest = DoubleMath.rest(shifted);
    double quotient = part / Math.fma(part, rest, 1.0);
    double least = quotient * rest;
    double most = 1 - least;
    return x < 0 ? quotient * Math.fma(x, most, 1.0) * tail(x, rest) : most * Math.fma(x, least, 1.0);
  }

  /// 0 where the argument was held, so that x·σ(x) ends in 0 for every x.
  private static double tail(double x, double rest) {
    return x < DoubleMath.EXP_MIN ? 0.0 : rest;
  }

  /// softplus′ = σ, as a bare quotient.
  static double softplusSlope(double x) {
    double decay = decay(x);
    double least = decay / (1 + decay);
    return x < 0 ? least : 1 - least;
  }

  /// log(1 + eˣ).
  static double softplus(double x) {
    double decay = decay(x);
    int j = (int) Double.doubleToRawLongBits(Math.fma(decay, SEVENTHS, SEVENTHS_SHIFT)) & 7;
    double c = Double.longBitsToDouble(INVERSES[j]);
    double z = Math.fma(decay, c, c - 1);
    double square = z * z;
    double high = Math.fma(Math.fma(G11, square, Math.fma(G10, z, G9)), square, Math.fma(G8, z, G7));
    double series = Math.fma(Math.fma(high, square, Math.fma(G6, z, G5)), square, Math.fma(G4, z, G3));
    double logarithm = Double.longBitsToDouble(LOGARITHMS[j]) + Math.fma(square, Math.fma(series, z, -0.5), z);
    return (x > 0 ? x : 0.0) + logarithm;
  }

  /// −|x|, held where all is underflow. By bits, so NaN is held as well: for what has x as a factor.
  private static double held(double x) {
    return Double.longBitsToDouble(Math.min(Double.doubleToRawLongBits(x) | Long.MIN_VALUE, DoubleMath.EXP_MIN_BITS));
  }
}
