package dev.lanewise.report.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.descriptive.rank.Percentile;

/// 95 % intervals of a fit, by resampling what varies when the experiment is repeated: the forks, not the iterations inside
/// one (Kalibera & Jones, *Rigorous benchmarking in reasonable time*, 2013).
///
/// A replicate draws as many forks as there are, with replacement. A fork is drawn for all cells and both modes at once, as it has
/// measured them all: what it drew, where arrays lie and what the compiler made of a kernel, many of its cells share. A fork's time
/// carries its iterations' noise, so drawing iterations as well would count it twice (Ren et al., *Nonparametric bootstrapping for
/// hierarchical data*, 2010); they are drawn only where one fork is all there is. Few forks underestimate the spread: F of them by
/// √((F − 1)/F), and by Student's quantile over the normal one's. Replicates are widened by both.
public final class Bootstrap {

  private static final int SEED = 20130619;
  private static final double LEVEL = 0.95;

  private final RandomGenerator random = new Well19937c(SEED);
  private final double[] crossovers;
  private final double[] slopes;

  /// @param cells of one setting
  Bootstrap(List<Cell> cells, int replicates) {
    crossovers = new double[replicates];
    slopes = new double[replicates];
    double[][] ratios = cells.stream().map(Bootstrap::forkRatios).toArray(double[][]::new);
    int forks = Arrays.stream(ratios).mapToInt(cell -> cell.length).min().orElse(0);
    double widening = forks < 2 ? 1 : student(forks) * Math.sqrt(forks / (forks - 1.0));
    double[] means = Arrays.stream(ratios).mapToDouble(cell -> Arrays.stream(cell).limit(forks).average().orElseThrow()).toArray();
    double[] drawn = new double[ratios.length];
    for (int replicate = 0; replicate < replicates; replicate++) {
      if (forks < 2) {
        Arrays.setAll(drawn, cell -> drawIterations(cells.get(cell)));
      } else {
        int[] chosen = IntStream.generate(() -> random.nextInt(forks)).limit(forks).toArray();
        Arrays.setAll(drawn, cell -> {
          double deviation = Arrays.stream(chosen).mapToDouble(fork -> ratios[cell][fork] - means[cell]).average().orElseThrow();
          return means[cell] + widening * deviation;
        });
      }
      Crossover fit = Crossover.fit(cells, drawn);
      crossovers[replicate] = fit.log2();
      slopes[replicate] = fit.slope();
    }
  }

  /// t_(0.975, F − 1)/z_0.975.
  private static double student(int forks) {
    double upper = (1 + LEVEL) / 2;
    return new TDistribution(forks - 1).inverseCumulativeProbability(upper) / new NormalDistribution().inverseCumulativeProbability(upper);
  }

  /// log₂(T_f/T_r) fork by fork.
  private static double[] forkRatios(Cell cell) {
    double[] forward = cell.forward().forks();
    double[] reverse = cell.reverse().forks();
    double[] ratios = new double[Math.min(forward.length, reverse.length)];
    Arrays.setAll(ratios, fork -> Cell.log2(forward[fork] / reverse[fork]));
    return ratios;
  }

  private double drawIterations(Cell cell) {
    return Cell.log2(drawMedian(cell.forward().nanos()[0]) / drawMedian(cell.reverse().nanos()[0]));
  }

  private double drawMedian(double[] iterations) {
    double[] drawn = new double[iterations.length];
    Arrays.setAll(drawn, _ -> iterations[random.nextInt(iterations.length)]);
    return new Median().evaluate(drawn);
  }

  /// Of log₂ r*.
  Interval crossover() {
    return interval(crossovers);
  }

  /// Of s.
  Interval slope() {
    return interval(slopes);
  }

  private static Interval interval(double[] values) {
    Percentile percentile = new Percentile();
    percentile.setData(values);
    double tail = 100 * (1 - LEVEL) / 2;
    return new Interval(percentile.evaluate(tail), percentile.evaluate(100 - tail));
  }

  /// The range that holds the middle 95 % of the replicates.
  public record Interval(double low, double high) {

    boolean contains(double value) {
      return low <= value && value <= high;
    }
  }
}
