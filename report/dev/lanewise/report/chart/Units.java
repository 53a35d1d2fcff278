package dev.lanewise.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Numbers in the unit that suits their size, to three significant digits: `2.25 KiB`, `10 µs`.
public final class Units extends NumberFormat {

  private static final long serialVersionUID = 1;

  /// Formats numbers of bytes.
  public static final Units BYTES = new Units(1024, "B", "KiB", "MiB", "GiB");

  /// Formats numbers of nanoseconds.
  public static final Units TIMES = new Units(1000, "ns", "µs", "ms", "s");

  private final double base;
  private final String[] units;

  private Units(double base, String... units) {
    this.base = base;
    this.units = units;
  }

  /// A time to the given significant digits, trailing zeros included: `10.0 µs` to three.
  public static String time(double nanos, int figures) {
    MathContext context = new MathContext(figures);
    int unit = TIMES.unit(new BigDecimal(nanos).round(context).doubleValue());
    return TIMES.scaled(nanos, unit, context).toPlainString() + " " + TIMES.units[unit];
  }

  private int unit(double value) {
    return (int) Math.clamp(Math.floor(Math.log10(value) / Math.log10(base) + 1e-9), 0, units.length - 1.0);
  }

  private BigDecimal scaled(double value, int unit, MathContext context) {
    return new BigDecimal(value / Math.pow(base, unit)).round(context);
  }

  @Override
  public StringBuffer format(double value, StringBuffer out, FieldPosition position) {
    int unit = unit(value);
    BigDecimal scaled = scaled(value, unit, new MathContext(3)).stripTrailingZeros();
    return out.append(scaled.toPlainString()).append(' ').append(units[unit]);
  }

  @Override
  public StringBuffer format(long value, StringBuffer out, FieldPosition position) {
    return format((double) value, out, position);
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("Units: is for writing only");
  }
}
