package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.verdict.SyntheticForks.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The fit over several networks, on times whose truth is known.
class PooledFitTest {

  private static final SyntheticForks SMALL = SyntheticForks.of(new int[] {2, 32, 256}, (_, _) -> 0, Noise.ORDINARY, 1);

  /// A network whose crossover is `base` times `perLayer` for each layer beyond two and `perDoubling` for each
  /// doubling of 64.
  private static Claim network(int depth, int width, double base, double perLayer, double perDoubling) {
    double crossover = base * Math.pow(perLayer, depth - 2) * Math.pow(perDoubling, Cell.log2(width / 64.0));
    return Claim.of(SyntheticTimes.SETTING.with(depth, width, "TANH"),
        new SyntheticTimes(crossover, 0.9, 0, 0).grid(2, new Random(1)));
  }

  @Test
  void withoutNoiseTheEffectsAreTheTruth() {
    PooledFit fit = PooledFit.of(List.of(network(1, 64, 1.1, 0.9, 1.05), network(2, 16, 1.1, 0.9, 1.05),
        network(5, 256, 1.1, 0.9, 1.05), network(5, 16, 1.1, 0.9, 1.05))).orElseThrow();
    assertEquals(4, fit.networks());
    assertEquals(1.1, fit.crossover().ratio(), 1e-9);
    assertEquals(0.9, fit.slope().value(), 1e-9);
    assertEquals(0.9, fit.effects().get("Each further hidden layer").moves().ratio(), 1e-9);
    Estimate doubling = fit.effects().get("Each doubling of the width").moves();
    assertEquals(1.05, doubling.ratio(), 1e-9);
    assertTrue(doubling.lowRatio() <= 1.05 + 1e-9 && 1.05 - 1e-9 <= doubling.highRatio(), doubling.toString());
    assertFalse(fit.effects().containsKey("relu instead of tanh"), "what does not vary has no effect");
  }

  /// Three coefficients take four networks, of which depth and width tell from each other.
  @Test
  void tooFewNetworksGiveNoFit() {
    Claim one = network(1, 64, 1.1, 0.9, 1.05);
    Claim other = network(2, 16, 1.1, 0.9, 1.05);
    assertEquals(Optional.empty(), PooledFit.of(List.of(one)));
    assertEquals(Optional.empty(), PooledFit.of(List.of(one, other, network(5, 256, 1.1, 0.9, 1.05))));
    assertEquals(Optional.empty(), PooledFit.of(List.of(one, other, one, other)));
  }

  /// Four networks in a design whose columns are orthogonal: layers beyond two are −1, −1, 1, 1, and log₂ r* is −½
  /// of that and e = (1, −1, 1, −1)/20. With 4 − 2 degrees of freedom the standard error of the effect is
  /// √(Σe²/2)/√Σ(depth − 2)².
  @Test
  void theIntervalIsStudents() {
    List<Claim> networks = new ArrayList<>();
    for (int layers : new int[] {-1, -1, 1, 1}) {
      double unexplained = networks.size() % 2 == 0 ? 0.05 : -0.05;
      networks.add(network(2 + layers, 64, Math.pow(2, unexplained), Math.pow(2, -0.5), 1));
    }
    Estimate effect = PooledFit.of(networks).orElseThrow().effects().get("Each further hidden layer").moves();
    double reach = 4.302653 * Math.sqrt(4 * 0.05 * 0.05 / 2) / 2;
    assertEquals(-0.5, effect.value(), 1e-9);
    assertEquals(-0.5 - reach, effect.low(), 1e-6);
    assertEquals(-0.5 + reach, effect.high(), 1e-6);
  }

  /// Twelve networks, each with an r* of its own beyond what depth, width and relu explain, which all of its pairs
  /// and forks share.
  @Test
  void intervalsCoverWhatNetworksShareNoCoefficientFor() {
    SplittableRandom random = new SplittableRandom(1);
    int[] covered = new int[3];
    int experiments = 1000;
    for (int experiment = 0; experiment < experiments; experiment++) {
      List<Claim> networks = new ArrayList<>();
      for (int depth : new int[] {1, 2, 3, 5}) {
        for (int width : new int[] {16, 64, 256}) {
          boolean relu = (depth + width / 64) % 2 == 0;
          double log2 = -0.1 - 0.05 * (depth - 2) + 0.04 * Cell.log2(width / 64.0) + (relu ? 0.03 : 0)
              + 0.1 * random.nextGaussian();
          SyntheticForks forks = SMALL.with(SyntheticForks.line(Math.pow(2, log2), 0.9), random.split());
          networks.add(forks.claim(SyntheticTimes.SETTING.with(depth, width, relu ? "RELU" : "TANH"), 3));
        }
      }
      var effects = PooledFit.of(networks).orElseThrow().effects();
      covered[0] += effects.get("Each further hidden layer").moves().contains(-0.05) ? 1 : 0;
      covered[1] += effects.get("Each doubling of the width").moves().contains(0.04) ? 1 : 0;
      covered[2] += effects.get("relu instead of tanh").moves().contains(0.03) ? 1 : 0;
    }
    for (int each : covered) {
      // 95 % with three standard errors of 1,000 experiments.
      assertEquals(0.95, (double) each / experiments, 0.021);
    }
  }
}
