package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fit over several networks, on times whose truth is known.
class PooledFitTest {

  /// A network whose crossover is `base` times `perLayer` for each layer beyond two and `perDoubling` for each doubling of 64.
  private static Claim network(int depth, int width, double base, double perLayer, double perDoubling) {
    double crossover = base * Math.pow(perLayer, depth - 2) * Math.pow(perDoubling, Cell.log2(width / 64.0));
    return Claim.of(SyntheticTimes.SETTING.with(depth, width, "TANH"),
        new SyntheticTimes(crossover, 0.9, 0, 0).grid(2, new Random(1)), 10);
  }

  @Test
  void withoutNoiseTheEffectsAreTheTruth() {
    PooledFit fit = PooledFit.of(List.of(network(1, 64, 1.1, 0.9, 1.05), network(2, 16, 1.1, 0.9, 1.05), network(5, 256, 1.1, 0.9, 1.05)));
    assertEquals(1.1, fit.crossover(), 1e-9);
    assertEquals(0.9, fit.slope(), 1e-9);
    assertEquals(0.9, fit.effects().get("Each further hidden layer").factor(), 1e-9);
    PooledFit.Effect doubling = fit.effects().get("Each doubling of the width");
    assertEquals(1.05, doubling.factor(), 1e-9);
    assertTrue(doubling.low() <= 1.05 + 1e-9 && 1.05 - 1e-9 <= doubling.high(), doubling.toString());
    assertFalse(fit.effects().containsKey("relu instead of tanh"), "what does not vary has no effect");
  }
}
