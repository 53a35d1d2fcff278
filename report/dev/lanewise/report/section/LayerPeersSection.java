package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Contest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Passes of layers, and steps of training, against other libraries; all in float on one thread.
final class LayerPeersSection {

  private static final String OURS = "lanewise";
  private static final Set<String> NO_RIVALS = Set.of(OURS, "gemm512", "peakGigaflops");
  private static final String LOSES = "▼ ";

  private LayerPeersSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    List<Measurement> measured = Stream.of(Suite.CONVOLUTION_PEERS, Suite.NETWORK_PEERS)
        .flatMap(suite -> results.of(suite.benchmark).stream()).sorted(Comparator.comparing(LayerPeersSection::subject)).toList();
    for (Measurement each : measured) {
      for (String rival : rivals(each)) {
        double ratio = each.medianRatio(rival, OURS);
        String text = summary.put(subject(each) + ".vs_" + key(rival), ratio);
        rows.add(List.of(subject(each), title(rival), (ratio < 1 ? LOSES : "") + text));
      }
    }
    means(measured, summary);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Section("layer-peers", "Layers and steps against other libraries",
        "The other library’s time over ours, taken in turn in rounds, the median over rounds: above 1 we are the faster, " + LOSES.strip()
            + " marks where we are not. Images have their axes in order; oneDNN takes part a second time in the layout that it likes best. "
            + "A gradient is a value with the pull for θ̄.",
        List.of(), List.of(new Table("Ratios by subject", List.of("Subject", "Library", "Its time / ours"), rows))));
  }

  /// The beginning of its keys: `conv.32-64.28x28.3x3.b32.value`, `recurrent.lstm.t50.32-64.b1.gradient`, `train.step.cnn-8x8.b1`.
  private static String subject(Measurement measured) {
    String pass = measured.param("pass").toLowerCase(Locale.ROOT);
    if (measured.benchmark().equals(Suite.CONVOLUTION_PEERS.benchmark)) {
      return "conv." + measured.param("shape").replace(" g1 ", " ").replace(' ', '.') + "." + pass;
    }
    String[] words = measured.param("network").split(" ");
    String batch = ".b" + measured.param("batch");
    return pass.equals("step") ? "train.step." + words[0] + "-" + words[1] + batch
        : "recurrent." + words[0] + ".t50." + words[1] + batch + "." + pass;
  }

  /// In the summary: `onednn_blocked`.
  private static String key(String rival) {
    return rival.equals("torch") ? "pytorch" : rival.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /// For people, of a contestant or of what stands in a key.
  private static String title(String rival) {
    return switch (rival) {
      case "torch", "pytorch" -> "PyTorch";
      case "onednn" -> "oneDNN";
      case "onednnBlocked", "onednn_blocked" -> "oneDNN in its layout";
      default -> rival;
    };
  }

  private static List<String> rivals(Measurement measured) {
    return measured.counters().keySet().stream().filter(name -> !NO_RIVALS.contains(name)).sorted().toList();
  }

  /// `conv.geomean_vs_onednn` over all convolutions.
  private static void means(List<Measurement> measured, Summary summary) {
    for (String kind : measured.stream().map(LayerPeersSection::kind).distinct().toList()) {
      List<Measurement> of = measured.stream().filter(each -> kind(each).equals(kind)).toList();
      for (String rival : of.stream().flatMap(each -> rivals(each).stream()).distinct().toList()) {
        summary.put(kind + ".geomean_vs_" + key(rival), Contest.geometricMean(of.stream().mapToDouble(each -> each.medianRatio(rival, OURS))));
      }
    }
  }

  private static String kind(Measurement measured) {
    return subject(measured).substring(0, subject(measured).indexOf('.'));
  }

  /// A line for each kind of subject and library.
  static List<String> verdict(Summary summary) {
    return summary.figures().keySet().stream().filter(key -> key.matches("(conv|recurrent|train)\\.geomean_vs_\\w+")).map(key -> {
      String what = key.startsWith("conv") ? "convolutions" : key.startsWith("recurrent") ? "recurrent layers" : "steps of training";
      return what + " in float: " + summary.text(key) + " × the speed of " + title(key.substring(key.indexOf("vs_") + 3)) + " (geometric mean)";
    }).toList();
  }
}
