package dev.lanewise.report;

import java.util.SortedMap;
import java.util.TreeMap;

/// One benchmark with one choice of parameters: what one fork measures.
///
/// @param suite what the progress bar calls it
/// @param benchmark class and method, without the packages above
/// @param params JMH's parameters by name
record Trial(String suite, String benchmark, SortedMap<String, String> params) {

  /// A trial with the parameters `name, value, name, value, …`.
  static Trial of(String suite, String benchmark, Object... params) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < params.length; i += 2) {
      map.put(params[i].toString(), params[i + 1].toString());
    }
    return new Trial(suite, benchmark, map);
  }

  /// JMH's include pattern for this benchmark alone.
  String pattern() {
    return "^dev\\.lanewise\\." + benchmark.replace(".", "\\.") + "$";
  }
}
