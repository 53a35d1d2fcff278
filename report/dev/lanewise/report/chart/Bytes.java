package dev.lanewise.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Sizes in the binary unit that suits them.
public final class Bytes extends NumberFormat {

  private static final long serialVersionUID = 1;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  private Bytes() {}

  /// For an axis: `16 KiB`.
  static NumberFormat format() {
    return new Bytes();
  }

  /// To three figures: `2.25 KiB`.
  public static String of(double bytes) {
    return new Bytes().format(bytes);
  }

  @Override
  public StringBuffer format(double bytes, StringBuffer out, FieldPosition position) {
    int unit = (int) Math.clamp(Math.floor(Math.log(bytes) / Math.log(1024) + 1e-9), 0, UNITS.length - 1.0);
    BigDecimal rounded = new BigDecimal(bytes / Math.pow(1024, unit)).round(new MathContext(3)).stripTrailingZeros();
    return out.append(rounded.toPlainString()).append(' ').append(UNITS[unit]);
  }

  @Override
  public StringBuffer format(long bytes, StringBuffer out, FieldPosition position) {
    return format((double) bytes, out, position);
  }

  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("Bytes: is for writing only");
  }
}
