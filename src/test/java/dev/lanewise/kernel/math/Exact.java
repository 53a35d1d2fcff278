package dev.lanewise.kernel.math;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Elementary functions in decimals, slow and to `digits` digits: the reference that the kernels' accuracy is measured
/// by.
final class Exact {

  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Exact() {}

  /// How many last places of `expected`, rounded to a double, `actual` is away.
  static double ulps(double actual, BigDecimal expected) {
    BigDecimal error = new BigDecimal(actual).subtract(expected).abs();
    return error.divide(new BigDecimal(Math.ulp(expected.doubleValue())), MathContext.DECIMAL64).doubleValue();
  }

  static BigDecimal exp(BigDecimal x, int digits) {
    MathContext context = new MathContext(digits + 10);
    int halvings = Math.max(0, 8 + (int) Math.ceil(Math.log(Math.abs(x.doubleValue()) + 1e-300) / Math.log(2)));
    BigDecimal small = x.divide(TWO.pow(halvings), context);
    BigDecimal term = ONE;
    BigDecimal sum = ONE;
    for (int k = 1; term.signum() != 0 && sum.precision() - sum.scale() - term.precision() + term.scale() < digits
        + 10; k++) {
      term = term.multiply(small, context).divide(BigDecimal.valueOf(k), context);
      sum = sum.add(term, context);
    }
    for (int k = 0; k < halvings; k++) {
      sum = sum.multiply(sum, context);
    }
    return sum;
  }

  static BigDecimal expm1(double x) {
    return exp(new BigDecimal(x), 400).subtract(ONE);
  }

  /// By Newton's steps from the double nearby.
  static BigDecimal log1p(BigDecimal x, int digits) {
    MathContext context = new MathContext(digits + 10);
    BigDecimal y = new BigDecimal(StrictMath.log1p(x.doubleValue()));
    for (int correct = 14; correct < digits; correct *= 2) {
      BigDecimal excess = x.add(ONE).multiply(exp(y.negate(), digits), context).subtract(ONE);
      y = y.add(excess.subtract(excess.multiply(excess, context).multiply(HALF)), context);
    }
    return y;
  }

  static BigDecimal tanh(double x) {
    BigDecimal q = expm1(2 * x);
    return q.divide(q.add(TWO), new MathContext(40));
  }

  static BigDecimal sigmoid(double x) {
    return ONE.divide(ONE.add(exp(new BigDecimal(-x), 40)), new MathContext(40));
  }

  /// x·tanh(log g), g = 1 + eˣ.
  static BigDecimal mish(double x) {
    return new BigDecimal(x).multiply(tanhOfSoftplus(x));
  }

  /// t + xt′, t the tanh.
  static BigDecimal mishSlope(double x) {
    return tanhOfSoftplus(x).add(new BigDecimal(x).multiply(slopeOfTanhOfSoftplus(x)));
  }

  /// 2t′ + xt″, t″ = t′(1 − σ − 2tσ).
  static BigDecimal mishCurvature(double x) {
    BigDecimal product = tanhOfSoftplus(x).multiply(sigmoid(x)).multiply(TWO);
    BigDecimal bend = sigmoid(-x).subtract(product).multiply(new BigDecimal(x));
    return bend.add(TWO).multiply(slopeOfTanhOfSoftplus(x));
  }

  /// (g² − 1)/(g² + 1).
  private static BigDecimal tanhOfSoftplus(double x) {
    BigDecimal square = exp(new BigDecimal(x), 60).add(ONE).pow(2);
    return square.subtract(ONE).divide(square.add(ONE), new MathContext(60));
  }

  /// (1 − t²)σ = 4g²/(g² + 1)²·σ.
  private static BigDecimal slopeOfTanhOfSoftplus(double x) {
    BigDecimal square = exp(new BigDecimal(x), 60).add(ONE).pow(2);
    BigDecimal root = TWO.divide(square.add(ONE), new MathContext(60));
    return square.multiply(root).multiply(root).multiply(sigmoid(x));
  }

  static BigDecimal softplus(double x) {
    BigDecimal e = exp(new BigDecimal(x), 40);
    return x < -50 ? e.subtract(e.multiply(e).multiply(HALF)) : log1p(e, 60);
  }

  /// Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), with digits enough for what cancels in the tail.
  static BigDecimal normalCdf(double x) {
    int digits = 60 + (int) (x * x * 0.22);
    MathContext context = new MathContext(digits + 20);
    BigDecimal exact = new BigDecimal(x);
    BigDecimal square = exact.multiply(exact);
    BigDecimal term = exact;
    BigDecimal sum = term;
    BigDecimal negligible = ONE.movePointLeft(digits);
    for (int k = 1; k < 10 || term.abs().compareTo(negligible) > 0; k++) {
      term = term.multiply(square, context).divide(BigDecimal.valueOf(2 * k + 1), context);
      sum = sum.add(term, context);
    }
    return HALF.add(normalPdf(x, 2 * digits).multiply(sum, new MathContext(2 * digits)));
  }

  /// 2/√π·(x − x³/3 + x⁵/(2!·5) − …).
  static BigDecimal erf(double x) {
    MathContext context = new MathContext(60 + (int) (x * x));
    BigDecimal exact = new BigDecimal(x);
    BigDecimal square = exact.multiply(exact);
    BigDecimal term = exact;
    BigDecimal sum = exact;
    for (int n = 1; n < 10 || Math.abs(term.doubleValue()) > Math.abs(x) * 1e-50; n++) {
      term = term.multiply(square, context).divide(BigDecimal.valueOf(-n), context);
      sum = sum.add(term.divide(BigDecimal.valueOf(2L * n + 1), context), context);
    }
    return sum.multiply(TWO).divide(pi(60).sqrt(context), context);
  }

  /// x − x³/3! + x⁵/5! − …, for arguments up to some hundreds.
  static BigDecimal sin(double x) {
    return alternating(x, 1);
  }

  /// 1 − x²/2! + x⁴/4! − ….
  static BigDecimal cos(double x) {
    return alternating(x, 0);
  }

  private static BigDecimal alternating(double x, int first) {
    MathContext context = new MathContext(60 + (int) Math.abs(x));
    BigDecimal square = new BigDecimal(x).pow(2);
    BigDecimal term = first == 0 ? ONE : new BigDecimal(x);
    BigDecimal sum = term;
    for (int n = first; n < Math.abs(x) || Math.abs(term.doubleValue()) > Math.abs(sum.doubleValue()) * 1e-45; n += 2) {
      term = term.multiply(square, context).divide(BigDecimal.valueOf(-(n + 1L) * (n + 2L)), context);
      sum = sum.add(term, context);
    }
    return sum;
  }

  static BigDecimal normalPdf(double x, int digits) {
    BigDecimal square = new BigDecimal(x).pow(2);
    MathContext context = new MathContext(digits);
    return exp(square.multiply(HALF).negate(), digits).divide(pi(digits).multiply(TWO).sqrt(context), context);
  }

  /// Machin's formula.
  static BigDecimal pi(int digits) {
    return arctanOfInverse(5, digits).multiply(BigDecimal.valueOf(16))
        .subtract(arctanOfInverse(239, digits).multiply(BigDecimal.valueOf(4)));
  }

  private static BigDecimal arctanOfInverse(int n, int digits) {
    int scale = digits + 10;
    BigDecimal power = ONE.divide(BigDecimal.valueOf(n), scale, RoundingMode.HALF_EVEN);
    BigDecimal sum = power;
    for (int k = 1; power.signum() != 0; k++) {
      power = power.divide(BigDecimal.valueOf((long) n * n), scale, RoundingMode.HALF_EVEN);
      BigDecimal term = power.divide(BigDecimal.valueOf(2L * k + 1), scale, RoundingMode.HALF_EVEN);
      sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }
}
