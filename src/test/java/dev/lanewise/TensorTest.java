package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Elements by row and column, and what none stays.
class TensorTest {

  private final Tensor matrix = Tensor.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 3, 4);

  @Test
  void elementsByRowAndColumn() {
    assertEquals(0, matrix.get(0, 0));
    assertEquals(7, matrix.get(1, 3));
    assertEquals(11, matrix.get(2, 3));
    assertEquals(9, matrix.reshape(1, 3, 4).get(2, 1));
  }

  /// A row so far out that its place, as an int, is back inside is as far out as the next one.
  @Test
  void rowsAndColumnsOutsideAreRefused() {
    for (int row : new int[] {-1, 3, 1 << 30, -(1 << 30), Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(row, 0), () -> "row " + row);
    }
    for (int column : new int[] {-1, 4, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(0, column), () -> "column " + column);
    }
  }

  @Test
  void noneStaysNoneUnderEveryShapeOfItsSize() {
    assertSame(Tensor.none(), Tensor.none().reshape(0));
    assertSame(Tensor.none(), Tensor.none().reshape(3, 0));
    assertThrows(IllegalArgumentException.class, () -> Tensor.none().reshape(1));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.none().get(0, 0));
  }
}
