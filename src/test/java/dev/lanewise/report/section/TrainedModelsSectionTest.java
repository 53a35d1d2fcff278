package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the report makes of the examples' figures.
class TrainedModelsSectionTest {

  @Test
  void figuresStandUnderTheirKeys() {
    Measurement measured = new Measurement("train.TrainedModelsBenchmark.report", Map.of(), new double[][] {{1}},
        Map.of(
        "iris", new double[][] {{0.96}}, "diabetes", new double[][] {{0.4721}}, "digits", new double[][] {{0.98166}},
        "irisSeconds", new double[][] {{3.6}}, "diabetesSeconds", new double[][] {{2}}, "digitsSeconds",
        new double[][] {{1.5}}));
    Summary summary = new Summary();
    Section section = TrainedModelsSection.of(new Results(List.of(measured), ""), summary).orElseThrow();
    assertEquals("0.982", summary.text("train.digits.accuracy"));
    assertEquals("0.472", summary.text("train.diabetes.r2"));
    assertEquals("0.960", summary.text("train.iris.accuracy"));
    assertEquals("3.60", summary.text("train.iris.seconds"));
    assertEquals(3, section.tables().getFirst().rows().size());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(TrainedModelsSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }
}
