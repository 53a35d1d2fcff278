package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;

/// One [CostTable] for each precision and kind of work.
final class CostTables {

  /// The time at a grid point.
  @FunctionalInterface
  interface Points {
    double nanos(Precision precision, Work work, int point);
  }

  private static final int WORKS = Work.values().length;
  /// How many tables there are.
  static final int COUNT = Precision.values().length * WORKS;

  private final CostTable[] tables = new CostTable[COUNT];

  /// Asks for the points of one table after the other, in order.
  CostTables(Points points) {
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        double[] nanos = new double[work.points()];
        for (int point = 0; point < nanos.length; point++) {
          nanos[point] = points.nanos(precision, work, point);
        }
        tables[index(precision, work)] = new CostTable(work, nanos);
      }
    }
  }

  /// A table's place among [#COUNT].
  static int index(Precision precision, Work work) {
    return precision.ordinal() * WORKS + work.ordinal();
  }

  CostTable of(Precision precision, Work work) {
    return tables[index(precision, work)];
  }
}
