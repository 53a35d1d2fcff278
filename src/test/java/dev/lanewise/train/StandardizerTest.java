package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Columns get mean 0 and standard deviation 1, constant ones 0, and come back; what cannot be standardized is refused by row
/// and column.
class StandardizerTest {

  /// Columns of the most different scales and offsets.
  private static Tensor data(long seed, int rows, int columns, Precision precision) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(precision, rows, columns);
    for (int column = 0; column < columns; column++) {
      double scale = Math.pow(10, random.nextInt(9) - 4);
      double offset = scale * 100 * random.nextGaussian();
      for (int row = 0; row < rows; row++) {
        x.set(row * columns + column, offset + scale * random.nextGaussian());
      }
    }
    return x;
  }

  @Property(tries = 100)
  void columnsHaveMean0AndDeviation1AndComeBack(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 7) int columns) {
    Tensor x = data(seed, rows, columns, Precision.DOUBLE);
    Standardizer standardizer = Standardizer.fit(x);
    Tensor z = standardizer.apply(x);
    Tensor back = standardizer.invert(z);
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        sum += z.get(row, column);
        squares += z.get(row, column) * z.get(row, column);
        assertEquals(x.get(row, column), back.get(row, column), 1e-13 * Math.abs(x.get(row, column)));
      }
      // A deviation may be as little as a thousandth of an offset of 100 deviations, where few rows come close by chance.
      assertEquals(0, sum / rows, 1e-9);
      assertEquals(1, squares / rows, 1e-9);
    }
  }

  @Test
  void exactValues() {
    Standardizer standardizer = Standardizer.fit(Tensor.of(new double[] {1, 10, 3, 30, 5, 20, 7, 20}, 4, 2));
    assertArrayEquals(new double[] {4, 20}, standardizer.mean().toDoubles());
    assertArrayEquals(new double[] {Math.sqrt(5), Math.sqrt(50)}, standardizer.sd().toDoubles());
    assertArrayEquals(new double[] {2 / Math.sqrt(5), 0}, standardizer.apply(Tensor.row(6.0, 20)).toDoubles());
  }

  @Test
  void aConstantColumnBecomes0AndItsMeanAgain() {
    for (Precision precision : Precision.values()) {
      Tensor x = Tensor.of(new double[] {0.1, 1, 0.1, 2, 0.1, 3}, 3, 2).to(precision);
      Standardizer standardizer = Standardizer.fit(x);
      assertEquals(0, standardizer.sd().get(0));
      assertEquals(0, standardizer.apply(x).get(2, 0));
      assertEquals(0, standardizer.apply(Tensor.row(7.0, 1)).get(0));
      assertEquals(x.get(0), standardizer.invert(standardizer.apply(x)).get(1, 0));
    }
  }

  @Test
  void farFromZeroNothingIsLost() {
    double[] values = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
    assertEquals(Math.sqrt(1.25), Standardizer.fit(Tensor.of(values, 4, 1)).sd().get(0), 1e-15);
  }

  @Test
  void inPlaceAndFromItsState() {
    Tensor x = data(3, 9, 4, Precision.FLOAT);
    Standardizer fitted = Standardizer.fit(x);
    double[] expected = fitted.apply(x).toDoubles();
    Standardizer copied = Standardizer.of(fitted.mean(), fitted.sd());
    copied.apply(x, x);
    assertArrayEquals(expected, x.toDoubles());
    double[] back = fitted.invert(x).toDoubles();
    copied.invert(x, x);
    assertArrayEquals(back, x.toDoubles());
  }

  @Test
  void valuesThatAreNoneAreRefusedByRowAndColumn() {
    Tensor x = data(1, 5, 3, Precision.FLOAT);
    Standardizer standardizer = Standardizer.fit(x);
    x.set(7, Double.NaN);
    assertRefused("Standardizer: x has NaN at row 2, column 1, expected a finite number", () -> Standardizer.fit(x));
    double[] before = x.toDoubles();
    assertRefused("Standardizer[columns=3]: x has NaN at row 2, column 1, expected a finite number", () -> standardizer.apply(x, x));
    assertArrayEquals(before, x.toDoubles(), "half-written");
    x.set(7, 0);
    x.set(14, Double.NEGATIVE_INFINITY);
    assertRefused("Standardizer: x has -Infinity at row 4, column 2, expected a finite number", () -> Standardizer.fit(x));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertRefused("Standardizer: x has shape [3], expected [rows, columns]", () -> Standardizer.fit(Tensor.zeros(Precision.DOUBLE, 3)));
    assertRefused("Standardizer: x has shape [0], expected [rows, columns]", () -> Standardizer.fit(Tensor.none()));
    assertRefused("Standardizer: x has 1 rows, expected at least 2", () -> Standardizer.fit(Tensor.row(1.0, 2)));
    assertRefused("Standardizer: x has 0 rows, expected at least 2", () -> Standardizer.fit(Tensor.zeros(Precision.DOUBLE, 0, 2)));
    assertRefused("Standardizer: column 0 of x has values too far apart, such as -1.7E308 in row 0",
        () -> Standardizer.fit(Tensor.of(new double[] {-1.7e308, 1.7e308}, 2, 1)));
    Standardizer standardizer = Standardizer.fit(data(1, 5, 3, Precision.DOUBLE));
    assertRefused("Standardizer[columns=3]: x has shape [1, 2], expected [rows, 3]", () -> standardizer.apply(Tensor.row(1.0, 2)));
    assertRefused("Standardizer[columns=3]: z has shape [1, 2], expected [rows, 3]", () -> standardizer.invert(Tensor.row(1.0, 2)));
    assertRefused("Standardizer[columns=3]: z is FLOAT [1, 3], expected DOUBLE [1, 3]",
        () -> standardizer.apply(Tensor.row(1.0, 2, 3), Tensor.zeros(Precision.FLOAT, 1, 3)));
    assertRefused("Standardizer: mean is [2] and sd [1], expected the same [D]",
        () -> Standardizer.of(Tensor.of(new double[2], 2), Tensor.of(new double[1], 1)));
    assertRefused("Standardizer: column 1 has mean 0.0 and sd -1.0, expected finite ones, the sd at least 0",
        () -> Standardizer.of(Tensor.of(new double[2], 2), Tensor.of(new double[] {1, -1}, 2)));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
