package dev.lanewise.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.HeatMap.Cell;
import dev.lanewise.report.chart.HeatMap.Place;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Blocks, discs and lines of the map over D × M.
class HeatMapTest {

  private static final List<Integer> SIDES = List.of(1, 4, 16);
  private static final List<Cell> CELLS = List.of(
      new Cell(1, 1, -0.04), new Cell(1, 4, -1.96), new Cell(1, 16, -4),
      new Cell(4, 1, 2), new Cell(4, 4, 0.04), new Cell(4, 16, -2),
      new Cell(16, 1, 4), new Cell(16, 4, 2), new Cell(16, 16, 0.3));

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static String svg(List<Cell> cells, List<Place> crossover) {
    return HeatMap.svg("map", "ratio", SIDES, SIDES, cells, crossover).wide();
  }

  private static int count(String svg, String pattern) {
    return (int) Pattern.compile(pattern).matcher(svg).results().count();
  }

  @Test
  void numbersHaveASignUnlessTheyRoundToZero() {
    String svg = svg(CELLS, List.of());
    assertEquals(2, count(svg, ">0\\.0<"));
    assertEquals(2, count(svg, ">−2\\.0<"));
    assertEquals(1, count(svg, ">\\+0\\.3<"));
    assertFalse(svg.contains("−0.0") || svg.contains("-0.0"), svg);
  }

  @Test
  void theFittedLineIsNamedWhereThereIsOne() {
    List<Place> line = List.of(new Place(1, 1.2), new Place(3, 4), new Place(5, 6), new Place(10, 14));
    assertTrue(svg(CELLS, line).contains(">equal times, fitted<"));
    assertFalse(svg(CELLS, List.of()).contains(">equal times, fitted<"));
    assertEquals(2, count(svg(CELLS, line), "<line ") - count(svg(CELLS, line.subList(0, 2)), "<line "));
  }

  private static String aboveBlocks(List<Cell> cells) {
    String svg = svg(cells, List.of());
    return svg.substring(svg.lastIndexOf("<rect "));
  }

  /// A pair beside the grid has no block and no number of its own.
  @Test
  void pairsBesideTheGridAreDiscs() {
    List<Cell> more = new java.util.ArrayList<>(CELLS);
    more.add(new Cell(8, 11, 0.7));
    assertTrue(count(aboveBlocks(more), "<path ") > count(aboveBlocks(CELLS), "<path "));
    assertEquals(count(svg(CELLS, List.of()), "<text "), count(svg(more, List.of()), "<text "));
    assertFalse(svg(more, List.of()).contains(">+0.7<"));
  }
}
