package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Both modes on networks that another program trained.
final class NetworkSection {

  private NetworkSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Bar> bars = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> winners = new ArrayList<>();
    Csv csv = new Csv("network,precision,chunk,forward_ns,reverse_ns");
    for (Measurement forward : results.of(Suite.NETWORKS)) {
      Optional<Measurement> other = forward.param("mode").equals("FORWARD") ? reverseOf(forward, results)
          : Optional.empty();
      if (other.isPresent()) {
        Measurement reverse = other.get();
        String precision = forward.precision();
        String key = "network." + forward.param("network") + "." + precision + ".chunk" + forward.param("chunk") + ".";
        summary.put(key + "forward_ns", forward.time());
        summary.put(key + "reverse_ns", reverse.time());
        summary.put(key + "forward_multiply_adds", forward.multiplyAdds());
        summary.put(key + "reverse_multiply_adds", reverse.multiplyAdds());
        boolean forwardWins = forward.time() < reverse.time();
        double factor = forwardWins ? reverse.time() / forward.time() : forward.time() / reverse.time();
        String faster = summary.put(key + "faster", forwardWins ? "forward" : "reverse");
        String by = summary.put(key + "faster_by", factor);
        rows.add(List.of(title(forward), precision, forward.param("chunk"),
            summary.time(forward.time()), summary.time(reverse.time()), faster + " by " + by + "×",
            String.format(Locale.ROOT, "%,d", forward.multiplyAdds()),
            String.format(Locale.ROOT, "%,d", reverse.multiplyAdds())));
        csv.row("%s,%s,%s,%.2f,%.2f", forward.param("network"), precision, forward.param("chunk"), forward.time(),
            reverse.time());
        if (forward.param("chunk").equals("1") && precision.equals("float")) {
          double least = Math.min(forward.time(), reverse.time());
          bars.add(new Bar(forward.param("network"), "forward", forward.time() / least));
          bars.add(new Bar(forward.param("network"), "reverse", reverse.time() / least));
          winners.add(faster + " mode by " + by + "× on " + forward.param("network"));
        }
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(section(bars, rows, winners, csv.toString()));
  }

  private static Section section(List<Bar> bars, List<List<String>> rows, List<String> winners, String csv) {
    String title = "Time over that of the faster mode, one direction at a time, float";
    List<Picture> pictures = bars.isEmpty() ? List.of() : List.of(
        new Picture("networks", title, "Faster is " + String.join(", ", winners) + ".",
            Bars.svg("networks", title, "times the faster mode", bars, List.of(Theme.FORWARD, Theme.REVERSE), "0.00"),
            csv));
    return new Section("networks", "Real networks",
        "Perceptrons trained by PyTorch, at a held-out row of their data; their Jacobians were checked against "
            + "PyTorch’s before they were timed. The autoencoder has as many inputs as outputs, so the claim "
            + "names no winner.",
        pictures, List.of(new Table("All combinations measured",
            List.of("Network", "Precision", "Chunk", "T forward", "T reverse", "Faster",
                "Multiply-adds forward", "Multiply-adds reverse"),
            rows)));
  }

  private static Optional<Measurement> reverseOf(Measurement forward, Results results) {
    return results.of(Suite.NETWORKS).stream().filter(other -> other.param("mode").equals("REVERSE")
        && other.param("network").equals(forward.param("network"))
        && other.param("chunk").equals(forward.param("chunk"))
        && other.param("precision").equals(forward.param("precision"))).findFirst();
  }

  private static String title(Measurement measured) {
    return switch (measured.param("network")) {
      case "digits-mlp" -> "digits-mlp 64-32-16-10, relu";
      case "digits-autoencoder" -> "digits-autoencoder 64-128-8-128-64, tanh";
      case "diabetes-mlp" -> "diabetes-mlp 10-24-12-1, tanh";
      default -> measured.param("network");
    };
  }
}
