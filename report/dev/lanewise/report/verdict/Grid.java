package dev.lanewise.report.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/// The pairs D × M of a setting as regressors: fits a [Surface] by least squares, with a matrix computed once for all
/// forks.
final class Grid {

  private static final double SINGULAR = 1e-9;

  private final double[] shapes;
  private final double[] sizes;
  private final double centre;
  private final double[][] design;
  private final double[][] solver;
  /// Which of the terms 1, x, z, x·z the pairs can tell apart.
  private final boolean[] told;

  private Grid(double[] shapes, double[] sizes) {
    this.shapes = shapes;
    this.sizes = sizes;
    centre = Arrays.stream(sizes).average().orElseThrow();
    List<IntToDoubleFunction> terms =
        List.of(_ -> 1, i -> shapes[i], i -> sizes[i] - centre, i -> shapes[i] * (sizes[i] - centre));
    told = new boolean[terms.size()];
    double[][] columns = new double[0][];
    for (int term = 0; term < told.length; term++) {
      double[][] more = Arrays.copyOf(columns, columns.length + 1);
      more[columns.length] = IntStream.range(0, shapes.length).mapToDouble(terms.get(term)).toArray();
      // The size is left out if it would leave no degree of freedom to show a bad fit.
      told[term] = more.length <= (term < 2 ? shapes.length : shapes.length - 1) && solver(more).isNonSingular();
      columns = told[term] ? more : columns;
    }
    design = columns;
    solver = solver(columns).getInverse().getData();
  }

  static Grid of(List<Cell> cells) {
    return new Grid(cells.stream().mapToDouble(Cell::shape).toArray(),
        cells.stream().mapToDouble(Cell::size).toArray());
  }

  private static DecompositionSolver solver(double[][] columns) {
    RealMatrix transposed = new Array2DRowRealMatrix(columns, false);
    return new QRDecomposition(transposed.transpose(), SINGULAR).getSolver();
  }

  /// Fits a surface by least squares.
  ///
  /// @param ratios log₂(T_f/T_r), pair by pair
  Surface fit(double[] ratios) {
    double[] fitted = new double[told.length];
    int row = 0;
    for (int term = 0; term < told.length; term++) {
      fitted[term] = told[term] ? dot(solver[row++], ratios) : 0;
    }
    return new Surface(fitted[0], fitted[1], fitted[2], fitted[3], centre);
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /// Standard deviation of the residuals; NaN if there are as many terms as pairs.
  double residual(double[] ratios) {
    Surface fit = fit(ratios);
    double squares = 0;
    for (int i = 0; i < ratios.length; i++) {
      double left = ratios[i] - fit.at(shapes[i], sizes[i]);
      squares += left * left;
    }
    int degrees = ratios.length - design.length;
    return degrees == 0 ? Double.NaN : Math.sqrt(squares / degrees);
  }

  /// The mean over the pairs D = M; c if there are none.
  double diagonal(double[] ratios) {
    return IntStream.range(0, ratios.length).filter(i -> shapes[i] == 0).mapToDouble(i -> ratios[i]).average()
        .orElseGet(() -> fit(ratios).intercept());
  }

  boolean tellsSize() {
    return told[2];
  }

  /// The smallest size that has pairs on both sides of D = M at it or below: at smaller ones the crossover would be
  /// extrapolated.
  double smallest() {
    return Math.max(sizes(-1).min().orElseThrow(), sizes(1).min().orElseThrow());
  }

  /// The largest size that has pairs on both sides at it or above.
  double largest() {
    return Math.min(sizes(-1).max().orElseThrow(), sizes(1).max().orElseThrow());
  }

  /// The sizes of the pairs on one side of D = M; of all pairs if that side has none.
  private DoubleStream sizes(int side) {
    int[] there = IntStream.range(0, shapes.length).filter(i -> Math.signum(shapes[i]) == side).toArray();
    return there.length == 0 ? Arrays.stream(sizes) : Arrays.stream(there).mapToDouble(i -> sizes[i]);
  }
}
