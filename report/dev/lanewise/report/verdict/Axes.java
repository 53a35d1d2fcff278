package dev.lanewise.report.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/// Values of D and M, ascending, of which all pairs were measured: the grid that a picture over D × M shows. It leaves
/// out pairs measured outside such a grid.
record Axes(List<Integer> ds, List<Integer> ms) {

  /// Removes the D or M with the fewest pairs until all pairs are present.
  static Axes of(List<Cell> cells) {
    List<Cell> left = cells;
    Axes axes = axes(left);
    while (left.size() < axes.ds.size() * axes.ms.size()) {
      left = without(left, axes);
      axes = axes(left);
    }
    return axes;
  }

  private static Axes axes(List<Cell> cells) {
    return new Axes(cells.stream().map(Cell::d).distinct().sorted().toList(),
        cells.stream().map(Cell::m).distinct().sorted().toList());
  }

  private static List<Cell> without(List<Cell> cells, Axes axes) {
    int d = fewest(cells, axes.ds, Cell::d);
    int m = fewest(cells, axes.ms, Cell::m);
    boolean ofD = share(cells, Cell::d, d, axes.ms) <= share(cells, Cell::m, m, axes.ds);
    return cells.stream().filter(cell -> ofD ? cell.d() != d : cell.m() != m).toList();
  }

  private static int fewest(List<Cell> cells, List<Integer> values, ToIntFunction<Cell> of) {
    return values.stream().min(Comparator.comparingLong(value -> count(cells, of, value))).orElseThrow();
  }

  private static double share(List<Cell> cells, ToIntFunction<Cell> of, int value, List<Integer> others) {
    return (double) count(cells, of, value) / others.size();
  }

  private static long count(List<Cell> cells, ToIntFunction<Cell> of, int value) {
    return cells.stream().filter(cell -> of.applyAsInt(cell) == value).count();
  }

  boolean isGrid() {
    return ds.size() >= 2 && ms.size() >= 2;
  }

  boolean has(Cell cell) {
    return ds.contains(cell.d()) && ms.contains(cell.m());
  }
}
