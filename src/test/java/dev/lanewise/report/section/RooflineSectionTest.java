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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of kernels whose operations and bytes are known.
class RooflineSectionTest {

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// A machine of 100 · 10⁹ operations and 20 · 10⁹ bytes a second, half as fast in the second iteration of each
  /// kernel.
  private static final Measurement MEASURED = new Measurement(Suite.ROOFLINE.benchmark,
      Map.of("precision", "FLOAT", "kernels", "relu-push4-square64"), new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
      Map.of(
          "kernel", new double[][] {{0, 1, 2}, {2, 0, 1}, {0, 1, 2}},
          "operations", new double[][] {{100, 400, 9000}, {9000, 100, 400}, {100, 400, 9000}},
          "bytes", new double[][] {{1000, 200, 900}, {900, 1000, 200}, {1000, 200, 900}},
          "nanos", new double[][] {{50, 20, 180}, {360, 100, 40}, {50, 20, 180}},
          "copyGigabytes", new double[][] {{20, 20, 20}, {10, 10, 10}, {20, 20, 20}},
          "peakGigaflops", new double[][] {{100, 100, 100}, {50, 50, 50}, {100, 100, 100}}));

  @Test
  void aKernelStandsUnderTheLowerOfBothRoofs() {
    Section section = RooflineSection.of(new Results(List.of(MEASURED), ""), summary).orElseThrow();
    assertEquals("100", summary.text("roofline.float.peak_gflops"));
    assertEquals("20", summary.text("roofline.float.copy_gbytes"));
    assertEquals("0.1", summary.text("roofline.float.relu.operations_per_byte").replaceAll("0+$", ""));
    assertEquals("2", summary.text("roofline.float.relu.gflops"));
    assertEquals("1", summary.text("roofline.float.relu.roof_share"));
    assertEquals("20", summary.text("roofline.float.push4.gflops"));
    assertEquals("0.5", summary.text("roofline.float.push4.roof_share"));
    assertEquals("50", summary.text("roofline.float.square64.gflops"));
    assertEquals("0.5", summary.text("roofline.float.square64.roof_share"));
    assertEquals(List.of("float, a push of 4", "2", "20", "0.5"), section.tables().getFirst().rows().get(1));
  }

  @Test
  void theRoofsStandInTheDataAndTheSentence() {
    Picture picture = RooflineSection.of(new Results(List.of(MEASURED), ""), summary).orElseThrow().pictures()
        .getFirst();
    assertTrue(picture.csv().startsWith("kernel,operations_per_byte,gflops,roof_gflops\nrelu,0.10000,2.0000,2.0000\n"),
        picture.csv());
    assertTrue(picture.csv().endsWith("peak,,100.0000,100.0000\ncopy_gbytes,,20.0000,\n"), picture.csv());
    assertTrue(picture.sentence().startsWith("From 5.0 operations per byte on, arithmetic is the limit"),
        picture.sentence());
    assertFalse(picture.sentence().contains("Above"), picture.sentence());
    assertTrue(picture.svg().contains(">elementwise<") && picture.svg().contains(">relu<"));
  }

  /// A copy is no faster than 8 · 10⁹ bytes a second here: two kernels of three lie above what that allows.
  @Test
  void aKernelAboveTheRoofIsExplained() {
    Map<String, double[][]> counters = new HashMap<>(MEASURED.counters());
    counters.put("copyGigabytes", new double[][] {{8, 8, 8}, {8, 8, 8}, {8, 8, 8}});
    Measurement slow = new Measurement(MEASURED.benchmark(), MEASURED.params(), MEASURED.nanos(), counters);
    String said = RooflineSection.of(new Results(List.of(slow), ""), summary).orElseThrow()
        .pictures().getFirst().sentence();
    assertTrue(said.contains("Above the slope: relu, a push of 4. The slope is what a copy reaches"), said);
    assertTrue(said.contains("Furthest above its roof is relu at 250 %"), said);
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(RooflineSection.of(new Results(List.of(), ""), summary).isEmpty());
  }
}
