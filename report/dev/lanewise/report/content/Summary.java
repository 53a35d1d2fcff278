package dev.lanewise.report.content;

import dev.lanewise.report.chart.Units;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Every figure of the report, under flat dotted keys; `report/README.md` says what each means.
///
/// The page's tables and sentences take their figures from here, so that page and `summary.json` say the same.
public final class Summary {

  private static final MathContext FIGURES = new MathContext(3);

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final MathContext shown;

  /// @param shown figures to which times and rates are shown: those that another run would not overturn
  public Summary(int shown) {
    this.shown = new MathContext(shown);
  }

  /// All three figures are shown.
  public Summary() {
    this(FIGURES.getPrecision());
  }

  /// Notes a number, rounded to three figures, and gives it as text.
  public String put(String key, double value) {
    return put(key, (Object) (Double.isFinite(value) ? rounded(value, FIGURES) : String.valueOf(value)));
  }

  /// Notes a time or a rate, which differs between runs as a ratio of two taken in turn does not, and gives it as text
  /// to as many figures as that allows.
  public String putRate(String key, double value) {
    String all = put(key, value);
    return Double.isFinite(value) ? rounded(value, shown).toPlainString() : all;
  }

  /// A time for people, to as many figures as its spread allows.
  public String time(double nanos) {
    return Units.time(nanos, shown.getPrecision());
  }

  /// To how many figures times and rates are shown.
  public int shownFigures() {
    return shown.getPrecision();
  }

  private static BigDecimal rounded(double value, MathContext context) {
    BigDecimal rounded = new BigDecimal(value).round(context);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /// Notes a whole number, exactly.
  public String put(String key, long value) {
    return put(key, (Object) value);
  }

  public String put(String key, String value) {
    return put(key, (Object) value);
  }

  private String put(String key, Object value) {
    if (figures.put(key, value) != null) {
      throw new IllegalStateException("Summary: " + key + " stands twice");
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

  /// A figure as a number; NaN where it is none, or not there.
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
