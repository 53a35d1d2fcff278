package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
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

  private static Measurement convolution(String shape, String pass, String rival, double... times) {
    return measured(Suite.CONVOLUTION_PEERS, Map.of("shape", shape, "pass", pass), rival, times);
  }

  private static Measurement measured(Suite suite, Map<String, String> params, String rival, double... times) {
    return new Measurement(suite.benchmark, params, new double[][] {{1, 1, 1}},
        Map.of("lanewise", new double[][] {{100, 400, 200}},
        rival, new double[][] {times}, "gemm512", new double[][] {{1, 1, 1}}, "peakGigaflops",
        new double[][] {{1, 1, 1}}));
  }

  private static final Results RESULTS = new Results(List.of(
      measured(Suite.NETWORK_PEERS, Map.of("network", "cnn 28x28", "batch", "1", "pass", "STEP"), "torch", 600, 2400,
      1200),
      measured(Suite.NETWORK_PEERS, Map.of("network", "lstm 32-64", "batch", "32", "pass", "GRADIENT"), "torch", 300,
      1200, 600),
      convolution("1-16 28x28 3x3 g1 b32", "VALUE", "onednn", 200, 800, 400),
      // The medians of the times alone would give 100/200; in the last round it sat out.
      convolution("32-64 28x28 3x3 g1 b32", "VALUE", "onednn", 50, 200, 0),
      convolution("32-32 28x28 3x3 g32 b1", "PULL", "onednnBlocked", 75, 300, 150)), "");

  @Test
  void aRivalsRatioStandsUnderTheSubject() {
    Summary summary = new Summary();
    Section section = LayerPeersSection.of(RESULTS, summary).orElseThrow();
    assertEquals("0.5", summary.text("conv.32-64.28x28.3x3.b32.value.vs_onednn").replaceAll("0+$", ""));
    assertEquals("0.75", summary.text("conv.32-32.28x28.3x3.g32.b1.pull.vs_onednn_blocked").replaceAll("0+$", ""));
    assertEquals("3", summary.text("recurrent.lstm.t50.32-64.b32.gradient.vs_pytorch"));
    assertEquals("6", summary.text("train.step.cnn-28x28.b1.vs_pytorch"));
    assertEquals("1", summary.text("conv.geomean_vs_onednn"));
    assertEquals(List.of("conv.32-64.28x28.3x3.b32.value", "oneDNN", "▼ 0.5"),
        section.tables().getFirst().rows().get(2));
  }

  @Test
  void aRunOfTheseOnlySaysWhatCameOutOfThem() throws Refusal {
    List<String> lines = Findings.of(RESULTS, new Machine(Map.of()), List.of()).verdict();
    assertTrue(lines.contains("convolutions in float: 1 × the speed of oneDNN (geometric mean)"), lines.toString());
    assertTrue(lines.contains("steps of training in float: 6 × the speed of PyTorch (geometric mean)"),
        lines.toString());
  }

  private static Results steps(double... torch) {
    return new Results(List.of(measured(Suite.NETWORK_PEERS,
        Map.of("network", "mlp 784-300-100-10", "batch", "256", "pass", "STEP"), "torch", torch)), "");
  }

  @Test
  void aPerceptronsStepIsNamedByItsWidths() {
    Summary summary = new Summary();
    LayerPeersSection.of(steps(110, 440, 220), summary);
    assertEquals("1.1", summary.text("train.step.784-300-100-10.b256.vs_pytorch").replaceAll("0+$", ""));
  }

  @Test
  void aLibraryThatIsNotThereIsSaidToBe() throws Refusal {
    Findings findings = Findings.of(steps(-1, -1, -1),
        new Machine(Map.of("torch", "not there: no jnitorch in java.library.path")), List.of());
    assertEquals(List.of("steps of training in float: PyTorch is not available, machine.torch says why"),
        findings.verdict());
    assertEquals(List.of(List.of("train.step.784-300-100-10.b256", "PyTorch", "not there")),
        findings.sections().getFirst().tables().getFirst().rows());
    assertEquals("not there", findings.summary().text("train.pytorch"));
    assertTrue(findings.summary().figures().keySet().stream().noneMatch(key -> key.contains("vs_pytorch")));
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(LayerPeersSection.of(new Results(List.of(), ""), new Summary()).isEmpty());
  }
}
