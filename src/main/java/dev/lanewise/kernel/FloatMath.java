package dev.lanewise.kernel;

/// Elementary functions of one `float`, by Math.fma and integer arithmetic alone, so that [FloatVectorMath] can do the
/// same steps on every lane and get the same bits.
///
/// | function                | formula                                                    | largest error seen |
/// |-------------------------|------------------------------------------------------------|--------------------|
/// | exp                     | 2ⁿ(1 + m), n = round(x/ln 2), m = e^(x − n ln 2) − 1       | 0.95 ulp           |
/// | expm1                   | 2ⁿm + (2ⁿ − 1)                                             | 1.8 ulp            |
/// | log1p                   | k ln 2 + log(1 + f), s = f/(2 + f), series in s²           | 0.9 ulp            |
/// | tanh                    | by pieces: [FloatTanh]                                   | 1.0 ulp            |
/// | sigmoid                 | s = e/(1 + e), e = exp(−\|x\|): s below 0, else 1 − s       | 1.0 ulp            |
/// | silu                    | x s below 0, else x − x s                                  | 1.8 ulp            |
/// | softplus                | max(x, 0) + log1p(exp(−\|x\|))                             | 1.7 ulp            |
/// | elu                     | x, or expm1(x) below 0                                     | 1.2 ulp            |
///
/// Reduction by Cody and Waite with FMA: n·LN2_HIGH is subtracted without rounding. The coefficients are minimax fits of
/// this project (Remez exchange on (eʳ − 1 − r)/r² over ±ln(2)/2 and on (log(1 + f)/s − 2)/s² for √½ < 1 + f < √2); how the
/// logarithm is put together follows fdlibm's `s_log1p.c`. Results go gradually through the subnormals. The largest errors
/// were seen over every `float` (`mvn -Pexhaustive verify`; expm1 and log1p over every 23rd), against the function of `double`.
final class FloatMath {

  /// 1.5·2²³ rounds what is added to it to an integer; 254 on top is twice the exponent's bias, see [#scale].
  static final float SHIFT = 0x1.8p23f + 254;
  static final float LOG2_E = 1.442695f;
  static final float LN2_HIGH = 0.6931472f;
  static final float LN2_LOW = -1.9046542e-9f;

  /// Beyond these arguments eˣ is ∞ and 0, x·eˣ too.
  static final float EXP_MAX = 89;
  static final float EXP_MIN = -110;
  /// Below this eˣ − 1 is −1.
  static final float EXPM1_MIN = -20;

  static final float E2 = 0.4999999701976776f;
  static final float E3 = 0.1666654348373413f;
  static final float E4 = 0.04166720062494278f;
  static final float E5 = 0.008366520516574383f;
  static final float E6 = 0.001388250500895083f;

  static final float L1 = 0.6666677594184875f;
  static final float L2 = 0.399774968624115f;
  static final float L3 = 0.29873067140579224f;

  /// 1 + e beyond √2 is halved before its logarithm is taken.
  static final float SQRT2_LESS_1 = 0.41421357f;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final int ONE_BITS = 0x3f800000;
  private static final int MANTISSA = 0x007fffff;
  private static final int TWO_TO_23_BITS = 0x4b000000;

  private FloatMath() {}

  static float exp(float x) {
    float clamped = x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x;
    float shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  /// e^(−|x|), what softplus and its slope share.
  static float decay(float x) {
    float clamped = decayArgument(x);
    float shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  /// 2ⁿ is taken as 2^⌊n/2⌋·2^⌈n/2⌉ because for n = 128 it has no `float`; the difference keeps its last bit all the same.
  static float expm1(float x) {
    float clamped = x > EXP_MAX ? EXP_MAX : x < EXPM1_MIN ? EXPM1_MIN : x;
    float shifted = shifted(clamped);
    float high = reduced(clamped, shifted);
    float m = high + series(high, shifted);
    float low = lowHalf(shifted);
    float top = highHalf(shifted);
    return withSignOf(x, Math.fma(low, m, low - 1 / top) * top);
  }

  static float elu(float x) {
    float clamped = x < EXPM1_MIN ? EXPM1_MIN : x > 0 ? 0 : x;
    float shifted = shifted(clamped);
    float high = reduced(clamped, shifted);
    float m = high + series(high, shifted);
    float power = twoToThe(shifted);
    return x >= 0 ? x : Math.fma(power, m, power - 1);
  }

  static float tanh(float x) {
    return FloatTanh.tanh(x);
  }

  static float sigmoid(float x) {
    float shifted = shifted(decayArgument(x));
    float least = sigmoidOfLess(x, shifted);
    return x < 0 ? least : 1 - least;
  }

  /// σ(−|x|).
  private static float sigmoidOfLess(float x, float shifted) {
    return sigmoidPart(x, shifted) * lowHalf(shifted) * tailScale(x, shifted);
  }

  /// x·σ(x), below 0 with the factor x before the result may become subnormal; else x − x·σ(−x).
  static float silu(float x) {
    float clamped = decayArgument(x);
    float shifted = shifted(clamped);
    float scaled = (x < 0 ? x : 1.0f) * lowHalf(shifted) * sigmoidPart(x, shifted) * tailScale(x, shifted);
    return x < 0 ? scaled : Math.fma(clamped, scaled, x);
  }

  /// silu′(x) = σ + silu·(1 − σ).
  static float siluSlope(float x, float silu) {
    float least = sigmoidOfLess(x, shifted(decayArgument(x)));
    float most = 1 - least;
    return Math.fma(silu, x < 0 ? most : least, x < 0 ? least : most);
  }

  /// σ(−|x|)/2ⁿ = (1 + m)/(1 + e) with e = exp(−|x|) = 2ⁿ(1 + m): v = 1/(1 + e), what rounding took from it, and m times both, so
  /// that hardly more than the last addition rounds.
  private static float sigmoidPart(float x, float shifted) {
    float high = reduced(decayArgument(x), shifted);
    float small = series(high, shifted);
    float m = high + small;
    float power = lowHalf(shifted) * highHalf(shifted);
    float divisor = Math.fma(power, m, 1 + power);
    float v = 1 / divisor;
    float excess = Math.fma(-v, Math.fma(power, m, power - (divisor - 1)), Math.fma(-v, divisor, 1.0f));
    float lost = v * excess;
    return v + Math.fma(high, v, Math.fma(small, v, Math.fma(m, lost, lost)));
  }

  /// 2^⌈n/2⌉, the half of 2ⁿ that comes last; 0 where the argument was held, so that x·σ(x) ends in 0 for every x.
  private static float tailScale(float x, float shifted) {
    return Math.abs(x) > -EXP_MIN ? 0.0f : highHalf(shifted);
  }

  static float softplus(float x) {
    return softplus(x, decay(x));
  }

  /// log(1 + eˣ), given [#decay] of x.
  static float softplus(float x, float decay) {
    boolean large = decay > SQRT2_LESS_1;
    float f = large ? Math.fma(decay, 0.5f, -0.5f) : decay;
    float k = large ? 1.0f : 0.0f;
    float linear = x > 0 ? x : 0.0f;
    return linear + logarithm(f, k, k * LN2_LOW);
  }

  /// softplus′(x) = σ(x), given [#decay] of x: at a lower price than [#sigmoid], within three last places.
  static float softplusSlope(float x, float decay) {
    float v = 1 / (1 + decay);
    return x < 0 ? decay * v : v;
  }

  static float log1p(float x) {
    if (!(x > -1 && x < Float.POSITIVE_INFINITY)) {
      return x == -1 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    if (Math.abs(x) < 0x1p-25f) {
      return x;
    }
    float u = 1 + x;
    float lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
    int bits = Float.floatToRawIntBits(u) + (ONE_BITS - SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | TWO_TO_23_BITS) - (0x1p23f + 127);
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    return logarithm(f, k, Math.fma(k, LN2_LOW, lost / u));
  }

  /// k·LN2_HIGH + log(1 + f) + low, for √½ − 1 ≤ f ≤ √2 − 1, summed from the small terms up.
  private static float logarithm(float f, float k, float low) {
    float s = f / (2 + f);
    float z = s * s;
    float series = z * Math.fma(Math.fma(L3, z, L2), z, L1);
    float square = 0.5f * f * f;
    float small = square - Math.fma(s, square + series, low);
    return Math.fma(k, LN2_HIGH, f - small);
  }

  /// SHIFT + n with n = round(x / ln 2): its low bits are those of the integer 254 + n.
  static float shifted(float x) {
    return Math.fma(x, LOG2_E, SHIFT);
  }

  /// x less n·LN2_HIGH, exactly.
  static float reduced(float x, float shifted) {
    return Math.fma(shifted - SHIFT, -LN2_HIGH, x);
  }

  /// eʳ − 1 − high with r = high + low = x − n·ln 2, |r| ≤ ln(2)/2.
  static float series(float high, float shifted) {
    return seriesFrom(high, (shifted - SHIFT) * -LN2_LOW);
  }

  /// low + r²(E2 + E3 r + …) with r = high + low, even and odd powers apart.
  static float seriesFrom(float high, float low) {
    float r = high + low;
    float z = r * r;
    float even = Math.fma(Math.fma(E6, z, E4), z, E2);
    float odd = Math.fma(E5, z, E3);
    return Math.fma(Math.fma(odd, r, even), z, low);
  }

  /// eʳ = 1 + (high + series).
  private static float power(float high, float shifted) {
    return 1 + (high + series(high, shifted));
  }

  static float decayArgument(float x) {
    float a = Math.abs(x);
    return a > -EXP_MIN ? EXP_MIN : -a;
  }

  /// v·2ⁿ, in two steps of which only the second can round, so that it reaches ∞ and the subnormals.
  static float scale(float v, float shifted) {
    return v * lowHalf(shifted) * highHalf(shifted);
  }

  /// 2^⌊n/2⌋: the bits of 254 + n, halved, are a biased exponent.
  static float lowHalf(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) >>> 1 << 23);
  }

  /// 2^⌈n/2⌉.
  static float highHalf(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat(bits - (bits >>> 1) << 23);
  }

  /// 2ⁿ for −126 ≤ n ≤ 127.
  static float twoToThe(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) - 127 << 23);
  }

  private static float withSignOf(float x, float y) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
  }
}
