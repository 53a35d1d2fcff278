package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the report makes of layers and steps in turn with other libraries'.
class LayerPeersSectionTest {

  private static Measurement measured(String subject, String precision, String rival, double... times) {
    return new Measurement(Suite.LAYER_PEERS.benchmark, Map.of("subject", subject, "precision", precision), new double[][] {{1, 1, 1}}, Map.of(
        "lanewise", new double[][] {{100, 400, 200}}, rival, new double[][] {times}, "peakGigaflops", new double[][] {{1, 1, 1}}));
  }

  private static final Results RESULTS = new Results(List.of(
      measured("train.step.cnn28.b1", "FLOAT", "pytorch", 600, 2400, 1200),
      measured("conv.1-16.28x28.3x3.b32.value", "FLOAT", "onednn", 200, 800, 400),
      // The medians of the times alone would give 100/200; in the last round it sat out.
      measured("conv.32-64.28x28.3x3.b32.value", "FLOAT", "onednn", 50, 200, 0),
      measured("conv.32-64.28x28.3x3.b32.value", "DOUBLE", "onednn", 300, 1200, 600)), "");

  @Test
  void aRivalsRatioStandsUnderTheSubject() {
    Summary summary = new Summary();
    Section section = LayerPeersSection.of(RESULTS, summary).orElseThrow();
    assertEquals("0.5", summary.text("conv.32-64.28x28.3x3.b32.value.vs_onednn").replaceAll("0+$", ""));
    assertEquals("3", summary.text("conv.32-64.28x28.3x3.b32.value.double.vs_onednn"));
    assertEquals("6", summary.text("train.step.cnn28.b1.vs_pytorch"));
    assertEquals("1", summary.text("conv.geomean_vs_onednn"));
    assertEquals(List.of("conv.32-64.28x28.3x3.b32.value", "float", "onednn", "▼ 0.5"), section.tables().getFirst().rows().get(1));
  }

  @Test
  void aRunOfTheseOnlySaysWhatCameOutOfThem() throws Refusal {
    assertEquals(List.of("convolutions in float: 1 × the speed of onednn (geometric mean)",
        "steps of training in float: 6 × the speed of pytorch (geometric mean)"), Findings.of(RESULTS, new Machine(Map.of())).verdict().stream().sorted().toList());
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(LayerPeersSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }
}
