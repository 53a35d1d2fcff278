package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// The logistic function σ and functions made of it, of one `double`, by the arithmetic that [DoubleVectorLogistic]
/// repeats.
///
/// | function | formula | largest error seen |
/// |---|---|---|
/// | sigmoid | 1/(1 + exp(−x)) | ≤ 2 ulp |
/// | silu | x/(1 + exp(−x)) | ≤ 2 ulp |
/// | silu′ | σ(1 + x(1 − σ)) | 2⁻⁵³ and ≤ 4 ulp |
/// | softplus | max(x, 0) − log(c) + log1p(z), c near 1/(1 + e), z = c(1 + e) − 1, e = exp(−\|x\|) | ≤ 2 ulp |
///
/// Rounding errors are corrected as in [FloatLogistic].
///
/// The coefficients are a minimax fit of this project to (log1p(z) − z + z²/2)/z³ over −0.0626 ≤ z ≤ 0.0715. The
/// largest errors are those of `mvn -Pexhaustive verify`.
public final class DoubleLogistic {

  /// [#INVERSES] are the bits of numbers c near 1/(1 + j/7) whose log(c) is a `double` to within a twentieth of an ulp.
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

  /// Above this 1/(1 + exp(−x)) is 1.
  static final double FAR = 60;

  private DoubleLogistic() {}

  private static double decay(double x) {
    return DoubleMath.exp(-Math.abs(x));
  }

  public static double sigmoid(double x) {
    double shifted = DoubleMath.shifted(-x);
    double m = DoubleMath.fraction(-x, shifted - DoubleMath.SHIFT);
    double power = DoubleMath.power(shifted);
    double back = back(shifted);
    double inverse = 1 / fast(power, m, back + power);
    double share = inverse * power;
    double sigmoid = fast(inverse, fast(-share, m, excess(inverse * back, share)), inverse) * back;
    return x > FAR ? 1.0 : x < DoubleMath.EXP_MIN ? 0.0 : sigmoid;
  }

  /// Where exp(−x) is ∞, x·σ(x) may still be a normal number.
  public static double silu(double x) {
    double shifted = DoubleMath.shifted(-x);
    double m = DoubleMath.fraction(-x, shifted - DoubleMath.SHIFT);
    double power = DoubleMath.power(shifted);
    double back = back(shifted);
    double inverse = 1 / fast(power, m, back + power);
    double share = inverse * power;
    double bare = x * inverse;
    double silu = fast(bare, fast(-share, m, excess(inverse * back, share)), bare) * back;
    return x > FAR ? x : x < DoubleMath.EXP_MIN ? x * 0.0 : silu;
  }

  /// silu′(x) = σ(1 + x(1 − σ)); NaN at ±∞, as this formula gives.
  public static double siluSlope(double x) {
    double shifted = DoubleMath.shifted(-x);
    double m = DoubleMath.fraction(-x, shifted - DoubleMath.SHIFT);
    double power = DoubleMath.power(shifted);
    double back = back(shifted);
    double inverse = 1 / fast(power, m, back + power);
    double share = inverse * power;
    double lost = fast(-share, m, excess(inverse * back, share));
    double rest = share + share * m;
    double slope = inverse * fast(x, fast(rest, lost, rest), 1.0) * back;
    return x > FAR ? x * 0.0 + 1 : x < DoubleMath.EXP_MIN ? x * 0.0 : slope;
  }

  /// 1 − σ − σ·2^k, given the rounded σ and σ·2^k. The differences are exact, except where one of the two is below ¼:
  /// then they are off by 2⁻⁵⁵.
  private static double excess(double sigma, double share) {
    return (0.5 - sigma) + (0.5 - share);
  }

  /// 2^−⌈k/2⌉: the inverse of [DoubleMath#rest], the factor of 2^k that [DoubleMath#power] lacks.
  private static double back(double shifted) {
    long bits = Double.doubleToRawLongBits(shifted);
    return Double.longBitsToDouble(((bits >>> 1) - bits << 52) + DoubleMath.BACK_BITS);
  }

  /// softplus′ = σ, as a bare quotient.
  public static double softplusSlope(double x) {
    double decay = decay(x);
    double least = decay / (1 + decay);
    return x < 0 ? least : 1 - least;
  }

  /// log(1 + eˣ).
  public static double softplus(double x) {
    double decay = decay(x);
    int j = (int) Double.doubleToRawLongBits(fast(decay, SEVENTHS, SEVENTHS_SHIFT)) & 7;
    double c = Double.longBitsToDouble(INVERSES[j]);
    double z = exact(decay, c, c - 1);
    double square = z * z;
    double high = fast(fast(G11, square, fast(G10, z, G9)), square, fast(G8, z, G7));
    double series = fast(fast(high, square, fast(G6, z, G5)), square, fast(G4, z, G3));
    double logarithm = Double.longBitsToDouble(LOGARITHMS[j]) + fast(square, fast(series, z, -0.5), z);
    return (x > 0 ? x : 0.0) + logarithm;
  }
}
