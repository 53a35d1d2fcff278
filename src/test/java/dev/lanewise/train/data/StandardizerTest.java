package dev.lanewise.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Columns get mean 0 and standard deviation 1, constant ones 0, and come back; what cannot be standardized is refused
/// by row and column.
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
      double mean = Math.abs(standardizer.mean().get(column));
      for (int row = 0; row < rows; row++) {
        sum += z.get(row, column);
        squares += z.get(row, column) * z.get(row, column);
        assertEquals(x.get(row, column), back.get(row, column), 1e-13 * (Math.abs(x.get(row, column)) + mean));
      }
      // A deviation may be as little as a thousandth of an offset of 100 deviations, where few rows come close by
      // chance.
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
  void valuesOfAnySizeAreStandardized() {
    double[] signs = {-1, 1, -3, 3};
    for (double size : new double[] {1e155, 1e300, 5e307, 1e-170, 1e-300, 1e-310}) {
      Tensor x = Tensor.of(Arrays.stream(signs).map(sign -> sign * size).toArray(), 4, 1);
      Standardizer standardizer = Standardizer.fit(x);
      assertEquals(size * Math.sqrt(5), standardizer.sd().get(0), 1e-13 * size);
      Tensor z = standardizer.apply(x);
      for (int row = 0; row < 4; row++) {
        assertEquals(signs[row] / Math.sqrt(5), z.get(row), 1e-13);
        assertEquals(x.get(row), standardizer.invert(z).get(row), 1e-13 * size);
      }
    }
  }

  /// Where x − m overflows although z is small, and s·z although x is a number.
  @Test
  void whatLiesBetweenDoesNotOverflow() {
    double[] values = new double[10];
    Arrays.fill(values, -1.7e308);
    values[9] = 1.7e308;
    Tensor x = Tensor.of(values, 10, 1);
    Standardizer standardizer = Standardizer.fit(x);
    Tensor z = standardizer.apply(x);
    assertEquals(-1.0 / 3, z.get(0), 1e-14);
    assertEquals(3, z.get(9), 1e-14);
    assertEquals(1.7e308, standardizer.invert(z).get(9), 1e294);
  }

  @Test
  void manyRowsLoseNoDigits() {
    Tensor x = Tensor.zeros(Precision.DOUBLE, 1_000_000, 1);
    x.fill(0.1);
    x.set(0, 0.3);
    assertEquals(0.1000002, Standardizer.fit(x).mean().get(0), 2e-17);
  }

  @Test
  void anOffsetCostsNoDigitsInAnotherPrecision() {
    Tensor x = Tensor.zeros(Precision.DOUBLE, 100, 1);
    for (int row = 0; row < 100; row++) {
      x.set(row, 1.7e9 + row);
    }
    Standardizer standardizer = Standardizer.fit(x);
    Tensor z = standardizer.apply(x, Precision.FLOAT, "test", "x");
    assertEquals(Precision.FLOAT, z.precision());
    Tensor back = standardizer.invert(z, Precision.DOUBLE);
    for (int row = 0; row < 100; row++) {
      assertEquals((float) standardizer.apply(x).get(row), z.get(row));
      assertEquals(x.get(row), back.get(row), 1e-5);
    }
    Tensor floats = Tensor.of(new float[] {1, 2, 4}, 3, 1);
    assertEquals((1 - 7.0 / 3) / Math.sqrt(14.0 / 9),
        Standardizer.fit(floats).apply(floats, Precision.DOUBLE, "test", "x").get(0), 1e-15);
  }

  @Test
  void whatWouldBeInfiniteIsRefusedAsItWasGiven() {
    Standardizer small = Standardizer.of(Tensor.of(new double[] {0, 5}, 2), Tensor.of(new double[] {1e-10, 1e-300}, 2));
    Tensor floats = Tensor.of(new float[] {1, 5, 1e30f, 5}, 2, 2);
    String message = "x has 1.0000000150474662E30 at row 1, column 0, 1.0000000150474662E40 when standardized, "
        + "expected a number of FLOAT's range";
    assertRefused("Standardizer[columns=2]: " + message, () -> small.apply(floats));
    assertRefused("Standardizer[columns=2]: " + message, () -> small.apply(floats, floats));
    assertEquals(1, floats.get(0), "half-written");
    assertRefused("model: y has 1.0E29 at row 0, column 0, 1.0E39 when standardized, expected a "
        + "number of FLOAT's range", () -> small.apply(Tensor.row(1e29, 5), Precision.FLOAT, "model", "y"));
    assertRefused("x has 1.0E10 at row 0, column 1, Infinity when standardized, expected a number of DOUBLE's range",
        () -> small.apply(Tensor.row(1, 1e10)));
  }

  /// Steps of sequences count as rows do.
  @Test
  void sequencesAreRowsOfSteps() {
    Tensor x = data(4, 12, 3, Precision.DOUBLE);
    Standardizer ofRows = Standardizer.fit(x);
    Tensor sequences = x.reshape(4, 3, 3);
    Standardizer ofSequences = Standardizer.fit(sequences);
    assertArrayEquals(ofRows.mean().toDoubles(), ofSequences.mean().toDoubles());
    assertArrayEquals(ofRows.sd().toDoubles(), ofSequences.sd().toDoubles());
    Tensor z = ofSequences.apply(sequences);
    assertEquals(sequences.shape(), z.shape());
    assertArrayEquals(ofRows.apply(x).toDoubles(), z.toDoubles());
    assertArrayEquals(ofRows.invert(x).toDoubles(), ofSequences.invert(sequences).toDoubles());
  }

  /// An image's channels lie behind each other: those of rows of pixels are its columns, once the axes are turned.
  @Test
  void channelsOfImages() {
    Tensor pixels = data(5, 2 * 6, 3, Precision.DOUBLE);
    Tensor images = Tensor.zeros(Precision.DOUBLE, 2, 3, 2, 3);
    for (int image = 0; image < 2; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 6; pixel++) {
          images.set((image * 3 + channel) * 6 + pixel, pixels.get(image * 6 + pixel, channel));
        }
      }
    }
    Standardizer expected = Standardizer.fit(pixels);
    Standardizer standardizer = Standardizer.fitChannels(images);
    assertArrayEquals(expected.mean().toDoubles(), standardizer.mean().toDoubles(), 0);
    assertArrayEquals(expected.sd().toDoubles(), standardizer.sd().toDoubles(), 0);
    Tensor z = standardizer.apply(images);
    assertEquals(expected.apply(pixels).get(6 + 4, 1), z.get((3 + 1) * 6 + 4));
    assertEquals(images.get(23), standardizer.invert(z).get(23), 1e-12 * Math.abs(images.get(23)));
    Standardizer read = Standardizer.of(standardizer.mean(), standardizer.sd()).forChannels();
    assertArrayEquals(z.toDoubles(), read.apply(images).toDoubles());
    assertTrue(read.isOfChannels() && !expected.isOfChannels());
    assertEquals("Standardizer[channels=3]", read.toString());
    assertRefused("Standardizer[channels=3]: x has shape [2, 4, 3, 3], expected [rows, 3, …]",
        () -> read.apply(Tensor.zeros(Precision.DOUBLE, 2, 4, 3, 3)));
    assertRefused("Standardizer[columns=3]: x has shape [2, 3, 2], expected [rows, …, 3]",
        () -> expected.apply(Tensor.zeros(Precision.DOUBLE, 2, 3, 2)));
    assertRefused("x has shape [3], expected [rows, channels, …]",
        () -> Standardizer.fitChannels(Tensor.zeros(Precision.DOUBLE, 3)));
    images.set((3 + 2) * 6 + 1, Double.NaN);
    assertRefused("x has NaN at row 1, column 13, expected a finite number", () -> read.apply(images));
    Standardizer small = Standardizer.of(Tensor.of(new double[1], 1), Tensor.of(new double[] {1e-300}, 1))
        .forChannels();
    assertRefused("x has 1.0E10 at row 1, column 1, Infinity when standardized",
        () -> small.apply(Tensor.of(new double[] {0, 0, 0, 1e10}, 2, 1, 1, 2)));
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
    assertRefused("Standardizer[columns=3]: x has NaN at row 2, column 1, expected a finite number",
        () -> standardizer.apply(x, x));
    assertArrayEquals(before, x.toDoubles(), "half-written");
    x.set(7, 0);
    x.set(14, Double.NEGATIVE_INFINITY);
    assertRefused("Standardizer: x has -Infinity at row 4, column 2, expected a finite number",
        () -> Standardizer.fit(x));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertRefused("Standardizer: x has shape [3], expected [rows, columns]",
        () -> Standardizer.fit(Tensor.zeros(Precision.DOUBLE, 3)));
    assertRefused("Standardizer: x has shape [0], expected [rows, columns]", () -> Standardizer.fit(Tensor.none()));
    assertRefused("Standardizer: x has 1 rows, expected at least 2", () -> Standardizer.fit(Tensor.row(1.0, 2)));
    assertRefused("Standardizer: x has 0 rows, expected at least 2",
        () -> Standardizer.fit(Tensor.zeros(Precision.DOUBLE, 0, 2)));
    Standardizer standardizer = Standardizer.fit(data(1, 5, 3, Precision.DOUBLE));
    assertRefused("Standardizer[columns=3]: x has shape [1, 2], expected [rows, 3]",
        () -> standardizer.apply(Tensor.row(1.0, 2)));
    assertRefused("Standardizer[columns=3]: z has shape [1, 2], expected [rows, 3]",
        () -> standardizer.invert(Tensor.row(1.0, 2)));
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
