package dev.lanewise.report.content;

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

  /// Notes a number, rounded to three figures, and gives it as text.
  public String put(String key, double value) {
    return put(key, (Object) (Double.isFinite(value) ? rounded(value) : String.valueOf(value)));
  }

  private static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(FIGURES);
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

  /// A figure as the page shows it.
  public String text(String key) {
    Object value = figures.get(key);
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  public Map<String, Object> figures() {
    return Collections.unmodifiableMap(figures);
  }

  public String json() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n";
  }
}
