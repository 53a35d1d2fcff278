package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/// What the report makes of orders of multiplication by the width of a bottleneck.
class BottleneckSectionTest {

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// Widths 8 and 1 in turn, three times; in one iteration all was slow.
  private static Measurement measured(String precision) {
    return new Measurement(Suite.BOTTLENECK.benchmark, Map.of("precision", precision, "bottlenecks", "1-8"),
        new double[][] {{1, 1, 1, 1, 1, 1}}, Map.of(
            "bottleneck", new double[][] {{8, 1, 8, 1, 1, 8}},
            "forward", new double[][] {{60, 90, 600, 90, 90, 60}},
            "reverse", new double[][] {{66, 80, 660, 80, 80, 66}},
            "mixed", new double[][] {{30, 20, 300, 16, 20, 30}},
            "valueMultiplyAdds", new double[][] {{20, 10, 20, 10, 10, 20}},
            "forwardMultiplyAdds", new double[][] {{480, 190, 480, 190, 190, 480}},
            "reverseMultiplyAdds", new double[][] {{480, 200, 480, 200, 200, 480}},
            "mixedMultiplyAdds", new double[][] {{230, 30, 230, 30, 30, 230}}));
  }

  @Test
  void theFasterPureModeIsCompared() {
    Section section = BottleneckSection.of(new Results(List.of(measured("FLOAT")), ""), summary).orElseThrow();
    assertEquals("4", summary.text("bottleneck.float.h1.mixed_speedup"));
    assertEquals("5", summary.text("bottleneck.float.h1.counted_speedup"));
    assertEquals("2", summary.text("bottleneck.float.h8.mixed_speedup"));
    assertEquals("2", summary.text("bottleneck.float.h8.counted_speedup"));
    assertEquals(List.of("float, h = 1", "90 ns", "80 ns", "20 ns", "4", "5"),
        section.tables().getFirst().rows().getFirst());
    Picture picture = section.pictures().getFirst();
    assertTrue(picture.csv().contains("float,1,0.0900,0.0800,0.0200,4.0000,4.0000,5.0000,5.0000\n"), picture.csv());
    assertEquals("In float the best bracketing is 4.00 times as fast at h = 1, with 1/5.0 of the multiply-adds, at "
        + "4.0 instead of 5.0 · 10⁹ "
        + "operations a second, and 2.00 times at h = 8.", picture.sentence());
  }

  @Test
  void bothPrecisionsStandInOnePicture() {
    Section section = BottleneckSection.of(new Results(List.of(measured("DOUBLE"), measured("FLOAT")), ""), summary)
        .orElseThrow();
    Picture picture = section.pictures().getFirst();
    assertEquals(1, section.pictures().size());
    assertTrue(picture.sentence().startsWith("In float"), picture.sentence());
    assertTrue(picture.svg().contains(">float<") && picture.svg().contains(">double<"));
    assertTrue(summary.has("bottleneck.double.h8.mixed_us"));
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(BottleneckSection.of(new Results(List.of(), ""), summary).isEmpty());
  }
}
