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

/// What the report makes of products with a stage fused into them.
class EpilogueSectionTest {

  @Test
  void ratiosAreTakenInIterationsAndTheirMedianCounts() {
    // The medians of the times alone would give 300/200.
    Measurement measured = new Measurement("kernel.EpilogueBenchmark.round",
        Map.of("precision", "FLOAT", "n", "64", "activation", "TANH", "epilogue", "VALUE_AND_SLOPE"),
        new double[][] {{1, 1}, {1}},
        Map.of("bare", new double[][] {{100, 400}, {200}}, "fused", new double[][] {{110, 480}, {300}}));
    Summary summary = new Summary();
    Section section = EpilogueSection.of(new Results(List.of(measured), ""), summary).orElseThrow();
    assertEquals("1.20", summary.text("epilogue.float.n64.tanh.value_and_slope.over_gemm"));
    assertEquals(List.of("float, n = 64", "tanh", "φ(C + bias), φ′ kept", "1.20"),
        section.tables().getFirst().rows().getFirst());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(EpilogueSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }
}
