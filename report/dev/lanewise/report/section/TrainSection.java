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

/// The time of a training step.
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
    return Section.ofTable("training", "A training step",
        "Time of one update by stochastic gradient descent: gather the batch, forward pass, the loss’s cotangent, "
            + "pull, parameter update. Perceptrons have ReLU; the loss is softmax cross-entropy, or half the squared "
            + "error with one output. The CNNs have two convolutions of 3 × 3 with 16 and 32 channels, each followed "
            + "by a max pool, and a dense layer; the LSTM’s last state feeds one.",
        new Table("Time of a step", List.of("Network", "Batch", "Precision", "Time"), rows));
  }

  /// The title of `cnn-28x28`: `CNN 28×28`.
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
