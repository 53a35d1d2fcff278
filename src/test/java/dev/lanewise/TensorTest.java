package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void aViewSharesTheElementsFromItsPositionOn() {
    Tensor inner = matrix.slice(1, 2).view(2, Shape.of(3, 2));
    assertEquals(Shape.of(3, 2), inner.shape());
    assertArrayEquals(new double[] {6, 7, 8, 9, 10, 11}, inner.toDoubles());
    inner.set(0, -6);
    assertEquals(-6, matrix.get(1, 2));
    assertEquals(0, matrix.view(12, Shape.of(0, 5)).size());
    Tensor floats = Tensor.of(new float[] {0, 1, 2}, 3).view(1, Shape.of(2));
    assertArrayEquals(new double[] {1, 2}, floats.toDoubles());
    assertEquals(Precision.FLOAT, floats.precision());
  }

  @Test
  void aViewThatDoesNotLieInTheTensorIsRefused() {
    Tensor rows = matrix.slice(0, 2);
    refused("Tensor DOUBLE [2, 4]: expected to hold [2, 3] from position 3 on", () -> rows.view(3, Shape.of(2, 3)));
    refused("Tensor DOUBLE [2, 4]: expected to hold [1] from position -1 on", () -> rows.view(-1, Shape.of(1)));
    refused("Tensor DOUBLE [2, 4]: expected to hold [1] from position 2147483647 on",
        () -> rows.view(Integer.MAX_VALUE, Shape.of(1)));
    refused("Tensor none: expected to hold [0] from position 0 on", () -> Tensor.none().view(0, Shape.of(0)));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotFiniteIsNamed(Precision precision) {
    Tensor x = matrix.to(precision).reshape(2, 3, 2);
    x.requireFinite("Owner", "x");
    Tensor.zeros(precision, 0, 3).requireFinite("Owner", "x");
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      x.set(9, value);
      refused("Owner: x has " + value + " at row 1, column 3, expected a finite number",
          () -> x.requireFinite("Owner", "x"));
    }
    x.slice(0, 1).requireFinite("Owner", "x");
    refused("Tensor.none(): has no precision, expected a tensor", () -> Tensor.none().requireFinite("Owner", "x"));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
