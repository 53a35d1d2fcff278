package dev.lanewise.report.run;

import dev.lanewise.report.result.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The options of the forks' virtual machines, and their effect: the collector, and what it chose by itself.
final class Flags {

  /// The options besides those of a [Jvm]. For `-Xbatch` see [dev.lanewise.kernel.SteadyState]. No collector works
  /// while time is measured, since nothing is allocated then.
  private static final List<String> COMMON =
      List.of("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=vectors", "-Xms1g", "-Xmx1g", "-Xbatch");

  private static final Pattern COLLECTOR = Pattern.compile("Use(G1|Serial|Parallel|Z|Shenandoah|Epsilon)GC");
  private static final Pattern FLAG = Pattern.compile("(?m)^\\s*\\w+ (\\w+)\\s+= (\\S+)");

  private Flags() {}

  static List<String> arguments(Jvm jvm) {
    return Stream.of(COMMON, jvm.arguments).flatMap(List::stream).toList();
  }

  /// A process of this Java with the options of `jvm`.
  static ProcessBuilder process(Jvm jvm, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
        Stream.of(List.of(java), arguments(jvm), List.of(arguments)).flatMap(List::stream).toList());
  }

  /// The collectors, by the names of facts about the machine: `collector`, and `collector_serial`, `collector_compact`
  /// if these are measured. Narrow vectors do not change it.
  static Map<String, String> facts(List<Block> blocks) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Jvm jvm : Jvm.values()) {
      if (!jvm.isNarrowed()
          && blocks.stream().flatMap(block -> block.trials().stream()).anyMatch(trial -> trial.jvm() == jvm)) {
        facts.put(jvm == Jvm.MAIN ? "collector" : "collector_" + jvm.key(), described(printed(jvm)));
      }
    }
    return facts;
  }

  private static String printed(Jvm jvm) {
    try {
      Process process = process(jvm, "-XX:+PrintFlagsFinal", "-version")
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  /// A description such as `G1, regions of 1 MiB, compact object headers`.
  ///
  /// @param printed the output of `-XX:+PrintFlagsFinal`
  static String described(String printed) {
    Map<String, String> flags = FLAG.matcher(printed).results()
        .collect(Collectors.toMap((MatchResult flag) -> flag.group(1), flag -> flag.group(2), (one, _) -> one));
    List<String> words = new ArrayList<>();
    flags.entrySet().stream()
        .filter(flag -> COLLECTOR.matcher(flag.getKey()).matches() && flag.getValue().equals("true"))
        .map(flag -> COLLECTOR.matcher(flag.getKey()).replaceAll("$1")).sorted().forEach(words::add);
    if (words.contains("G1") && flags.containsKey("G1HeapRegionSize")) {
      words.add("regions of " + (Long.parseLong(flags.get("G1HeapRegionSize")) >> 20) + " MiB");
    }
    if ("true".equals(flags.get("UseCompactObjectHeaders"))) {
      words.add("compact object headers");
    }
    if (!"8".equals(flags.getOrDefault("ObjectAlignmentInBytes", "8"))) {
      words.add("objects aligned to " + flags.get("ObjectAlignmentInBytes") + " bytes");
    }
    return words.isEmpty() ? "unknown" : String.join(", ", words);
  }
}
