package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long a step of training takes.
final class TrainSection {

  private TrainSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Measurement> measured = results.of(Suite.STEPS).stream()
        .sorted(Measurement.floatFirst()
            .thenComparingInt(each -> each.intParam("threads"))
            .thenComparing(each -> each.param("network")).thenComparingInt(each -> each.intParam("batch"))).toList();
    List<List<String>> rows = new ArrayList<>();
    for (Measurement each : measured) {
      boolean alone = each.param("threads").equals("1");
      boolean single = each.isFloat();
      String key = "train.step." + each.param("network") + ".b" + each.param("batch")
          + (single ? "" : ".double") + (alone ? "" : ".t" + each.param("threads")) + ".us";
      rows.add(List.of(title(each.param("network")), each.param("batch"), (single ? "float" : "double")
          + (alone ? "" : ", " + each.param("threads") + " threads"), summary.putRate(key, each.time() / 1e3) + " µs"));
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Section("training", "A step of training",
        "Time of one update by stochastic gradient descent: a batch's rows gathered, the forward pass, the loss's cotangent, the pull, "
            + "the parameters moved. ReLU, cross-entropy of softmax; half the squared error where there is one output. The CNNs have two convolutions of 3 × 3, "
            + "16 and 32 channels, with a max pool behind each, and a dense layer; the LSTM’s last state goes into one.",
        List.of(), List.of(new Table("Time of a step", List.of("Network", "Batch", "Precision", "Time"), rows))));
  }

  /// `cnn-28x28` for people: `CNN 28×28`.
  private static String title(String network) {
    String[] parts = network.split("-");
    return switch (parts[0]) {
      case "cnn" -> "CNN " + parts[1].replace('x', '×');
      case "lstm" -> "LSTM " + parts[1].replaceFirst("\\d+x", "") + "→" + parts[2] + ", T = "
          + parts[1].replaceFirst("x\\d+", "");
      default -> network;
    };
  }
}
