package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A row added to each, rows summed, rows weighted, at widths around those of vectors; and what is refused.
class RowOpsTest {

  private static final int[] WIDTHS = {1, 3, 8, 17, 64};

  @ParameterizedTest
  @EnumSource
  void minusSumOfEachRow(Precision precision) {
    Tensor u = counted(precision, 2, 3);
    RowOps.minusSum(u, u);
    assertArrayEquals(new double[] {-6, -6, -6, -15, -15, -15}, u.toDoubles());
  }

  @ParameterizedTest
  @EnumSource
  void aRowIsAddedToEachAndRowsAreSummed(Precision precision) {
    for (int n : WIDTHS) {
      Tensor y = counted(precision, 2, 3, n);
      Tensor row = counted(precision, n);
      double[] added = new double[y.size()];
      double[] sums = new double[n];
      for (int i = 0; i < y.size(); i++) {
        added[i] = y.get(i) + row.get(i % n);
        sums[i % n] += added[i];
      }
      RowOps.addRow(row, y);
      assertArrayEquals(added, y.toDoubles(), n + " columns");
      Tensor sum = counted(precision, 1, n);
      RowOps.sumRows(y, sum);
      for (int i = 0; i < n; i++) {
        assertEquals(i + 1 + sums[i], sum.get(i), "column " + i + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachDirectionsRowsAreWeighted(Precision precision) {
    Tensor weights = Tensor.of(new double[] {2, 0.5}, 2).to(precision);
    for (int n : WIDTHS) {
      Tensor u = counted(precision, 3, 2, n);
      Tensor v = Tensor.zeros(precision, 3, 2, n);
      RowOps.scaleRows(0.25, weights, u, v);
      for (int i = 0; i < u.size(); i++) {
        assertEquals(0.25 * weights.get(i / n % 2) * u.get(i), v.get(i), "element " + i + ", " + n + " columns");
      }
      RowOps.scaleRows(-2, Tensor.none(), v, v);
      assertEquals(-2 * 0.25 * 2 * u.get(0), v.get(0), "in place, without weights");
    }
    Tensor nothing = Tensor.zeros(precision, 0, 4);
    RowOps.scaleRows(1, Tensor.none(), nothing, nothing);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor y = Tensor.zeros(Precision.FLOAT, 2, 3);
    refused("RowOps.addRow: row is FLOAT [2], expected FLOAT of 1 rows of 3",
        () -> RowOps.addRow(Tensor.zeros(Precision.FLOAT, 2), y));
    refused("RowOps.sumRows: sum is DOUBLE [3], expected FLOAT of 1 rows of 3",
        () -> RowOps.sumRows(y, Tensor.zeros(Precision.DOUBLE, 3)));
    refused("RowOps.scaleRows: weights are FLOAT [3], expected one for each row of [2, 3]",
        () -> RowOps.scaleRows(1, Tensor.zeros(Precision.FLOAT, 3), y, y));
    refused("Owner: x has shape [2, 3], expected [rows, 4]", () -> RowOps.requireRows(y, 4, "Owner", "x"));
    refused("Owner: x has shape [6], expected [rows, 6]", () -> RowOps.requireRows(y.reshape(6), 6, "Owner", "x"));
    refused("Owner: x has shape [0], expected [rows, 0]", () -> RowOps.requireRows(Tensor.none(), 0, "Owner", "x"));
    RowOps.requireRows(y, 3, "Owner", "x");
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /// 1, 2, 3, …: sums of these are exact.
  private static Tensor counted(Precision precision, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, i + 1);
    }
    return tensor;
  }
}
