package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.cost.CostTable.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measures the cells of a [CostTables] with the clock. Each round times all cells, one after another. The time of a
/// cell is the shortest that was measured in any round.
final class CostMeasurement {

  /// Larger cells are not measured: their rate, x·y·z per nanosecond, is taken to be that of the next smaller cell.
  private static final long MOST_SIZE = 20_000_000;
  private static final int OPERAND = 1 << 20;
  /// The largest plausible factor by which a size takes longer than the next larger one. Sizes that are not a multiple
  /// of the vector's length can take longer.
  static final double MOST_FALL = 1.25;
  private static final double RESOLUTION = 0.01;

  private final CostCell[][] cells = new CostCell[CostTables.COUNT][];
  private final List<CostCell> measured = new ArrayList<>();

  CostMeasurement() {
    for (Precision precision : Precision.values()) {
      Workspace ws = new Workspace();
      Tensor[] operands = new Tensor[3];
      for (int operand = 0; operand < operands.length; operand++) {
        operands[operand] = Tensor.zeros(precision, OPERAND);
        operands[operand].fill(0.5);
      }
      for (Work work : Work.values()) {
        cells[CostTables.index(precision, work)] = cells(work, operands, ws);
      }
    }
  }

  private CostCell[] cells(Work work, Tensor[] operands, Workspace ws) {
    CostCell[] made = new CostCell[work.points()];
    for (int point = 0; point < made.length; point++) {
      int x = work.size(0, point);
      int y = work.size(1, point);
      int z = work.size(2, point);
      if ((long) x * y * z <= MOST_SIZE) {
        made[point] = new CostCell(work, x, y, z, operands, ws);
        measured.add(made[point]);
      }
    }
    return made;
  }

  void everyCell() {
    measured.forEach(CostCell::time);
  }

  /// Calls each operation once at all sizes up to `mostSize`.
  void call(Precision precision, Work work, long mostSize) {
    for (CostCell cell : cells[CostTables.index(precision, work)]) {
      if (cell != null && cell.size() <= mostSize) {
        cell.run(1);
      }
    }
  }

  CostTables tables() {
    return tables(CostCell::best);
  }

  /// The tables of cells with the given times.
  CostTables tables(ToDoubleFunction<CostCell> nanos) {
    double[][] tables = new double[CostTables.COUNT][];
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        int table = CostTables.index(precision, work);
        tables[table] = new double[work.points()];
        for (int point = 0; point < work.points(); point++) {
          tables[table][point] = Math.max(RESOLUTION, hundredths(nanos(cells[table], work, point, nanos)));
        }
        bound(work, tables[table]);
      }
    }
    return new CostTables((precision, work, point) -> tables[CostTables.index(precision, work)][point]);
  }

  private static double nanos(CostCell[] cells, Work work, int point, ToDoubleFunction<CostCell> nanos) {
    if (cells[point] != null) {
      return nanos.applyAsDouble(cells[point]);
    }
    int axis = work.longestAxis(point);
    int smaller = work.before(axis, point);
    return nanos(cells, work, smaller, nanos) * work.size(axis, point) / work.size(axis, smaller);
  }

  /// Rounds down to hundredths, the precision of the clock.
  private static double hundredths(double nanos) {
    return Math.floor(nanos / RESOLUTION) / 100;
  }

  /// Lowers each time that is above [#MOST_FALL] times that of the next larger size, as disturbances only add time.
  private static void bound(Work work, double[] nanos) {
    for (int point = nanos.length - 1; point >= 0; point--) {
      for (int axis = 0; axis < 3; axis++) {
        if (!work.isFirst(axis, point)) {
          int smaller = work.before(axis, point);
          nanos[smaller] = Math.min(nanos[smaller], hundredths(MOST_FALL * nanos[point]));
        }
      }
    }
  }
}
