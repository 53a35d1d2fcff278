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

/// What the report makes of elementwise functions and their rivals.
class ElementwiseSectionTest {

  @Test
  void speedsAreTheRivalsTimeOverOurs() {
    Summary summary = new Summary();
    Results results =
        new Results(List.of(measured("TANH", 1024, 40, 100, 0, 251), measured("GELU", 1 << 24, 90, 100, 110, 0)), "");
    Section section = ElementwiseSection.of(results, summary).orElseThrow();
    assertEquals("2.51", summary.text("activation.tanh.float.vs_jdk"));
    assertEquals("0.900", summary.text("activation.gelu.float.dram_over_copy"));
    assertEquals("1.10", summary.text("activation.gelu.float.n16777216.fused_over_value"));
    assertEquals(List.of(
        List.of("float, n = 16777216", "gelu", "0.900", "–", "1.10"),
        List.of("float, n = 1024", "tanh", "0.400", "2.51", "–")), section.tables().getFirst().rows());
  }

  @Test
  void againstMklRoundsThatSomebodySatOutAreLeftOut() {
    Map<String, double[][]> counters = Map.of("value", new double[][] {{100, 200, 100}}, "vml",
        new double[][] {{150, 150, 150}},
        "jdk", new double[][] {{300, 600, 300}}, "scalar", new double[][] {{4000, 0, 0}});
    Results results = new Results(List.of(peers(1024, counters), peers(65536, counters)), "");
    Summary summary = new Summary();
    Section section = ElementwiseSection.of(results, summary).orElseThrow();
    assertEquals("1.5", summary.text("activation.tanh.double.vs_vml"));
    assertEquals("3", summary.text("activation.tanh.double.vs_jdk"));
    assertEquals("40", summary.text("activation.tanh.double.n65536.vs_scalar"));
    assertEquals(List.of("double, n = 1024", "tanh", "1.5", "3", "40"), section.tables().getFirst().rows().getFirst());
    summary.put("machine.vml", "libmkl_vml_avx2.so.3");
    assertEquals(List.of("elementwise against MKL’s VML (libmkl_vml_avx2.so.3), 1024 elements: tanh 1.5 × in double"),
        ElementwiseSection.verdict(summary));
  }

  private static Measurement peers(int n, Map<String, double[][]> counters) {
    return new Measurement("kernel.ElementwisePeersBenchmark.round",
        Map.of("precision", "DOUBLE", "n", String.valueOf(n), "function", "TANH"), new double[][] {{1, 1, 1}},
        counters);
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(ElementwiseSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }

  private static Measurement measured(String function, int n, double copy, double value, double fused, double jdk) {
    return new Measurement("kernel.ElementwiseBenchmark.round",
        Map.of("precision", "FLOAT", "n", String.valueOf(n), "function", function),
        new double[][] {{1}}, Map.of("copy", new double[][] {{copy}}, "value", new double[][] {{value}},
            "fused", new double[][] {{fused}}, "jdk", new double[][] {{jdk}}));
  }
}
