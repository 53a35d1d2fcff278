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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Passes of layers and training steps against other libraries, all in float on one thread.
final class LayerPeersSection {

  private static final String OURS = "lanewise";
  private static final Set<String> NO_RIVALS = Set.of(OURS, "gemm512", "peakGigaflops");
  private static final String LOSES = "▼ ";
  private static final String ABSENT = "not there";

  private static final Pattern MEAN =
      Pattern.compile("(conv|recurrent|train)\\.(geomean_vs_)?(onednn|onednn_blocked|pytorch)");

  private LayerPeersSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    List<Measurement> measured = Stream.of(Suite.CONVOLUTION_PEERS, Suite.NETWORK_PEERS)
        .flatMap(suite -> results.of(suite).stream()).sorted(Comparator.comparing(LayerPeersSection::subject))
        .toList();
    for (Measurement each : measured) {
      for (String rival : rivals(each)) {
        rows.add(List.of(subject(each), title(rival), each.isAbsent(rival) ? ABSENT : ratio(each, rival, summary)));
      }
    }
    means(measured, summary);
    return Section.ofTable("layer-peers", "Layers and steps against other libraries",
        "The other library’s time over ours, measured in turn; medians over rounds. Above 1 we are faster; "
            + LOSES.strip()
            + " marks where we are not. Images are in plain layout; oneDNN takes part a second time in the layout "
            + "it prefers. A gradient is a value with the pull for θ̄.",
        new Table("Ratios by subject", List.of("Subject", "Library", "Its time / ours"), rows));
  }

  private static String ratio(Measurement measured, String rival, Summary summary) {
    double ratio = measured.medianRatio(rival, OURS);
    return (ratio < 1 ? LOSES : "") + summary.put(subject(measured) + ".vs_" + key(rival), ratio);
  }

  /// The beginning of its keys: `conv.32-64.28x28.3x3.b32.value`, `recurrent.lstm.t50.32-64.b1.gradient`,
  /// `train.step.cnn-8x8.b1`, `train.step.64-32-16-10.b32`.
  private static String subject(Measurement measured) {
    String pass = measured.param("pass").toLowerCase(Locale.ROOT);
    if (measured.benchmark().equals(Suite.CONVOLUTION_PEERS.benchmark)) {
      return "conv." + measured.param("shape").replace(" g1 ", " ").replace(' ', '.') + "." + pass;
    }
    String[] words = measured.param("network").split(" ");
    String batch = ".b" + measured.param("batch");
    return pass.equals("step") ? "train.step." + (words[0].equals("mlp") ? "" : words[0] + "-") + words[1] + batch
        : "recurrent." + words[0] + ".t50." + words[1] + batch + "." + pass;
  }

  /// A rival's key in the summary: `onednn_blocked`.
  private static String key(String rival) {
    return rival.equals("torch") ? "pytorch" : rival.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /// The title of a contestant, or of a part of a key.
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

  /// `conv.geomean_vs_onednn` over all convolutions, or `conv.onednn` if that library is not available.
  private static void means(List<Measurement> measured, Summary summary) {
    for (String kind : measured.stream().map(LayerPeersSection::kind).distinct().toList()) {
      List<Measurement> of = measured.stream().filter(each -> kind(each).equals(kind)).toList();
      for (String rival : of.stream().flatMap(each -> rivals(each).stream()).distinct().toList()) {
        List<Measurement> beside = of.stream().filter(each -> rivals(each).contains(rival) && !each.isAbsent(rival))
            .toList();
        if (beside.isEmpty()) {
          summary.put(kind + "." + key(rival), ABSENT);
        } else {
          summary.put(kind + ".geomean_vs_" + key(rival),
              Contest.geometricMean(beside.stream().mapToDouble(each -> each.medianRatio(rival, OURS))));
        }
      }
    }
  }

  private static String kind(Measurement measured) {
    return subject(measured).substring(0, subject(measured).indexOf('.'));
  }

  /// A line for each kind of subject and library.
  static List<String> verdict(Summary summary) {
    return summary.figures().keySet().stream().filter(key -> MEAN.matcher(key).matches()).map(key -> {
      Matcher mean = MEAN.matcher(key);
      mean.matches();
      String what = mean.group(1).equals("conv") ? "convolutions" : mean.group(1).equals("recurrent")
          ? "recurrent layers" : "steps of training";
      String library = title(mean.group(3));
      return what + " in float: " + (mean.group(2) == null ? library + " is not available, machine.torch says why"
          : summary.text(key) + " × the speed of " + library + " (geometric mean)");
    }).toList();
  }
}
