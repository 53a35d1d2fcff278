package dev.lanewise.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;

/// How far a function of `float` or `double` is from the true one, in units of the true result's last place: the most,
/// where, and the mean.
///
/// Counted where the true result is normal. Where it is subnormal the unit is that of the smallest normal number; an
/// infinite one, or NaN, must be met exactly.
public final class UlpErrors {

  private static final String COLUMNS = "| %-18s | %-6s | %-6s | %-23s |";

  private final String name;
  private final boolean onlyNormal;
  private double most;
  private Number worst = 0;
  private double sum;
  private long count;

  public UlpErrors(String name) {
    this(name, false);
  }

  /// @param onlyNormal whether subnormal results are left out: they are rounded twice, the second time to fewer digits
  public UlpErrors(String name, boolean onlyNormal) {
    this.name = name;
    this.onlyNormal = onlyNormal;
  }

  /// What stands above the lines of [#toString].
  public static String head(String remark) {
    String names = String.format(COLUMNS, "function", "most", "mean", "at");
    return names + "   " + remark + "\n" + names.replaceAll("[^|]", "-");
  }

  /// Unless the error is within `absolute`, which leaves out nothing but what cancels.
  public void add(float x, float actual, double expected, double absolute) {
    if (Double.isNaN(expected) || Math.abs(expected) >= 0x1.ffffffp127) {
      assertEquals((float) expected, actual, () -> name + " of " + x);
      return;
    }
    double error = Math.abs(actual - expected);
    int exponent = Math.max(Math.getExponent(expected), Float.MIN_EXPONENT);
    if (onlyNormal && exponent != Math.getExponent(expected)) {
      return;
    }
    if (!(error <= absolute) && isTheMost(Math.scalb(error, 23 - exponent))) {
      worst = x;
    }
  }

  /// The same of a `double`; `expected` is the true result times 2^scale, see [DoubleDoubleMath].
  public void add(double x, double actual, DoubleDouble expected, int scale, double absolute) {
    if (!Double.isFinite(expected.high())) {
      assertEquals(expected.high(), actual, () -> name + " of " + x);
      return;
    }
    double error = Math.abs(Math.scalb(actual, scale) - expected.high() - expected.low());
    int exponent = Math.max(Math.getExponent(expected.high()), Double.MIN_EXPONENT + scale);
    if (onlyNormal && exponent != Math.getExponent(expected.high())) {
      return;
    }
    if (!(error <= Math.scalb(absolute, scale)) && isTheMost(Math.scalb(error, 52 - exponent))) {
      worst = x;
    }
  }

  private boolean isTheMost(double ulps) {
    sum += ulps;
    count++;
    boolean more = !(ulps <= most);
    if (more) {
      most = Double.isNaN(ulps) ? Double.POSITIVE_INFINITY : ulps;
    }
    return more;
  }

  /// Takes in what another one has counted of the same function.
  public synchronized void add(UlpErrors part) {
    sum += part.sum;
    count += part.count;
    if (part.most > most) {
      most = part.most;
      worst = part.worst;
    }
  }

  public double most() {
    return most;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, COLUMNS, name, decimals(most), decimals(count == 0 ? 0 : sum / count), worst);
  }

  private static String decimals(double ulps) {
    return String.format(Locale.ROOT, "%.4f", ulps);
  }
}
