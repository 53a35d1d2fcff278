package dev.lanewise.report.content;

import dev.lanewise.report.chart.Units;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// All figures of the report, under flat dotted keys; `report/README.md` explains each.
///
/// The page's tables and sentences take their figures from here, so that the page and `summary.json` agree.
public final class Summary {

  private static final MathContext FIGURES = new MathContext(3);

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final MathContext shown;

  /// @param shown significant digits of times and rates: those that another run would not change
  public Summary(int shown) {
    this.shown = new MathContext(shown);
  }

  /// Times and rates are shown to three digits.
  public Summary() {
    this(FIGURES.getPrecision());
  }

  /// Stores a number, rounded to three significant digits, and returns it as text.
  public String put(String key, double value) {
    return put(key, (Object) (Double.isFinite(value) ? rounded(value, FIGURES) : String.valueOf(value)));
  }

  /// Stores a time or a rate and returns it as text. It differs between runs more than a ratio of two times measured in
  /// turn, so the text has only the digits that this allows.
  public String putRate(String key, double value) {
    String all = put(key, value);
    return Double.isFinite(value) ? rounded(value, shown).toPlainString() : all;
  }

  /// A time as text, with the digits that its spread allows.
  public String time(double nanos) {
    return Units.time(nanos, shown.getPrecision());
  }

  /// The significant digits of times and rates.
  public int shownFigures() {
    return shown.getPrecision();
  }

  private static BigDecimal rounded(double value, MathContext context) {
    BigDecimal rounded = new BigDecimal(value).round(context);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /// Stores a whole number, exactly.
  public String put(String key, long value) {
    return put(key, (Object) value);
  }

  public String put(String key, String value) {
    return put(key, (Object) value);
  }

  private String put(String key, Object value) {
    if (figures.put(key, value) != null) {
      throw new IllegalStateException("Summary: " + key + " is stored twice");
    }
    return text(key);
  }

  public String text(String key) {
    Object value = figures.get(key);
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  public boolean has(String key) {
    return figures.containsKey(key);
  }

  /// A figure as a number; NaN if it is absent or not a number.
  public double number(String key) {
    return figures.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  public Map<String, Object> figures() {
    return Collections.unmodifiableMap(figures);
  }

  public String json() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n";
  }
}
