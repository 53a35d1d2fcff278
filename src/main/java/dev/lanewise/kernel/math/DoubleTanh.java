package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// tanh in `double`, by the arithmetic that [DoubleVectorTanh] repeats: q/(q + 2) with q = expm1(2|x|), and the sign of
/// x.
///
/// q = 2^k·m + (2^k − 1), see [DoubleMath]; the rounding errors of q + 2 and of the quotient are corrected. The bare
/// quotient is off by 2.7 ulp. Largest error ≤ 2 ulp.
public final class DoubleTanh {

  /// Beyond this tanh is 1.
  static final double END = 22;
  /// Up to this exp(2|x|) and its inverse are normal numbers.
  static final double TANH_NEAR = 350;

  private DoubleTanh() {}

  public static double tanh(double x) {
    double a = Math.abs(x);
    double twice = a + a;
    double shifted = fast(twice, DoubleMath.LOG2_E, DoubleMath.SHIFT_ONCE);
    double m = DoubleMath.fraction(twice, shifted - DoubleMath.SHIFT_ONCE);
    double power = DoubleMath.wholePower(shifted);
    double q = fast(power, m, power - 1);
    double divisor = q + 2;
    double excess = q - (divisor - 2);
    double inverse = 1 / divisor;
    double quotient = q * inverse;
    double remainder = fast(-quotient, excess, exact(-quotient, divisor, q));
    return DoubleMath.withSignOf(x, a > END ? 1.0 : fast(remainder, inverse, quotient));
  }
}
