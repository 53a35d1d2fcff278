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

/// What the report makes of steps of training.
class TrainSectionTest {

  @Test
  void timesAreInMicrosecondsUnderTheNetworksName() {
    Summary summary = new Summary();
    Section section = TrainSection.of(
        new Results(List.of(step("FLOAT", "2", 1e6), step("DOUBLE", "1", 8e3), step("FLOAT", "1", 2e6)), ""), summary)
        .orElseThrow();
    assertEquals("2000", summary.text("train.step.4-8-2.b32.us"));
    assertEquals("1000", summary.text("train.step.4-8-2.b32.t2.us"));
    assertEquals("8", summary.text("train.step.4-8-2.b32.double.us"));
    assertEquals(List.of("4-8-2", "32", "float", "2000 µs"), section.tables().getFirst().rows().getFirst());
  }

  @Test
  void convolutionalAndRecurrentNetworksHaveTitles() {
    Summary summary = new Summary();
    Section section = TrainSection.of(
        new Results(List.of(step("cnn-8x8", "FLOAT", "1", 1e3), step("lstm-50x2-64", "FLOAT", "1", 2e3)), ""), summary)
        .orElseThrow();
    assertEquals("2", summary.text("train.step.lstm-50x2-64.b32.us"));
    assertEquals(List.of("CNN 8×8", "LSTM 2→64, T = 50"),
        section.tables().getFirst().rows().stream().map(List::getFirst).toList());
  }

  private static Measurement step(String precision, String threads, double nanos) {
    return step("4-8-2", precision, threads, nanos);
  }

  private static Measurement step(String network, String precision, String threads, double nanos) {
    return new Measurement("train.StepBenchmark.step",
        Map.of("network", network, "batch", "32", "precision", precision, "threads", threads),
        new double[][] {{nanos, nanos, 9 * nanos}}, Map.of());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(TrainSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }
}
