package dev.lanewise.report.section.claim;

import dev.lanewise.report.result.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Names of settings inside a sentence: the number of directions at a time, followed by precision and virtual machine
/// if several were measured.
final class Settings {

  private Settings() {}

  /// `one direction at a time (float; double; float, serial collector) and in chunks of 64 (float)`.
  ///
  /// @param all all settings measured: the brackets are left out if there is a single variant
  static String named(List<Setting> settings, List<Setting> all) {
    boolean several = all.stream().map(Settings::variant).distinct().count() > 1;
    Map<String, List<String>> variants = new LinkedHashMap<>();
    settings.forEach(setting ->
        variants.computeIfAbsent(manner(setting), _ -> new ArrayList<>()).add(variant(setting)));
    List<String> named = new ArrayList<>();
    variants.forEach((manner, its) -> named.add(several ? manner + " (" + String.join("; ", its) + ")" : manner));
    return Figures.joined(named);
  }

  /// Settings in the order of [#named].
  static <T> List<T> ordered(List<T> all, Function<T, Setting> setting) {
    Map<String, List<T>> byManner = all.stream()
        .collect(Collectors.groupingBy(each -> manner(setting.apply(each)), LinkedHashMap::new, Collectors.toList()));
    return byManner.values().stream().flatMap(List::stream).toList();
  }

  private static String manner(Setting setting) {
    if (!setting.isElided()) {
      return setting.chunk() == 1 ? "one direction at a time" : "in chunks of " + setting.chunk();
    }
    return (setting.chunk() == 1 ? "" : "in chunks of " + setting.chunk() + " ")
        + "with the first and last weights as seeds";
  }

  private static String variant(Setting setting) {
    return setting.precision().toLowerCase(Locale.ROOT) + setting.other().map(jvm -> ", " + jvm.title).orElse("");
  }
}
