package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Rates of the first steps, and of the last ones where there are such.
class ScheduleTest {

  private static void rates(Schedule schedule, double... expected) {
    assertArrayEquals(expected, LongStream.rangeClosed(1, expected.length).mapToDouble(schedule::rate).toArray(),
        1e-15);
  }

  @Test
  void formulas() {
    rates(Schedule.constant(0.3), 0.3, 0.3, 0.3);
    rates(Schedule.inverse(1), 1, 1 / 2.0, 1 / 3.0, 1 / 4.0);
    rates(Schedule.inverse(0.6, 2), 0.6, 0.4, 0.3, 0.24);
    rates(Schedule.step(0.8, 0.5, 3), 0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2);
    rates(Schedule.exponential(2, 0.5), 2, 1, 0.5, 0.25);
    rates(Schedule.cosine(1, 2, 6, 0.2), 0.5, 1,
        0.2 + 0.8 * (1 + Math.cos(Math.PI / 4)) / 2, 0.6, 0.2 + 0.8 * (1 + Math.cos(3 * Math.PI / 4)) / 2, 0.2, 0.2,
        0.2);
    rates(Schedule.cosine(1, 0, 2, 0), 0.5, 0);
  }

  /// Robbins and Monro: Σρ_r grows without bound, Σρ_r² does not.
  @Test
  void theInverseDecayMeetsItsConditions() {
    double sum = 0;
    double squares = 0;
    for (long r = 1; r <= 1_000_000; r++) {
      double rate = Schedule.inverse(1, 5).rate(r);
      sum += rate;
      squares += rate * rate;
    }
    // Harmonic sums from 5 on: 5·(ln(10⁶/5) + …), and 25·Σ 1/n² from n = 5.
    assertEquals(5 * (Math.log(1_000_004.5) - Math.log(4.5)), sum, 0.02);
    assertEquals(25 * (Math.PI * Math.PI / 6 - 1 - 1 / 4.0 - 1 / 9.0 - 1 / 16.0), squares, 1e-4);
  }

  @Test
  void refusals() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Schedule.constant(rate));
      assertThrows(IllegalArgumentException.class, () -> Schedule.inverse(rate));
      assertThrows(IllegalArgumentException.class, () -> Schedule.inverse(1, rate));
      assertThrows(IllegalArgumentException.class, () -> Schedule.step(rate, 0.5, 2));
      assertThrows(IllegalArgumentException.class, () -> Schedule.exponential(rate, 0.5));
      assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(rate, 1, 2, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> Schedule.step(1, 1.1, 2));
    assertThrows(IllegalArgumentException.class, () -> Schedule.step(1, 0.5, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 2, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, -1, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 1, 2, 1.5));
  }
}
