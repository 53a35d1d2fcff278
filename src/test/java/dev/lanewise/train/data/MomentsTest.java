package dev.lanewise.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Means against exact ones in decimal arithmetic, for numbers of any offset, size and count.
class MomentsTest {

  private static final MathContext DIGITS = new MathContext(60);

  private static BigDecimal exactMean(double[] values) {
    BigDecimal sum = Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(values.length), DIGITS);
  }

  private static double exactDeviation(double[] values) {
    BigDecimal mean = exactMean(values);
    BigDecimal squares = Arrays.stream(values).mapToObj(value -> new BigDecimal(value).subtract(mean).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
    return squares.divide(BigDecimal.valueOf(values.length), DIGITS).sqrt(DIGITS).doubleValue();
  }

  @Property(tries = 200)
  void anyOffset(@ForAll long seed, @ForAll @IntRange(min = 2, max = 300) int count,
      @ForAll @IntRange(min = 0, max = 14) int digits) {
    Random random = new Random(seed);
    double offset = Math.pow(10, digits);
    double[] values = random.doubles(count).map(value -> offset + value).toArray();
    double mean = exactMean(values).doubleValue();
    assertEquals(mean, Moments.mean(values), 2 * Math.ulp(mean));
    double deviation = exactDeviation(values);
    assertEquals(deviation, Moments.standardDeviation(values), 8 * Math.ulp(deviation));
  }

  @Property(tries = 200)
  void scalingByAPowerOf2ChangesNoBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = -1000, max = 1020) int exponent) {
    double[] values = new Random(seed).doubles(count, 0.5, 2).toArray();
    double scale = Math.scalb(1.0, exponent);
    double[] scaled = Arrays.stream(values).map(value -> value * scale).toArray();
    assertEquals(Moments.mean(values) * scale, Moments.mean(scaled));
    assertEquals(Moments.meanMagnitude(values) * scale, Moments.meanMagnitude(scaled));
    assertEquals(Moments.rootMeanSquare(values) * scale, Moments.rootMeanSquare(scaled));
    assertEquals(Moments.standardDeviation(values) * scale, Moments.standardDeviation(scaled));
  }

  @Test
  void manyNumbersOfOneSizeLoseNothing() {
    double[] values = new double[1_000_000];
    Arrays.fill(values, 0.1);
    values[0] = 0.3;
    assertEquals(0.1000002, Moments.mean(values), 2e-17);
    assertEquals(Math.sqrt(0.01 + 0.08e-6), Moments.rootMeanSquare(values), 3e-17);
    assertEquals(0.2 * Math.sqrt(999_999) / 1e6, Moments.standardDeviation(values), 1e-19);
  }

  @Test
  void whatCancelsLeavesTheRest() {
    assertEquals(1.0 / 3, Moments.mean(1e16, 1, -1e16));
    assertEquals(0, Moments.mean(-Double.MAX_VALUE, Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE, Moments.meanMagnitude(-Double.MAX_VALUE, Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE / 3, Moments.mean(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE));
    // Their mean, 2⁵³ + 1, is no double: the deviation is taken from the exact one.
    assertEquals(1, Moments.standardDeviation(0x1p53, 0x1p53 + 2));
  }

  @Test
  void equalNumbersAreTheirMeanAndDeviateBy0() {
    for (double value : new double[] {0.1, -1e300, Double.MIN_VALUE, 1.0 / 3, 0, Double.MAX_VALUE}) {
      double[] values = new double[49];
      Arrays.fill(values, value);
      assertEquals(value, Moments.mean(values));
      assertEquals(0, Moments.standardDeviation(values));
    }
  }

  @Test
  void theEndsOfTheRange() {
    assertEquals(Double.MAX_VALUE, Moments.standardDeviation(-Double.MAX_VALUE, Double.MAX_VALUE));
    assertEquals(Double.MAX_VALUE, Moments.rootMeanSquare(-Double.MAX_VALUE, Double.MAX_VALUE));
    assertEquals(Double.MIN_VALUE, Moments.rootMeanSquare(-Double.MIN_VALUE, Double.MIN_VALUE));
    assertEquals(Double.MIN_VALUE, Moments.standardDeviation(0, Double.MIN_VALUE), "of different numbers never 0");
    assertEquals(0, Moments.rootMeanSquare(0, 0));
  }

  @Test
  void whatIsNoNumberShows() {
    for (double[] values : new double[][] {{}, {1, Double.NaN, 2}, {Double.NaN}}) {
      assertTrue(Double.isNaN(Moments.mean(values)));
      assertTrue(Double.isNaN(Moments.meanMagnitude(values)));
      assertTrue(Double.isNaN(Moments.rootMeanSquare(values)));
      assertTrue(Double.isNaN(Moments.standardDeviation(values)));
    }
    assertEquals(Double.NEGATIVE_INFINITY, Moments.mean(1, Double.NEGATIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, Moments.rootMeanSquare(1, Double.NEGATIVE_INFINITY));
    assertTrue(Double.isNaN(Moments.standardDeviation(1, Double.POSITIVE_INFINITY)));
  }
}
