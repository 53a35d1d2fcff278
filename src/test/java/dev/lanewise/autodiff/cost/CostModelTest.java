package dev.lanewise.autodiff.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.autodiff.cost.CostModel.Form;
import dev.lanewise.autodiff.cost.CostTable.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Times between and beyond the grid, of the built-in table and of one made up.
class CostModelTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 11, 16, 23, 64, 100, 256, 784, 1024, 3000, 100_000,
      Integer.MAX_VALUE};

  private static final CostTables MADE_UP = new CostTables((precision, work, point) -> 10 + precision.ordinal() + 3
      * work.ordinal() + 0.37 * point);

  @ParameterizedTest
  @EnumSource
  void atGridPointsTheTimeIsTheTables(Work work) {
    for (Precision precision : Precision.values()) {
      CostTable table = MADE_UP.of(precision, work);
      for (int point = 0; point < work.points(); point++) {
        double nanos = table.nanos(work.size(0, point), work.size(1, point), work.size(2, point));
        assertEquals(table.point(point), nanos, 1e-12 * nanos, work + " " + point);
      }
    }
  }

  @Test
  void betweenGridPointsLogarithmsAreLinear() {
    CostTable table = MADE_UP.of(Precision.FLOAT, Work.A_B);
    double middle = Math.sqrt(table.nanos(16, 4, 2) * table.nanos(64, 4, 2));
    assertEquals(middle, table.nanos(32, 4, 2), 1e-12 * middle);
    double corner = Math.sqrt(
        Math.sqrt(table.nanos(1, 16, 64) * table.nanos(1, 64, 64) * table.nanos(1, 16, 256) * table.nanos(1, 64, 256)));
    assertEquals(corner, table.nanos(1, 32, 128), 1e-12 * corner);
  }

  @Test
  void beyondTheGridTheRateIsConstant() {
    for (Precision precision : Precision.values()) {
      CostModel model = CostModel.builtIn();
      for (Form form : Form.values()) {
        assertTimes(4, model.productNanos(precision, form, 4096, 8, 16),
            model.productNanos(precision, form, 1024, 8, 16));
        assertTimes(8, model.productNanos(precision, form, 3, 2048, 4096),
            model.productNanos(precision, form, 3, 1024, 1024));
        assertTimes(1L << 33, model.productNanos(precision, form, 1 << 21, 1 << 21, 1 << 21),
            model.productNanos(precision, form, 1024, 1024, 1024));
      }
      assertTimes(1L << 20, model.passNanos(precision, 1L << 40), model.passNanos(precision, 1L << 20));
      assertTimes(6, model.transposeNanos(precision, 2048, 3072), model.transposeNanos(precision, 1024, 1024));
    }
  }

  private static void assertTimes(double factor, double whole, double part) {
    assertEquals(factor, whole / part, 1e-9 * factor);
  }

  @Test
  void everyTimeIsFiniteAndPositive() {
    CostModel model = CostModel.builtIn();
    for (Precision precision : Precision.values()) {
      for (int m : SIZES) {
        for (int n : SIZES) {
          for (int k : SIZES) {
            for (Form form : Form.values()) {
              assertIsTime(model.productNanos(precision, form, m, n, k));
            }
          }
          assertIsTime(model.transposeNanos(precision, m, n));
        }
        assertIsTime(model.passNanos(precision, m));
      }
      assertIsTime(model.passNanos(precision, Long.MAX_VALUE));
    }
  }

  private static void assertIsTime(double nanos) {
    assertTrue(nanos > 0 && nanos < Double.POSITIVE_INFINITY, () -> "time " + nanos);
  }

  /// Up to what one size may really be slower than the next larger one.
  @Test
  void largerSizesTakeNoLessTime() {
    CostModel model = CostModel.builtIn();
    for (Precision precision : Precision.values()) {
      for (Form form : Form.values()) {
        for (int a : SIZES) {
          for (int b : SIZES) {
            for (int step = 2; step < SIZES.length; step++) {
              int less = SIZES[step - 1];
              int more = SIZES[step];
              assertGrows(model.productNanos(precision, form, less, a, b),
                  model.productNanos(precision, form, more, a, b), less, more, a, b);
              assertGrows(model.productNanos(precision, form, a, less, b),
                  model.productNanos(precision, form, a, more, b), a, less, more, b);
              assertGrows(model.productNanos(precision, form, a, b, less),
                  model.productNanos(precision, form, a, b, more), a, b, less, more);
            }
          }
        }
      }
    }
  }

  private static void assertGrows(double less, double more, int... sizes) {
    double fall = CostMeasurement.MOST_FALL * 1.001;
    assertTrue(less <= fall * more, () -> java.util.Arrays.toString(sizes) + ": " + less + " and " + more + " ns");
  }

  @Test
  void emptyOperationsTakeACall() {
    CostModel model = CostModel.builtIn();
    for (Precision precision : Precision.values()) {
      double call = model.productNanos(precision, Form.A_BT, 1, 1, 1);
      assertEquals(call, model.productNanos(precision, Form.A_BT, 0, 1000, 1000));
      assertEquals(call, model.productNanos(precision, Form.A_BT, 1000, 1000, 0));
      assertEquals(model.transposeNanos(precision, 1, 1), model.transposeNanos(precision, 300, 0));
      assertEquals(model.passNanos(precision, 1), model.passNanos(precision, 0));
    }
  }

  @Test
  void negativeSizesAreRefused() {
    CostModel model = CostModel.builtIn();
    var e = assertThrows(IllegalArgumentException.class, () -> model.productNanos(Precision.FLOAT, Form.A_B, 1, -2, 3));
    assertEquals("CostModel: product of m = 1, n = -2, k = 3, expected none below 0", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> model.passNanos(Precision.FLOAT, -1));
    assertThrows(IllegalArgumentException.class, () -> model.transposeNanos(Precision.FLOAT, -1, 1));
  }
}
