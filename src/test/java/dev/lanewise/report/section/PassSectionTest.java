package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of passes beside the gemm.
class PassSectionTest {

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// Two passes in turn, three times each; the medians of the times alone would give the first 200/150.
  private static Measurement measured(Suite suite, Map<String, String> params, String passes) {
    Map<String, String> all = new HashMap<>(params);
    all.put("passes", passes);
    return new Measurement(suite.benchmark, all, new double[][] {{1, 1, 1, 1}, {1, 1}}, Map.of(
        "pass", new double[][] {{0, 1, 0, 1}, {1, 0}},
        "multiplyAdds", new double[][] {{4000, 8000, 4000, 8000}, {8000, 4000}},
        "nanos", new double[][] {{110, 600, 480, 800}, {1000, 200}},
        "gemm", new double[][] {{100, 300, 400, 400}, {200, 150}},
        "peakGigaflops", new double[][] {{100, 100, 50, 100}, {100, 100}}));
  }

  @Test
  void aConvolutionsPassesStandUnderItsShape() {
    Measurement of = measured(Suite.CONVOLUTIONS, Map.of("shape", "32-64.28x28.1x1", "precision", "FLOAT"),
        "b1.push16-b32.theta");
    Section section = PassSection.ofConvolutions(new Results(List.of(of), ""), summary).orElseThrow();
    assertEquals("1.20", summary.text("conv.32-64.28x28.1x1.b1.push16.over_gemm"));
    assertEquals("2", summary.text("conv.32-64.28x28.1x1.b32.theta.over_gemm"));
    assertEquals("0.2", summary.text("conv.32-64.28x28.1x1.b32.theta.peak_share").replaceAll("0+$", ""));
    assertEquals("0.200", summary.text("conv.32-64.28x28.1x1.b1.push16.us"));
    assertEquals(List.of("32→64, 28×28, 1×1", "1", "push of 16"),
        section.tables().getFirst().rows().getFirst().subList(0, 3));
    assertEquals(List.of("32→64, 28×28, 1×1", "32", "pull for θ̄"),
        section.tables().getFirst().rows().getLast().subList(0, 3));
  }

  @Test
  void groupsAreSaid() {
    Results results = new Results(List.of(
        measured(Suite.CONVOLUTIONS, Map.of("shape", "32-32.28x28.3x3.g32", "precision", "DOUBLE"), "b1.value-b1.pull"),
        measured(Suite.CONVOLUTIONS, Map.of("shape", "32-64.28x28.3x3.g4", "precision", "FLOAT"), "b1.value-b1.pull")),
        "");
    Section section = PassSection.ofConvolutions(results, summary).orElseThrow();
    assertEquals("32→64, 28×28, 3×3, 4 groups", section.tables().getFirst().rows().getFirst().getFirst());
    assertEquals("depthwise 32, 28×28, 3×3, double", section.tables().getFirst().rows().getLast().getFirst());
    assertEquals("2", summary.text("conv.32-32.28x28.3x3.g32.b1.pull.double.over_gemm"));
  }

  @Test
  void eachBatchHasAPictureWithItsData() {
    Measurement of = measured(Suite.CONVOLUTIONS, Map.of("shape", "1-16.28x28.3x3", "precision", "FLOAT"),
        "b1.value-b32.theta");
    List<Picture> pictures = PassSection.ofConvolutions(new Results(List.of(of), ""), summary).orElseThrow().pictures();
    assertEquals(List.of("convolutions-b1", "convolutions-b32"), pictures.stream().map(Picture::name).toList());
    assertEquals("layer,batch,pass,us,over_gemm,peak_share\n\"1→16, 28×28, 3×3\",32,theta,0.800,2.0000,0.2000\n",
        pictures.getLast().csv());
    assertEquals("1→16, 28×28, 3×3, pull for θ̄: 2.", pictures.getLast().sentence());
    assertTrue(pictures.stream().allMatch(Picture::isSentence));
  }

  @Test
  void aRecurrentLayersPassesStandUnderItsCell() {
    Results results = new Results(List.of(
        measured(Suite.RECURRENCE, Map.of("cell", "LSTM", "widths", "32-64", "steps", "50", "precision", "FLOAT"),
        "b1.value-b32.pull_all"),
        measured(Suite.RECURRENCE, Map.of("cell", "GRU", "widths", "32-64", "steps", "1", "precision", "FLOAT"),
        "b1.value-b32.push16")), "");
    Section section = PassSection.ofRecurrence(results, summary).orElseThrow();
    assertEquals("2", summary.text("recurrent.lstm.t50.32-64.b32.pull_all.over_gemm"));
    assertEquals("1.20", summary.text("recurrent.gru.t1.32-64.b1.value.over_gemm"));
    assertEquals(List.of("Lstm 32→64, T = 50", "32", "pull for x̄ and θ̄"),
        section.tables().getFirst().rows().get(1).subList(0, 3));
    assertEquals("Gru 32→64, one step", section.tables().getFirst().rows().get(2).getFirst());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(PassSection.ofConvolutions(new Results(List.of(), ""), summary).isEmpty());
    assertTrue(PassSection.ofRecurrence(new Results(List.of(), ""), summary).isEmpty());
  }
}
