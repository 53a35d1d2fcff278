package dev.lanewise.report.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.stat.regression.SimpleRegression;

/// Where the modes would meet if some of a network's inputs or outputs alone were wanted: log₂(T_f/T_r) is fitted by a line
/// in log₂(D/M), fork by fork.
///
/// @param crossover log₂ of the D/M of equal times
/// @param slope of the lines; the median over forks
/// @param low log₂ of the smallest D/M that was measured
/// @param high log₂ of the largest
public record OwnCrossover(Estimate crossover, double slope, double low, double high) {

  private static final int LEAST_CELLS = 3;

  /// Empty of too few blocks, or where the ratio does not rise with D/M.
  ///
  /// @param cells blocks of one Jacobian, by both modes
  public static Optional<OwnCrossover> of(List<OwnCell> cells) {
    double[] x = cells.stream().mapToDouble(OwnCell::log2OfDOverM).toArray();
    if (Arrays.stream(x).distinct().count() < LEAST_CELLS) {
      return Optional.empty();
    }
    double[][] y = cells.stream().map(cell -> cell.logRatios("forward", "reverse")).toArray(double[][]::new);
    List<SimpleRegression> lines = IntStream.range(0, y[0].length).mapToObj(fork -> {
      SimpleRegression line = new SimpleRegression();
      IntStream.range(0, x.length).forEach(cell -> line.addData(x[cell], y[cell][fork]));
      return line;
    }).toList();
    if (lines.stream().anyMatch(line -> line.getSlope() <= 0)) {
      return Optional.empty();
    }
    double[] met = lines.stream().mapToDouble(line -> -line.getIntercept() / line.getSlope()).toArray();
    double[] slopes = lines.stream().mapToDouble(SimpleRegression::getSlope).toArray();
    return Optional.of(new OwnCrossover(SampleMedian.of(met).estimate(), SampleMedian.of(slopes).value(),
        Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()));
  }

  /// Whether it lies among what was measured, and was not drawn out to.
  public boolean isMeasured() {
    return low <= crossover.value() && crossover.value() <= high;
  }
}
