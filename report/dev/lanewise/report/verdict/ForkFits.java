package dev.lanewise.report.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;

/// A fit for each fork, each of which has measured all pairs D × M of a setting, and the median over the forks of any
/// figure of the fit.
///
/// An experiment is repeated by its forks, not by the iterations inside one (Kalibera & Jones, *Rigorous benchmarking
/// in reasonable time*, 2013): all pairs of a fork share its random numbers, the addresses of its arrays and its
/// compiled code. C2 compiles some forks differently. The median is over forks of both kinds, as this machine starts
/// them in this hour; its interval says nothing about another hour or machine.
final class ForkFits {

  /// Robust standard deviations from the median beyond which a fork is odd, if it is also more than 7 % away.
  private static final double ODD = 3;
  private static final double ODD_FLOOR = 0.1;
  /// Standard deviation of normal values over their median absolute deviation.
  private static final double NORMAL = 1.4826;

  private final Grid grid;
  private final double[][] ratios;
  private final double[][] sweeps;
  private final List<Surface> fits;
  private final List<Surface> sweepFits;

  /// @param ratios log₂(T_f/T_r), by fork, then pair
  /// @param sweeps the same by iteration if there is only one fork; otherwise empty
  ForkFits(Grid grid, double[][] ratios, double[][] sweeps) {
    this.grid = grid;
    this.ratios = ratios;
    this.sweeps = sweeps;
    fits = Arrays.stream(ratios).map(grid::fit).toList();
    sweepFits = Arrays.stream(sweeps).map(grid::fit).toList();
  }

  static ForkFits of(List<Cell> cells) {
    double[][] byCell = cells.stream().map(Cell::forkRatios).toArray(double[][]::new);
    int forks = Arrays.stream(byCell).mapToInt(cell -> cell.length).min().orElseThrow();
    double[][] sweeps = forks > 1 ? new double[0][]
        : transposed(cells.stream().map(Cell::iterationRatios).toArray(double[][]::new));
    return new ForkFits(Grid.of(cells), transposed(byCell), sweeps);
  }

  /// As many rows as the shortest of `columns` has values.
  private static double[][] transposed(double[][] columns) {
    int rows = Arrays.stream(columns).mapToInt(column -> column.length).min().orElseThrow();
    return IntStream.range(0, rows).mapToObj(row -> Arrays.stream(columns).mapToDouble(column -> column[row]).toArray())
        .toArray(double[][]::new);
  }

  Grid grid() {
    return grid;
  }

  int forks() {
    return ratios.length;
  }

  List<Surface> fits() {
    return fits;
  }

  /// The median over the forks of `figure` of their fits.
  SampleMedian median(ToDoubleFunction<Surface> figure) {
    return SampleMedian.of(fits.stream().mapToDouble(figure).toArray());
  }

  /// That median with its 95 % interval, or the range over the forks; for a single fork the range over its iterations.
  Estimate estimate(ToDoubleFunction<Surface> figure) {
    return estimate(median(figure), sweepFits.stream().mapToDouble(figure));
  }

  /// The same for log₂(T_f/T_r) at D = M.
  Estimate diagonal() {
    return estimate(SampleMedian.of(Arrays.stream(ratios).mapToDouble(grid::diagonal).toArray()),
        Arrays.stream(sweeps).mapToDouble(grid::diagonal));
  }

  private static Estimate estimate(SampleMedian median, DoubleStream sweeps) {
    Estimate forks = median.estimate();
    double[] seen = DoubleStream.concat(DoubleStream.of(forks.low(), forks.high()), sweeps).toArray();
    return new Estimate(forks.value(), Arrays.stream(seen).min().orElseThrow(),
        Arrays.stream(seen).max().orElseThrow());
  }

  /// log₂(T_f/T_r) of a pair.
  SampleMedian cell(int index) {
    return SampleMedian.of(Arrays.stream(ratios).mapToDouble(fork -> fork[index]).toArray());
  }

  double[] medians() {
    return IntStream.range(0, ratios[0].length).mapToDouble(index -> cell(index).value()).toArray();
  }

  /// The number of forks whose r* or mean log₂(T_f/T_r) is unlike the others'.
  int odd() {
    boolean[] crossover = odd(fits.stream().mapToDouble(Surface::crossover).toArray());
    boolean[] level = odd(Arrays.stream(ratios).mapToDouble(StatUtils::mean).toArray());
    return (int) IntStream.range(0, forks()).filter(fork -> crossover[fork] || level[fork]).count();
  }

  private static boolean[] odd(double[] values) {
    double median = SampleMedian.of(values).value();
    double[] deviations = Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
    double band = Math.max(ODD_FLOOR, ODD * NORMAL * SampleMedian.of(deviations).value());
    boolean[] odd = new boolean[values.length];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = deviations[i] > band;
    }
    return odd;
  }
}
