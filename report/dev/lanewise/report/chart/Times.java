package dev.lanewise.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Times in the unit that suits their size.
public final class Times extends NumberFormat {

  private static final long serialVersionUID = 1;
  private static final String[] UNITS = {"ns", "µs", "ms", "s"};

  private Times() {}

  /// For an axis: `10 µs`.
  static NumberFormat format() {
    return new Times();
  }

  /// To so many figures: `10.0 µs` to three.
  public static String of(double nanos, int figures) {
    MathContext context = new MathContext(figures);
    int unit = unit(new BigDecimal(nanos).round(context).doubleValue());
    BigDecimal rounded = new BigDecimal(nanos / Math.pow(1000, unit)).round(context);
    return rounded.toPlainString() + " " + UNITS[unit];
  }

  private static int unit(double nanos) {
    return (int) Math.clamp(Math.floor(Math.log10(nanos) / 3 + 1e-9), 0, UNITS.length - 1.0);
  }

  @Override
  public StringBuffer format(double nanos, StringBuffer out, FieldPosition position) {
    int unit = unit(nanos);
    BigDecimal rounded = new BigDecimal(nanos / Math.pow(1000, unit)).round(new MathContext(3));
    return out.append(rounded.stripTrailingZeros().toPlainString()).append(' ').append(UNITS[unit]);
  }

  @Override
  public StringBuffer format(long nanos, StringBuffer out, FieldPosition position) {
    return format((double) nanos, out, position);
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("Times: is for writing only");
  }
}
