package dev.lanewise.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Times in the unit that suits their size.
public final class Times extends NumberFormat {

  private static final long serialVersionUID = 1;

  private Times() {}

  /// For an axis.
  static NumberFormat format() {
    return new Times();
  }

  /// To three figures: `1.23 µs`.
  public static String of(double nanos) {
    double scale = nanos < 1e3 ? 1 : nanos < 1e6 ? 1e3 : nanos < 1e9 ? 1e6 : 1e9;
    String unit = scale == 1 ? "ns" : scale == 1e3 ? "µs" : scale == 1e6 ? "ms" : "s";
    return new BigDecimal(nanos / scale).round(new MathContext(3)).stripTrailingZeros().toPlainString() + " " + unit;
  }

  @Override
  public StringBuffer format(double nanos, StringBuffer out, FieldPosition position) {
    return out.append(of(nanos));
  }

  @Override
  public StringBuffer format(long nanos, StringBuffer out, FieldPosition position) {
    return out.append(of(nanos));
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("Times: is for writing only");
  }
}
