package dev.lanewise.report.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.stat.regression.SimpleRegression;

/// The D/M of equal times if only some of a network's inputs or outputs were wanted.
///
/// The ratio of the times need not be linear over all of D/M. In each fork, log₂(T_f/T_r) is interpolated linearly in
/// log₂(D/M) between the two blocks on either side of equal times. If all blocks lie on one side, the outermost step is
/// extrapolated.
///
/// @param crossover log₂ of the D/M of equal times
/// @param slope the slope of log₂(T_f/T_r) over log₂(D/M), from a line through all blocks; the median over forks
/// @param low log₂ of the smallest D/M that was measured
/// @param high log₂ of the largest D/M that was measured
public record OwnCrossover(Estimate crossover, double slope, double low, double high) {

  private static final int LEAST_CELLS = 3;

  /// The crossover; empty if there are too few blocks, or if the ratio does not rise with D/M.
  ///
  /// @param cells blocks of one Jacobian, by both modes
  public static Optional<OwnCrossover> of(List<OwnCell> cells) {
    List<OwnCell> blocks = cells.stream()
        .sorted((one, other) -> Double.compare(one.log2OfDOverM(), other.log2OfDOverM())).toList();
    double[] x = blocks.stream().mapToDouble(OwnCell::log2OfDOverM).toArray();
    if (Arrays.stream(x).distinct().count() < LEAST_CELLS) {
      return Optional.empty();
    }
    double[][] byBlock = blocks.stream().map(block -> block.logRatios("forward", "reverse")).toArray(double[][]::new);
    double[][] forks = IntStream.range(0, byBlock[0].length)
        .mapToObj(fork -> Arrays.stream(byBlock).mapToDouble(block -> block[fork]).toArray()).toArray(double[][]::new);
    double[] met = Arrays.stream(forks).mapToDouble(y -> met(x, y)).toArray();
    double[] slopes = Arrays.stream(forks).mapToDouble(y -> slope(x, y)).toArray();
    if (Arrays.stream(met).anyMatch(Double::isNaN) || Arrays.stream(slopes).anyMatch(slope -> slope <= 0)) {
      return Optional.empty();
    }
    return Optional.of(new OwnCrossover(SampleMedian.of(met).estimate(), SampleMedian.of(slopes).value(), x[0],
        x[x.length - 1]));
  }

  /// The log₂(D/M) of equal times in one fork; NaN if no step leads there.
  private static double met(double[] x, double[] y) {
    double between = IntStream.range(1, x.length).filter(i -> x[i] > x[i - 1] && y[i - 1] <= 0 && y[i] >= 0)
        .mapToDouble(i -> zero(x, y, i)).findFirst().orElse(Double.NaN);
    if (!Double.isNaN(between)) {
      return between;
    }
    IntStream steps = IntStream.range(1, x.length).filter(i -> x[i] > x[i - 1]);
    int outermost = y[0] > 0 ? steps.min().orElseThrow() : steps.max().orElseThrow();
    return y[outermost] > y[outermost - 1] ? zero(x, y, outermost) : Double.NaN;
  }

  /// The zero of the line through this point and the one before.
  private static double zero(double[] x, double[] y, int i) {
    return y[i] == y[i - 1] ? (x[i] + x[i - 1]) / 2 : x[i] - y[i] * (x[i] - x[i - 1]) / (y[i] - y[i - 1]);
  }

  private static double slope(double[] x, double[] y) {
    SimpleRegression line = new SimpleRegression();
    IntStream.range(0, x.length).forEach(i -> line.addData(x[i], y[i]));
    return line.getSlope();
  }

  /// Whether the crossover lies among the measured blocks, and was not extrapolated.
  public boolean isMeasured() {
    return low <= crossover.value() && crossover.value() <= high;
  }
}
