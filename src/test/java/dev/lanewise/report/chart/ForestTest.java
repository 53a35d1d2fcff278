package dev.lanewise.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.Forest.Estimate;
import java.util.List;
import org.jfree.data.Range;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Dots and intervals lie on the axis, or an arrow says that they do not.
class ForestTest {

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static Chart chart(Estimate... estimates) {
    return Forest.svg("forest", "r* by setting", "r*", 1.25, List.of(estimates));
  }

  @Test
  void theAxisCoversDotsIntervalsAndBand() {
    for (List<Estimate> estimates : List.of(
        List.of(new Estimate("far", 5, 0.2, 9), new Estimate("near", 1, 0.99, 1.01)),
        List.of(new Estimate("narrow", 0.8, 0.8, 0.8)), List.of(new Estimate("alone", 0.1, Double.NaN, Double.NaN)))) {
      Range range = Forest.range(1.25, estimates);
      assertTrue(range.contains(1 / 1.25) && range.contains(1.25), range.toString());
      for (Estimate one : estimates) {
        assertTrue(range.contains(one.value()), range + " without " + one);
        assertTrue(Double.isNaN(one.low()) || range.contains(one.low()) && range.contains(one.high()),
            range + " without " + one);
      }
    }
  }

  @Test
  void whatGoesOnBeyondEndsInAnArrow() {
    String svg = chart(new Estimate("open", 1.1, 0, Double.POSITIVE_INFINITY), new Estimate("far", 40, 30, 50)).wide();
    assertEquals(3, svg.split("[◂▸]", -1).length - 1, svg);
    Range range = Forest.range(1.25, List.of(new Estimate("open", 1.1, 0, Double.POSITIVE_INFINITY)));
    assertTrue(range.getLowerBound() > 0.05 && range.getUpperBound() < 20, range.toString());
    assertFalse(chart(new Estimate("closed", 1.1, 0.9, 1.3)).wide().matches("(?s).*[◂▸].*"));
  }

  /// On a phone a row's name stands above it, whole.
  @Test
  void namesAreWhole() {
    String name = "double 2×64 tanh, chunk 64, elided, compact";
    Chart chart = chart(new Estimate(name, 1, 0.9, 1.1));
    assertTrue(chart.wide().contains(">" + name + "<") && chart.narrow().contains(">" + name + "<"));
  }
}
