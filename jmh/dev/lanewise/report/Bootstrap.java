package dev.lanewise.report;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.descriptive.rank.Percentile;

/// 95 % intervals of a fit, by resampling what varies when the experiment is repeated: the forks, not the iterations inside
/// one (Kalibera & Jones, *Rigorous benchmarking in reasonable time*, 2013).
///
/// A replicate draws, in each cell, as many forks as there are, with replacement; a fork is drawn for both modes at once, as
/// they ran one after the other. A fork's time carries its iterations' noise, so drawing iterations as well would count it
/// twice (Ren et al., *Nonparametric bootstrapping for hierarchical data*, 2010); they are drawn only where one fork is all
/// there is. Few forks underestimate the spread: F of them by √((F − 1)/F), and by Student's quantile over the normal
/// one's. Replicates are widened by both.
final class Bootstrap {

  private static final int SEED = 20130619;
  private static final double LEVEL = 0.95;

  private final RandomGenerator random = new Well19937c(SEED);
  private final double[] crossovers;
  private final double[] slopes;

  /// @param cells of one setting
  Bootstrap(List<Cell> cells, int replicates) {
    crossovers = new double[replicates];
    slopes = new double[replicates];
    double widening = student(cells);
    double[][] forks = cells.stream().map(Bootstrap::forkRatios).toArray(double[][]::new);
    double[] drawn = new double[forks.length];
    for (int replicate = 0; replicate < replicates; replicate++) {
      for (int cell = 0; cell < drawn.length; cell++) {
        drawn[cell] = forks[cell].length > 1 ? drawForks(forks[cell], widening) : drawIterations(cells.get(cell));
      }
      Crossover fit = Crossover.fit(cells, drawn);
      crossovers[replicate] = fit.log2();
      slopes[replicate] = fit.slope();
    }
  }

  /// t_(0.975, ν)/z_0.975 for the ν = Σ(F − 1) degrees of freedom that all cells together leave; 1 without any.
  private static double student(List<Cell> cells) {
    int freedom = cells.stream().mapToInt(cell -> forkRatios(cell).length - 1).sum();
    double upper = (1 + LEVEL) / 2;
    return freedom == 0 ? 1
        : new TDistribution(freedom).inverseCumulativeProbability(upper) / new NormalDistribution().inverseCumulativeProbability(upper);
  }

  /// log₂(T_f/T_r) fork by fork.
  private static double[] forkRatios(Cell cell) {
    double[] forward = cell.forward().forks();
    double[] reverse = cell.reverse().forks();
    double[] ratios = new double[Math.min(forward.length, reverse.length)];
    Arrays.setAll(ratios, fork -> Cell.log2(forward[fork] / reverse[fork]));
    return ratios;
  }

  private double drawForks(double[] ratios, double widening) {
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double deviation = 0;
    for (int draw = 0; draw < ratios.length; draw++) {
      deviation += ratios[random.nextInt(ratios.length)] - mean;
    }
    double few = Math.sqrt(ratios.length / (ratios.length - 1.0));
    return mean + widening * few * deviation / ratios.length;
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
  record Interval(double low, double high) {

    boolean contains(double value) {
      return low <= value && value <= high;
    }
  }
}
