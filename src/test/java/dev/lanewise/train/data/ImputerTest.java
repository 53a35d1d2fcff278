package dev.lanewise.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Columns by hand.
class ImputerTest {

  private static final double NAN = Double.NaN;

  private static Tensor x() {
    return Tensor.of(new double[] {1, NAN, 2, 8, NAN, 4, 9, 5}, 4, 2);
  }

  @Test
  void eachColumnHasItsNumber() {
    assertArrayEquals(new double[] {4, 17 / 3.0}, Imputer.fit(Imputation.mean(), x()).values().toDoubles(), 1e-15);
    assertArrayEquals(new double[] {2, 5}, Imputer.fit(Imputation.median(), x()).values().toDoubles());
    assertArrayEquals(new double[] {7, 7}, Imputer.fit(Imputation.constant(7), x()).values().toDoubles());
    Tensor even = Tensor.of(new double[] {4, NAN, 1, 3, 2, NAN}, 6, 1);
    assertArrayEquals(new double[] {2.5}, Imputer.fit(Imputation.median(), even).values().toDoubles());
    double most = Double.MAX_VALUE;
    assertArrayEquals(new double[] {most}, Imputer.fit(Imputation.median(), Tensor.of(new double[] {most, most}, 2, 1))
        .values().toDoubles(), "no sum overflows");
  }

  @Test
  void whatIsMissingIsReplacedAndNothingElse() {
    Tensor x = x();
    Imputer imputer = Imputer.fit(Imputation.median(), x);
    assertArrayEquals(new double[] {1, 5, 2, 8, 2, 4, 9, 5}, imputer.apply(x).toDoubles());
    assertTrue(Double.isNaN(x.get(1)), "x is not changed");
    assertArrayEquals(new double[] {1, Double.POSITIVE_INFINITY},
        imputer.apply(Tensor.row(1, Double.POSITIVE_INFINITY)).toDoubles());
    assertEquals(Precision.FLOAT, imputer.apply(Tensor.row(1f, Float.NaN)).precision());
    Imputer copied = Imputer.of(imputer.values());
    imputer.values().set(0, 99);
    assertArrayEquals(imputer.apply(x).toDoubles(), copied.apply(x).toDoubles());
  }

  @Test
  void channelsAreColumnsOfAxis1() {
    Tensor images = Tensor.of(new double[] {1, NAN, 10, 20, 3, 5, NAN, 60}, 2, 2, 1, 2);
    Imputer imputer = Imputer.fitChannels(Imputation.mean(), images);
    assertArrayEquals(new double[] {1, 3, 10, 20, 3, 5, 30, 60}, imputer.apply(images).toDoubles());
    assertArrayEquals(imputer.apply(images).toDoubles(),
        Imputer.of(imputer.values()).forChannels().apply(images).toDoubles());
    assertEquals("Imputer[channels=2]", imputer.toString());
    assertArrayEquals(new double[] {(1 + 10 + 3) / 3.0, (20 + 5 + 60) / 3.0},
        Imputer.fit(Imputation.mean(), images.reshape(2, 2, 2)).values().toDoubles(), 1e-14);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Imputer imputer = Imputer.fit(Imputation.mean(), x());
    assertRefused("Imputer[columns=2]: x has shape [1, 3], expected [rows, 2]",
        () -> imputer.apply(Tensor.row(1.0, 2, 3)));
    assertRefused("Imputer[channels=2]: x has shape [1, 3], expected [rows, 2, …]",
        () -> imputer.forChannels().apply(Tensor.row(1.0, 2, 3)));
    assertRefused("Imputer: x has shape [2], expected [rows, columns]",
        () -> Imputer.fit(Imputation.mean(), Tensor.of(new double[2], 2)));
    assertRefused("Imputer: column 1 has no value, expected one at least to take a MEDIAN of",
        () -> Imputer.fit(Imputation.median(), Tensor.row(1, NAN)));
    assertRefused("Imputer: column 0 has -Infinity, expected finite numbers, and NaN where one is missing",
        () -> Imputer.fit(Imputation.mean(), Tensor.row(Double.NEGATIVE_INFINITY, 1)));
    assertRefused("Imputer: values are [1, 2], expected [D]", () -> Imputer.of(Tensor.row(1.0, 2)));
    assertRefused("Imputation: MEAN of 1.0, expected 0, as it takes no number",
        () -> new Imputation(Imputation.Kind.MEAN, 1));
    assertRefused("Imputation: CONSTANT of Infinity, expected a finite number",
        () -> Imputation.constant(Double.POSITIVE_INFINITY));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
