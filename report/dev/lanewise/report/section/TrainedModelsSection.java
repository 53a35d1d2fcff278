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

/// The scores of the examples' models on held-out rows.
final class TrainedModelsSection {

  /// @param counter the benchmark's counter
  /// @param figure the name of the counted figure, in keys
  /// @param model the model's title
  private record Model(String counter, String figure, String model) {}

  private static final List<Model> MODELS = List.of(
      new Model("iris", "accuracy", "iris, 4-16-3: accuracy, 5-fold cross-validation, mean of 5 divisions"),
      new Model("diabetes", "r2",
      "diabetes, 10-100-1: R², 5-fold cross-validation, weight decay chosen by a nested one"),
      new Model("digits", "accuracy", "digits, 64-100-100-10: accuracy on a fifth held out, mean of 5 seeds"));

  private TrainedModelsSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (Measurement measured : results.of(Suite.MODELS)) {
      for (Model model : MODELS) {
        String key = "train." + model.counter + ".";
        rows.add(List.of(model.model, summary.put(key + model.figure, measured.median(model.counter)),
            summary.put(key + "seconds", measured.median(model.counter + "Seconds"))));
      }
    }
    return Section.ofTable("trained", "Trained models",
        "The examples, each run once: float, one thread, times including compilation and reading.",
        new Table("On held-out rows", List.of("Model", "Reached", "Seconds"), rows));
  }
}
