package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.OwnCell.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of somebody's network.
class OwnNetworkSectionTest {

  private static final int FORKS = 6;
  private static final Machine FACTS = new Machine(Map.of("own.network", "my.onnx", "own.description", "Network[x → y]",
      "own.inputs", "64",
      "own.outputs", "16", "own.left_out", "none", "own.plan", "Jacobian 16 × 64\\n└ J1"));

  private final Summary summary = new Summary();
  private final List<double[]> iterations = new ArrayList<>();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private void add(Kind kind, int chunk, int d, int m, double... times) {
    double[] iteration = {kind.ordinal(), chunk, d, m, 0, 0, 0, 0, 100 + d, 100 + m, 77, 78};
    System.arraycopy(times, 0, iteration, 4, times.length);
    iterations.add(iteration);
  }

  /// In another order in each fork.
  private Measurement measured() {
    List<String> names = List.of("kind", "chunk", "inputs", "outputs", "forward", "reverse", "mixed", "auto",
        "forwardMultiplyAdds",
        "reverseMultiplyAdds", "mixedMultiplyAdds", "autoMultiplyAdds");
    Map<String, double[][]> counters = new HashMap<>();
    int n = iterations.size();
    names.forEach(name -> counters.put(name, new double[FORKS][n]));
    double[][] nanos = new double[FORKS][n];
    for (int fork = 0; fork < FORKS; fork++) {
      Arrays.fill(nanos[fork], 1);
      for (int i = 0; i < n; i++) {
        for (int name = 0; name < names.size(); name++) {
          counters.get(names.get(name))[fork][i] = iterations.get((i + fork) % n)[name];
        }
      }
    }
    return new Measurement(Suite.OWN_NETWORK.benchmark, Map.of("network", "/somewhere/my.onnx"), nanos, counters);
  }

  private Section section() {
    return OwnNetworkSection.of(new Results(List.of(measured()), ""), FACTS, summary).orElseThrow();
  }

  /// T_f = 10·d, T_r = 8·m: the modes would meet at D/M = 0.8.
  private void cut(int d, int m) {
    add(Kind.CUT, 1, d, m, 10 * d, 8 * m);
  }

  @Test
  void modesChunksPlanAndRegret() {
    add(Kind.PLANNED, 0, 64, 16, 400, 120, 100, 110);
    add(Kind.SEEDED, 0, 64, 16, 300, 200);
    add(Kind.SEEDED, 1, 64, 16, 640, 120);
    add(Kind.ELIDED, 1, 64, 16, 90, 135);
    Section section = section();
    assertEquals("my.onnx", section.title());
    assertEquals("Jacobian 16 × 64\n└ J1", section.code());
    assertEquals(List.of("one direction at a time", "all directions at once", "one direction at a time, elided seeds"),
        section.tables().getFirst().rows().stream().map(List::getFirst).toList());
    assertEquals(List.of("one direction at a time", "640 ns", "120 ns", "reverse by 5.33×", "5.33 to 5.33", "164",
        "116"),
        section.tables().getFirst().rows().getFirst());
    assertEquals("forward", summary.text("own.chunk1.elided.faster"));
    assertEquals("1.5", summary.text("own.chunk1.elided.faster_by"));
    assertEquals("mixed", summary.text("own.fastest"));
    assertEquals("1.10", summary.text("own.auto_regret"));
    assertEquals(List.of("AUTO", "110 ns", "1.10", "78"), section.tables().get(1).rows().getLast());
    assertFalse(summary.has("own.crossover"));
    List<String> lines = OwnNetworkSection.verdict(summary);
    assertEquals("my.onnx: 64 inputs, 16 outputs; one direction at a time reverse mode is faster by 5.33×",
        lines.getFirst());
    assertTrue(lines.get(1).endsWith("1.10 × the time of the fastest (mixed)"), lines.get(1));
  }

  @Test
  void whereTheModesWouldMeet() {
    add(Kind.PLANNED, 0, 64, 16, 400, 100, 100, 100);
    add(Kind.SEEDED, 1, 64, 16, 640, 128);
    for (int d : new int[] {8, 16, 32}) {
      cut(d, 16);
    }
    cut(64, 2);
    Section section = section();
    assertEquals("0.800", summary.text("own.crossover"));
    assertEquals("0.800", summary.text("own.crossover_low"));
    assertEquals("yes", summary.text("own.crossover_measured"));
    assertEquals(List.of("8 inputs × 16 outputs", "16 inputs × 16 outputs", "32 inputs × 16 outputs",
        "64 inputs × 16 outputs",
        "64 inputs × 2 outputs"), section.tables().getLast().rows().stream().map(List::getFirst).toList());
    assertEquals("Cut to fewer inputs or outputs, the modes would take the same time at D/M = 0.800 (0.800 to 0.800).",
        section.pictures().getFirst().sentence());
    assertTrue(section.pictures().getFirst().csv().contains("8,16,80.00,128.00,0.6250,0.6250,0.6250\n"));
    assertEquals("1", summary.text("own.auto_regret"));
  }

  @Test
  void aLineDrawnBeyondWhatWasMeasuredIsSaidToBe() {
    add(Kind.PLANNED, 0, 64, 16, 400, 100, 100, 100);
    add(Kind.SEEDED, 1, 64, 16, 640, 128);
    cut(32, 16);
    cut(16, 16);
    section();
    assertEquals("no", summary.text("own.crossover_measured"));
    assertTrue(OwnNetworkSection.verdict(summary).getLast().endsWith("extrapolated beyond the blocks measured."));
  }

  /// Far from equal times the ratio may be anything: it is the step across them that counts.
  @Test
  void theModesMeetBetweenTheBlocksOnBothSides() {
    add(Kind.PLANNED, 0, 64, 16, 400, 100, 100, 100);
    add(Kind.SEEDED, 1, 64, 16, 200, 100);
    add(Kind.CUT, 1, 8, 16, 25, 100);
    add(Kind.CUT, 1, 16, 16, 50, 100);
    add(Kind.CUT, 1, 32, 16, 200, 100);
    section();
    assertEquals("1.41", summary.text("own.crossover"));
    assertEquals("yes", summary.text("own.crossover_measured"));
  }

  /// Not every chain can be taken in any order.
  @Test
  void aModeThatIsNotThereHasNoTime() {
    add(Kind.PLANNED, 0, 64, 16, 400, 100, 0, 100);
    add(Kind.SEEDED, 1, 64, 16, 640, 128);
    assertEquals(List.of("MIXED", "not available", "–", "–"), section().tables().get(1).rows().get(2));
    assertFalse(summary.has("own.mixed_ns"));
  }

  @Test
  void withoutOneThereIsNoSection() {
    assertTrue(OwnNetworkSection.of(new Results(List.of(), ""), FACTS, summary).isEmpty());
    assertTrue(summary.figures().isEmpty());
  }
}
