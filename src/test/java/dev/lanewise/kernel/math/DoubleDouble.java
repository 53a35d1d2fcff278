package dev.lanewise.kernel.math;

import java.math.BigDecimal;

/// high + low, |low| ≤ half a last place of high: arithmetic with 106 bits, quick enough for millions of references.
///
/// | operation                    | relative error at most, u = 2⁻⁵³ | algorithm        |
/// |------------------------------|----------------------------------|------------------|
/// | sum, product of two `double` | exact                            | 2Sum, 2ProdFMA   |
/// | plus a `double`              | 2u²                              | DWPlusFP         |
/// | plus                         | 3u² + 13u³                       | AccurateDWPlusDW |
/// | times a `double`             | 2u²                              | DWTimesFP3       |
/// | times                        | 4u²                              | DWTimesDW3       |
/// | dividedBy                    | 15u² + 56u³                      | DWDivDW2         |
///
/// As long as low is normal: see [DoubleDoubleMath] for results that are not. Algorithms and bounds from M. Joldes,
/// J.-M. Muller and V. Popescu, *Tight and rigorous error bounds for basic building blocks of double-word arithmetic*,
/// ACM Transactions on Mathematical Software 44 (2017).
public record DoubleDouble(double high, double low) {

  public static final DoubleDouble ZERO = new DoubleDouble(0, 0);
  public static final DoubleDouble ONE = new DoubleDouble(1, 0);

  public static DoubleDouble of(double x) {
    return new DoubleDouble(x, 0);
  }

  public static DoubleDouble of(BigDecimal x) {
    double high = x.doubleValue();
    return new DoubleDouble(high, x.subtract(new BigDecimal(high)).doubleValue());
  }

  static DoubleDouble sum(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    return new DoubleDouble(sum, a - (sum - part) + (b - part));
  }

  static DoubleDouble product(double a, double b) {
    double product = a * b;
    return new DoubleDouble(product, Math.fma(a, b, -product));
  }

  /// a + b for |a| ≥ |b|.
  private static DoubleDouble normalised(double a, double b) {
    double sum = a + b;
    return new DoubleDouble(sum, b - (sum - a));
  }

  DoubleDouble plus(double y) {
    DoubleDouble sum = sum(high, y);
    return normalised(sum.high, low + sum.low);
  }

  DoubleDouble plus(DoubleDouble y) {
    DoubleDouble highs = sum(high, y.high);
    DoubleDouble lows = sum(low, y.low);
    DoubleDouble sum = normalised(highs.high, highs.low + lows.high);
    return normalised(sum.high, lows.low + sum.low);
  }

  DoubleDouble minus(DoubleDouble y) {
    return plus(y.negated());
  }

  public DoubleDouble times(double y) {
    DoubleDouble product = product(high, y);
    return normalised(product.high, Math.fma(low, y, product.low));
  }

  public DoubleDouble times(DoubleDouble y) {
    DoubleDouble product = product(high, y.high);
    return normalised(product.high, product.low + Math.fma(low, y.high, Math.fma(high, y.low, low * y.low)));
  }

  DoubleDouble dividedBy(DoubleDouble y) {
    double quotient = high / y.high;
    DoubleDouble back = y.times(quotient);
    return normalised(quotient, (high - back.high + (low - back.low)) / y.high);
  }

  DoubleDouble negated() {
    return new DoubleDouble(-high, -low);
  }

  /// Times 2ⁿ.
  public DoubleDouble scaled(int n) {
    return n == 0 ? this : new DoubleDouble(Math.scalb(high, n), Math.scalb(low, n));
  }

  BigDecimal toBigDecimal() {
    return new BigDecimal(high).add(new BigDecimal(low));
  }
}
