package dev.lanewise.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Numbers with their sign.
class SignedTest {

  @Test
  void whatRoundsToZeroHasNone() {
    assertEquals("0.0", Signed.of(-0.04, 1));
    assertEquals("0.0", Signed.of(-0.0, 1));
    assertEquals("0.0", Signed.of(0.04, 1));
    assertEquals("−0.04", Signed.of(-0.04, 2));
    assertEquals("+12.5", Signed.of(12.46, 1));
    assertEquals("−6.0", Signed.of(-5.96, 1));
  }

  @Test
  void timesAreRoundedBeforeTheirUnitIsChosen() {
    assertEquals("1.0 µs", Units.time(999.7, 2));
    assertEquals("120 ns", Units.time(123.4, 2));
    assertEquals("1.2 µs", Units.time(1234, 2));
  }
}
