package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.verdict.NullComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How small a difference the run can see, and the other load on the machine.
final class NoiseSection {

  /// The prefix of facts that are figures of this section.
  private static final String PREFIX = "noise.";
  private static final String NEIGHBOURS = PREFIX + "neighbours";
  private static final String WATCHED = PREFIX + "forks_watched";

  private static final String NULL = "Where D = M ≤ 64, forward mode also took turns with a copy of itself, in the "
      + "forks that the verdict rests on; any difference is due to the machine. Two modes also differ by how each was "
      + "compiled, which the verdict’s intervals include.";
  private static final String OTHERS = "Other processes or guests used the machine during the measurement.";

  private NoiseSection() {}

  static Optional<Section> of(Results results, Machine machine, Summary summary) {
    machine.facts().forEach((fact, value) -> {
      if (fact.startsWith(PREFIX)) {
        note(fact, value, summary);
      }
    });
    Optional<NullComparison> comparison = NullComparison.of(results);
    List<List<String>> rows = new ArrayList<>();
    comparison.ifPresent(each -> rows.addAll(rows(each, summary)));
    neighbours(summary).ifPresent(said -> rows.add(List.of("Neighbours", said)));
    return comparison.isEmpty() && found(summary).isEmpty() ? Optional.empty()
        : Optional.of(new Section("noise", "What this run resolves", comparison.isPresent() ? NULL : OTHERS, List.of(),
            List.of(new Table("Noise", List.of("What", "Found"), rows))));
  }

  private static void note(String key, String value, Summary summary) {
    try {
      if (key.endsWith("percent")) {
        summary.put(key, Double.parseDouble(value));
      } else {
        summary.put(key, Long.parseLong(value));
      }
    } catch (NumberFormatException _) {
      summary.put(key, value);
    }
  }

  private static List<List<String>> rows(NullComparison comparison, Summary summary) {
    String forks = summary.put(PREFIX + "null_forks", comparison.forks());
    String ratio = summary.put(PREFIX + "null_ratio", comparison.ratio().ratio());
    List<List<String>> rows = new ArrayList<>();
    if (comparison.hasInterval()) {
      rows.add(List.of("Time over the copy’s",
          ratio + ", 95 % interval " + summary.put(PREFIX + "null_low", comparison.ratio().lowRatio()) + " to "
          + summary.put(PREFIX + "null_high", comparison.ratio().highRatio()) + ", " + forks + " forks; p = "
          + summary.put(PREFIX + "null_p", comparison.p())
          + (comparison.isSignificant() ? ": a difference by chance, as in one run of twenty" : "")));
      rows.add(List.of("Smallest effect that can be seen",
          summary.put(PREFIX + "smallest_effect_percent", comparison.smallestEffectPercent()) + " % of a time"));
    } else {
      rows.add(List.of("Time over the copy’s", ratio + " in " + forks + " forks, too few for an interval"));
    }
    rows.add(List.of("Turns interrupted", summary.put(PREFIX + "long_turns_percent", comparison.longTurnsPercent())
        + " % took more than " + NullComparison.LONG + " times their median"));
    return rows;
  }

  /// A text such as `a neighbour took 4 % of the processor's time in 3 of 42 forks`; empty if the results do not say.
  private static Optional<String> neighbours(Summary summary) {
    Map<String, Object> figures = summary.figures();
    if (figures.containsKey(NEIGHBOURS)) {
      return Optional.of(summary.text(NEIGHBOURS));
    }
    if (!figures.containsKey(WATCHED)) {
      return Optional.empty();
    }
    List<String> found = found(summary);
    return Optional.of(found.isEmpty() ? "none in " + summary.text(WATCHED) + " forks" : String.join("; ", found));
  }

  private static List<String> found(Summary summary) {
    return Stream.of(
        found("stolen_", "a neighbour on this host took ", " of the time that was wanted here", summary),
        found("others_", "other processes took ", " of a core", summary)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> found(String key, String who, String what, Summary summary) {
    return summary.has(PREFIX + key + "percent")
        ? Optional.of(who + summary.text(PREFIX + key + "percent") + " %" + what + " in "
        + summary.text(PREFIX + key + "forks") + " of " + summary.text(WATCHED) + " forks") : Optional.empty();
  }

  static Optional<String> verdict(Summary summary) {
    List<String> said = new ArrayList<>();
    if (summary.has(PREFIX + "smallest_effect_percent")) {
      said.add("a difference below " + summary.text(PREFIX + "smallest_effect_percent") + " % cannot be seen");
    }
    neighbours(summary).ifPresent(found -> said.add("neighbours: " + found));
    return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
  }
}
