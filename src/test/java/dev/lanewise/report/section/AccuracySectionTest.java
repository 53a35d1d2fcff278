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

/// What the report makes of scans for the largest error.
class AccuracySectionTest {

  @Test
  void theLargestErrorOfAllForksCounts() {
    Summary summary = new Summary();
    Results results = new Results(List.of(
        scan("FLOAT",
        Map.of("leakyRelu", new double[][] {{0.5, 0.5}, {0.75, 0.25}}, "exp", new double[][] {{0.876}, {0.5}})),
        scan("DOUBLE", Map.of("exp", new double[][] {{0.79}}))), "");
    Section section = AccuracySection.of(results, summary).orElseThrow();
    assertEquals("0.75", summary.text("activation.leaky_relu.float.max_ulp"));
    assertEquals("0.790", summary.text("activation.exp.double.max_ulp"));
    assertEquals(List.of(List.of("exp", "0.876", "0.790"), List.of("leaky relu", "0.75", "–")),
        section.tables().getFirst().rows());
  }

  @Test
  void withoutScansThereIsNoSection() {
    assertTrue(AccuracySection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }

  private static Measurement scan(String precision, Map<String, double[][]> counters) {
    return new Measurement("kernel.AccuracyBenchmark.report", Map.of("precision", precision), new double[][] {{1}},
        counters);
  }
}
