package dev.lanewise.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers with their sign, `+0.7`, `−0.7`; a number that rounds to zero has none.
public final class Signed {

  private Signed() {}

  /// @param decimals digits after the point
  public static String of(double value, int decimals) {
    BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    String sign = rounded.signum() > 0 ? "+" : rounded.signum() < 0 ? "−" : "";
    return sign + rounded.abs().toPlainString();
  }
}
