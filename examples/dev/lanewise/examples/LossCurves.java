package dev.lanewise.examples;

import dev.lanewise.report.chart.EpochLines.Line;
import dev.lanewise.report.chart.EpochLines;
import dev.lanewise.train.Progress;
import dev.lanewise.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A listener that remembers the losses of a training, and draws them.
final class LossCurves implements TrainingListener {

  private final List<Double> training = new ArrayList<>();
  private final List<Double> validation = new ArrayList<>();

  @Override
  public void onEpoch(Progress progress) {
    training.add(progress.loss());
    if (Double.isFinite(progress.validationLoss())) {
      validation.add(progress.validationLoss());
    }
  }

  /// Writes `folder`/`name`.svg.
  ///
  /// @return where it is
  Path draw(Path folder, String name, String loss) throws IOException {
    List<Line> lines = new ArrayList<>(List.of(new Line("training", training)));
    if (!validation.isEmpty()) {
      lines.add(new Line("validation", validation));
    }
    String svg = EpochLines.svg(name, "Loss of " + name + " by epoch", loss, lines).wide();
    return Files.writeString(Files.createDirectories(folder).resolve(name + ".svg"), svg);
  }
}
