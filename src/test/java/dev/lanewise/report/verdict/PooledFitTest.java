package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Measurement;
import java.util.ArrayList;
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

  /// Six cells of two networks in a design whose columns are orthogonal, so that every number follows by hand: x = log₂(D/M) is −2, 0, 2
  /// in both, the layers are −1 and 1 beyond 2, and what the plane does not explain is e = ±(1, −2, 1)/20, orthogonal to all of them.
  /// Then s = 1, a = −0.5, and with 6 − 3 degrees of freedom the standard error of a is √(Σe²/3)/√Σ(depth − 2)².
  @Test
  void theIntervalIsStudents() {
    List<Claim> networks = new ArrayList<>();
    for (int layers : new int[] {-1, 1}) {
      List<Cell> cells = new ArrayList<>();
      for (int log2 : new int[] {-2, 0, 2}) {
        double unexplained = layers * (log2 == 0 ? -2 : 1) / 20.0;
        cells.add(cell(16 << log2 + 2, 64, log2 - 0.5 * layers + unexplained));
      }
      networks.add(Claim.of(SyntheticTimes.SETTING.with(2 + layers, 64, "TANH"), cells, 10));
    }
    PooledFit.Effect effect = PooledFit.of(networks).effects().get("Each further hidden layer");
    double unexplained = Math.sqrt(2 * (1 + 4 + 1) / 400.0 / 3);
    double reach = 3.182446 * unexplained / Math.sqrt(6);
    assertEquals(Math.pow(2, 0.5), effect.factor(), 1e-9);
    assertEquals(Math.pow(2, 0.5 - reach), effect.low(), 1e-6);
    assertEquals(Math.pow(2, 0.5 + reach), effect.high(), 1e-6);
  }

  /// A pair whose forward mode takes 2^`log2` times the time of reverse mode.
  private static Cell cell(int d, int m, double log2) {
    Cell any = new SyntheticTimes(1, 0, 0, 0).cell(d, m, 1, new Random(1));
    double[][] nanos = {{any.reverse().time() * Math.pow(2, log2)}};
    return new Cell(d, m, new Measurement(any.forward().benchmark(), any.forward().params(), nanos, any.forward().counters()), any.reverse());
  }
}
