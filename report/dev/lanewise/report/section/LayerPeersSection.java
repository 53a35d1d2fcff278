package dev.lanewise.report.section;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.section.Section.Table;
import dev.lanewise.report.verdict.Contest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Passes of layers, and steps of training, against other libraries. A subject is the key that its figures have in the summary:
/// `conv.32-64.28x28.3x3.b32.value`.
final class LayerPeersSection {

  private static final String OURS = "lanewise";
  private static final Set<String> NO_RIVALS = Set.of(OURS, "peakGigaflops");
  private static final String LOSES = "▼ ";

  private LayerPeersSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    List<Measurement> measured = results.of(Suite.LAYER_PEERS.benchmark).stream()
        .sorted(Comparator.comparing((Measurement each) -> each.param("precision")).reversed().thenComparing(each -> each.param("subject"))).toList();
    for (Measurement each : measured) {
      String key = each.param("subject") + (each.param("precision").equals("FLOAT") ? "." : ".double.");
      for (String rival : rivals(each)) {
        double ratio = each.medianRatio(rival, OURS);
        String text = summary.put(key + "vs_" + rival, ratio);
        rows.add(List.of(each.param("subject"), each.param("precision").toLowerCase(Locale.ROOT), rival, (ratio < 1 ? LOSES : "") + text));
      }
    }
    means(measured, summary);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Section("layer-peers", "Layers and steps against other libraries",
        "The other library’s time over ours, taken in turn in rounds, the median over rounds: above 1 we are the faster, " + LOSES.strip()
            + " marks where we are not.",
        List.of(), List.of(new Table("Ratios by subject", List.of("Subject", "Precision", "Library", "Its time / ours"), rows))));
  }

  private static List<String> rivals(Measurement measured) {
    return measured.counters().keySet().stream().filter(name -> !NO_RIVALS.contains(name)).sorted().toList();
  }

  /// `conv.geomean_vs_onednn` over all convolutions in float.
  private static void means(List<Measurement> measured, Summary summary) {
    List<Measurement> single = measured.stream().filter(each -> each.param("precision").equals("FLOAT")).toList();
    for (String kind : single.stream().map(LayerPeersSection::kind).distinct().toList()) {
      List<Measurement> of = single.stream().filter(each -> kind(each).equals(kind)).toList();
      for (String rival : of.stream().flatMap(each -> rivals(each).stream()).distinct().toList()) {
        summary.put(kind + ".geomean_vs_" + rival, Contest.geometricMean(of.stream().mapToDouble(each -> each.medianRatio(rival, OURS))));
      }
    }
  }

  private static String kind(Measurement measured) {
    String subject = measured.param("subject");
    return subject.substring(0, subject.indexOf('.'));
  }

  /// A line for each library and kind of subject.
  static List<String> verdict(Summary summary) {
    return summary.figures().keySet().stream().filter(key -> key.matches("(conv|recurrent|train)\\.geomean_vs_\\w+")).map(key -> {
      String what = key.startsWith("conv") ? "convolutions" : key.startsWith("recurrent") ? "recurrent layers" : "steps of training";
      return what + " in float: " + summary.text(key) + " × the speed of " + key.substring(key.indexOf("vs_") + 3) + " (geometric mean)";
    }).toList();
  }
}
