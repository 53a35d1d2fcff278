package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.verdict.SyntheticForks.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// 95 % intervals hold what they are about in 93 to 97 % of experiments: the median of the population of forks.
class CoverageTest {

  private static final int EXPERIMENTS = 1000;
  private static final int FEWEST = 6;
  private static final int MOST = 12;
  private static final double LOW = 0.93;
  private static final double HIGH = 0.97;

  /// The crossover at 0.92 in the middle, another at other sizes, another slope there.
  private static final DoubleBinaryOperator TRUTH =
      (shape, size) -> 0.85 * shape + 0.1 + 0.015 * (size - 8) + 0.015 * shape * (size - 8);

  private static final List<String> FIGURES =
      List.of("crossover", "slope", "trend", "smallest size", "largest size", "diagonal", "shape × size");

  private static List<Estimate> figures(ForkFits fits) {
    List<Function<Surface, Double>> ofFits = List.of(Surface::crossover, Surface::slope, Surface::trend,
        fit -> fit.crossoverAt(fits.grid().smallest()), fit -> fit.crossoverAt(fits.grid().largest()),
        Surface::shapeBySize);
    List<Estimate> estimates = new ArrayList<>(ofFits.stream().map(each -> fits.estimate(each::apply)).toList());
    estimates.add(5, fits.diagonal());
    return estimates;
  }

  /// For each number of forks within three standard errors of 1,000 experiments around 93 to 97 %, and over all of
  /// these numbers within 93 to 97 % as it stands.
  @ParameterizedTest
  @EnumSource(value = Noise.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void intervalsCoverForEachNumberOfForks(Noise noise) {
    SyntheticForks forks = SyntheticForks.ofAll(TRUTH, noise, 1);
    double[] truth = figures(forks.fits(100_000, 0)).stream().mapToDouble(Estimate::value).toArray();
    int[] all = new int[truth.length];
    for (int count = FEWEST; count <= MOST; count++) {
      int[] covered = new int[truth.length];
      for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        List<Estimate> estimates = figures(forks.fits(count, 0));
        for (int i = 0; i < truth.length; i++) {
          covered[i] += estimates.get(i).contains(truth[i]) ? 1 : 0;
        }
      }
      for (int i = 0; i < truth.length; i++) {
        all[i] += covered[i];
        double share = (double) covered[i] / EXPERIMENTS;
        assertTrue(share >= LOW - 3 * error(LOW) && share <= HIGH + 3 * error(HIGH),
            noise + ", " + count + " forks, " + FIGURES.get(i) + ": " + share);
      }
    }
    for (int i = 0; i < truth.length; i++) {
      double share = (double) all[i] / EXPERIMENTS / (MOST - FEWEST + 1);
      assertTrue(share >= LOW && share <= HIGH, noise + ", " + FIGURES.get(i) + ": " + share);
    }
  }

  /// Why it is the median's: where one fork in four gets other code, six forks are of one kind in 18 % of
  /// experiments, and Student's interval of the mean then holds neither.
  @Test
  void studentsIntervalOfTheMeanDoesNot() {
    SyntheticForks forks = SyntheticForks.of(TRUTH, Noise.TWO_KINDS, 3);
    double truth = mean(forks.fits(100_000, 0)).value();
    long covered = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      covered += mean(forks.fits(FEWEST, 0)).contains(truth) ? 1 : 0;
    }
    assertTrue(covered < 850, covered + " of 1000");
  }

  private static Estimate mean(ForkFits fits) {
    StreamingStatistics crossovers = new StreamingStatistics();
    fits.fits().forEach(fork -> crossovers.addValue(fork.crossover()));
    double reach = crossovers.getStandardDeviation() / Math.sqrt(fits.forks())
        * new TDistribution(fits.forks() - 1).inverseCumulativeProbability(0.975);
    return new Estimate(crossovers.getMean(), crossovers.getMean() - reach, crossovers.getMean() + reach);
  }

  private static double error(double share) {
    return Math.sqrt(share * (1 - share) / EXPERIMENTS);
  }

  /// The crossover of a grid of nine pairs, as other networks have.
  @Test
  void intervalsCoverOnASmallGrid() {
    SyntheticForks forks = SyntheticForks.of(new int[] {2, 32, 256}, TRUTH, Noise.TWO_KINDS, 2);
    double truth = forks.fits(100_000, 0).estimate(Surface::crossover).value();
    long covered = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      covered += forks.fits(6, 0).estimate(Surface::crossover).contains(truth) ? 1 : 0;
    }
    double share = (double) covered / EXPERIMENTS;
    assertTrue(share >= LOW - 3 * error(LOW) && share <= HIGH + 3 * error(HIGH), "coverage " + share);
  }
}
