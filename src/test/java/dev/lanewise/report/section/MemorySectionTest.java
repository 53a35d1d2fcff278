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

/// What the report makes of bytes by directions at a time.
class MemorySectionTest {

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// Two forks, the second in another order.
  @Test
  void bytesStandByDirectionsEachOnce() {
    Measurement network = new Measurement(Suite.MEMORY.benchmark, Map.of("network", "64-8-4", "precision", "FLOAT"),
        new double[][] {{1, 1, 1}, {1, 1, 1}}, Map.of("chunk", new double[][] {{1, 4, 16}, {16, 1, 4}},
            "forward", new double[][] {{288, 1152, 4608}, {4608, 288, 1152}}, "reverse",
            new double[][] {{48, 192, 192}, {192, 48, 192}}));
    Section section = MemorySection.of(new Results(List.of(network), ""), summary).orElseThrow();
    assertEquals("4608", summary.text("memory.64-8-4.chunk16.forward_bytes"));
    assertEquals("192", summary.text("memory.64-8-4.chunk16.reverse_bytes"));
    Picture picture = section.pictures().getFirst();
    assertEquals("chunk,forward_bytes,reverse_bytes\n1,288,48\n4,1152,192\n16,4608,192\n", picture.csv());
    assertEquals("From 1 to 16 directions at a time, forward mode goes from 288 B to 4.5 KiB, reverse mode from 48 B "
        + "to 192 B.", picture.sentence());
    assertTrue(picture.svg().contains(">forward<") && picture.svg().contains(">reverse<"));
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(MemorySection.of(new Results(List.of(), ""), summary).isEmpty());
  }
}
