package dev.lanewise.autodiff.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostTable.Work;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// What becomes of cells that are not measured and of times that cannot be.
class CostMeasurementTest {

  private static final long MOST_SIZE = 20_000_000;

  private static CostTables result(ToDoubleFunction<CostCell> nanos) {
    return new CostMeasurement().tables(nanos);
  }

  /// 2³⁰ multiply-adds are 64 times the 2²⁴ of the largest cell below, whatever the table says of them.
  @Test
  void whatIsTooLargeToMeasureHasTheRateOfTheNextSmallerCell() {
    CostTables tables = result(cell -> cell.size() > MOST_SIZE ? 1e9 : 100);
    for (Precision precision : Precision.values()) {
      for (Work work : new Work[] {Work.A_B, Work.A_BT, Work.AT_B}) {
        CostTable table = tables.of(precision, work);
        assertEquals(6400, table.nanos(1024, 1024, 1024), 1e-6);
        assertEquals(400, table.nanos(1024, 1024, 64), 1e-6);
        assertEquals(100, table.nanos(1024, 1024, 16), 1e-6);
      }
    }
  }

  /// A time is at most 1.25 that of the next larger size along any axis, and one that is not above that stays.
  @Test
  void whatIsMuchSlowerThanALargerSizeIsCapped() {
    CostTables tables = result(cell -> isAt(cell, 8, 16, 16) || cell.work == Work.PASS && cell.z == 64 ? 1000
        : isAt(cell, 4, 4, 4) ? 120 : 100);
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        CostTable table = tables.of(precision, work);
        for (int point = 0; point < work.points(); point++) {
          for (int axis = 0; axis < 3; axis++) {
            if (!work.isFirst(axis, point)) {
              assertTrue(table.point(work.before(axis, point)) <= 1.25 * table.point(point), work + " " + point);
            }
          }
        }
      }
      assertEquals(125, tables.of(precision, Work.A_B).nanos(8, 16, 16), 1e-6);
      assertEquals(125, tables.of(precision, Work.PASS).nanos(1, 1, 64), 1e-6);
      assertEquals(120, tables.of(precision, Work.AT_B).nanos(4, 4, 4), 1e-6);
      assertEquals(100, tables.of(precision, Work.A_B).nanos(8, 16, 64), 1e-6);
    }
  }

  private static boolean isAt(CostCell cell, int x, int y, int z) {
    return cell.x == x && cell.y == y && cell.z == z;
  }
}
