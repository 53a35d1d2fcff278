package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of layers from expressions.
class GraphSectionTest {

  private static final double[][] NANOS = {{1, 1, 1}};

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static double[][] three(double first, double second, double third) {
    return new double[][] {{first, second, third}};
  }

  /// In one iteration all was slow. The medians of the times alone would give 110/110 for the value.
  private static Measurement perceptron(String precision) {
    return new Measurement(Suite.GRAPH_PERCEPTRONS.benchmark, Map.of("precision", precision), NANOS, Map.of(
        "value", three(110, 330, 105), "sequentialValue", three(100, 300, 110),
        "jacobian", three(9000, 9000, 9000), "sequentialJacobian", three(9000, 8000, 9000),
        "step", three(1500, 1400, 1600), "sequentialStep", three(1250, 1000, 1600), "bytes", three(0, 24, 0)));
  }

  private static double[][] always(double value) {
    return three(value, value, value);
  }

  private static Measurement network(
      String name, String precision, double forward, double reverse, double mixed, double auto) {
    return new Measurement(Suite.GRAPH_MODES.benchmark, Map.of("network", name, "precision", precision), NANOS, Map.of(
        "forward", always(forward), "reverse", always(reverse), "mixed", always(mixed), "auto", always(auto),
        "valueMultiplyAdds", always(10), "forwardMultiplyAdds", always(290), "reverseMultiplyAdds", always(310),
        "mixedMultiplyAdds", always(90)));
  }

  private static Measurement primitives() {
    return new Measurement(Suite.GRAPH_PRIMITIVES.benchmark, Map.of(), NANOS, Map.of("primitives", always(33),
        "value", three(740, 420, 900), "valueOfOne", always(100), "push", always(1000), "pushOfOne", always(40),
        "pull", always(1700), "pullOfOne", always(100)));
  }

  private Section section(Measurement... measured) {
    return GraphSection.of(new Results(List.of(measured), ""), summary).orElseThrow();
  }

  @Test
  void theLargestRatioOverSequentialIsTheFigure() {
    Section section = section(perceptron("DOUBLE"), perceptron("FLOAT"));
    assertEquals("1.10", summary.text("graph.mlp.value.over_sequential"));
    assertEquals("1", summary.text("graph.mlp.jacobian.over_sequential"));
    assertEquals("1.20", summary.text("graph.mlp.step.over_sequential"));
    assertEquals("1.20", summary.text("graph.mlp.over_sequential"));
    assertEquals("1.20", summary.text("graph.mlp.double.over_sequential"));
    assertEquals("24", summary.text("graph.mlp.bytes"));
    assertEquals(List.of("Value, float", "110 ns", "110 ns", "1.10", "24"),
        section.tables().getFirst().rows().getFirst());
    Picture picture = section.pictures().getFirst();
    assertEquals("In float the expression takes at most 1.20 times as long.", picture.sentence());
    assertTrue(picture.csv().contains("double,step,1.5000,1.2500,1.2000\n"), picture.csv());
    assertTrue(picture.svg().contains("double<"), "both precisions are named");
  }

  @Test
  void modesAreComparedOnEachNetwork() {
    Section section = section(network("attention", "FLOAT", 4e7, 3e7, 2e7, 3e7),
        network("residual.256-16-256", "FLOAT", 3e6, 2e6, 1e6, 1.04e6),
        network("residual.256-16-256", "DOUBLE", 3e6, 2e6, 2e6, 3e6));
    assertEquals("2", summary.text("graph.residual.mixed_speedup"));
    assertEquals("1.04", summary.text("graph.residual.auto_regret"));
    assertEquals("1", summary.text("graph.residual.256-16-256.double.mixed_speedup"));
    assertEquals("1.5", summary.text("graph.residual.256-16-256.double.auto_regret"));
    assertEquals("3", summary.text("graph.residual.256-16-256.counted_speedup"));
    assertEquals("40000", summary.text("graph.attention.forward_us"));
    assertEquals("30000", summary.text("graph.attention.reverse_us"));
    assertEquals(List.of("8 × (x + 256-16-256)", "3 ms", "2 ms", "1 ms", "1.04 ms", "2", "3", "1.04"),
        section.tables().getFirst().rows().getFirst());
    Picture picture = section.pictures().getFirst();
    assertEquals("MIXED gains most on 8 × (x + 256-16-256): it is 2.00 times as fast as the faster pure mode, "
        + "with 1/3.00 of the multiply-adds.", picture.sentence());
    String line = "attention,FLOAT,40000.0000,30000.0000,20000.0000,30000.0000,1.5000,3.0000,1.5000\n";
    assertTrue(picture.csv().contains(line), picture.csv());
    assertFalse(picture.svg().contains(", double<"), "one precision is drawn");
  }

  @Test
  void aPrimitiveIsWhatOneMoreTakes() {
    Section section = section(primitives());
    assertEquals("20", summary.text("graph.tiny_primitive_ns"));
    assertEquals("30", summary.text("graph.tiny_primitive.push_ns"));
    assertEquals("50", summary.text("graph.tiny_primitive.pull_ns"));
    assertEquals(List.of("Value", "740 ns", "100 ns", "20 ns"), section.tables().getFirst().rows().getFirst());
    assertTrue(section.pictures().isEmpty());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(GraphSection.of(new Results(List.of(), ""), summary).isEmpty());
  }
}
