package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The median's interval against numbers worked out by hand, and its tests against the interval.
class SampleMedianTest {

  private static double[] firstNumbers(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = n - i;
    }
    return values;
  }

  /// Of 1 … n the d-th smallest is d, so that the interval's low end is d + λ, with λ = (n − d)·I/(d + (n − 2d)·I)
  /// and I by the levels γ_d = 1 − 2·Σ_(k<d) C(n, k)/2ⁿ. Six: γ₁ = 0.96875, γ₂ = 0.78125, I = 0.1, λ = 0.5/1.4.
  /// Ten: γ₂ = 1 − 22/1024, γ₃ = 1 − 112/1024. Twelve: γ₃ = 1 − 158/4096, γ₄ = 1 − 598/4096.
  @ParameterizedTest
  @CsvSource({"6, 1, 62, 62, 14", "10, 2, 1024, 22, 112", "12, 3, 4096, 158, 598"})
  void theIntervalIsHettmanspergersAndSheathers(int n, int d, double all, double outside, double next) {
    double inward = n == 6 ? 0.1 : (0.05 - outside / all) / ((next - outside) / all);
    double low = d + (n - d) * inward / (d + (n - 2 * d) * inward);
    Estimate estimate = SampleMedian.of(firstNumbers(n)).estimate();
    assertEquals(low, estimate.low(), 1e-9);
    assertEquals(n + 1 - low, estimate.high(), 1e-9);
    assertEquals((n + 1) / 2.0, estimate.value(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"0.95, 6", "0.9375, 5", "0.5, 2", "0.99, 8", "0.9975, 10"})
  void anIntervalTakesEnoughValues(double level, int least) {
    assertEquals(least, SampleMedian.leastFor(level));
    Estimate fewer = SampleMedian.of(firstNumbers(least - 1)).estimate(level);
    assertEquals(1, fewer.low());
    assertEquals(least - 1, fewer.high());
  }

  /// A test rejects at 5 % exactly where the 95 % interval excludes.
  @Test
  void testsAndIntervalsAgree() {
    Random random = new Random(1);
    for (int n = 6; n <= 20; n++) {
      SampleMedian median = SampleMedian.of(random.doubles(n).map(_ -> random.nextGaussian()).toArray());
      Estimate estimate = median.estimate();
      assertEquals(0.05, median.equality(estimate.low()), 1e-9);
      assertEquals(0.05, median.equality(estimate.high()), 1e-9);
      assertEquals(0.025, median.pNotAbove(estimate.low()), 1e-9);
      assertEquals(0.025, median.pNotBelow(estimate.high()), 1e-9);
      assertEquals(1, median.equality(median.value()), 1e-9);
      double edge = Math.max(Math.abs(estimate.low()), Math.abs(estimate.high()));
      assertEquals(0.025, median.equivalence(edge), 1e-9);
      assertTrue(median.equivalence(edge * 1.1) < 0.025 && median.equivalence(edge * 0.9) > 0.025);
    }
  }

  /// The smallest p there is: all values on one side.
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 0.5", "6, 0.03125", "12, 0.00048828125"})
  void noPIsSmallerThanThatOfAllValuesOnOneSide(int n, double p) {
    SampleMedian median = SampleMedian.of(firstNumbers(n));
    assertEquals(p, median.equality(0.5), 1e-12);
    assertEquals(p, median.equality(-1e9), 1e-12);
    assertEquals(p / 2, median.equivalence(n + 1), 1e-12);
  }

  @Test
  void equalValuesAreTheirOwnInterval() {
    SampleMedian median = SampleMedian.of(3, 3, 3, 3, 3, 3);
    assertEquals(new Estimate(3, 3, 3), median.estimate());
    assertEquals(1, median.equality(3));
    assertEquals(0.03125, median.equality(2.9), 1e-12);
  }
}
