package dev.lanewise.report.content;

import java.util.Locale;

/// Comma-separated values: a header, then rows.
public final class Csv {

  private final StringBuilder text;

  public Csv(String head) {
    text = new StringBuilder(head).append('\n');
  }

  /// @param format the format of one row, without the end of the line
  public void row(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
