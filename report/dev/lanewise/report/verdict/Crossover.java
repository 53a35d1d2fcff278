package dev.lanewise.report.verdict;

import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;

/// The fit log₂(T_f/T_r) = c + s·log₂(D/M), and where it is zero: r* = 2^(−c/s).
///
/// @param intercept c
/// @param slope s
/// @param residual standard deviation of what the line does not explain, in the unit of log₂
public record Crossover(double intercept, double slope, double residual) {

  /// By least squares.
  ///
  /// @param ratios log₂(T_f/T_r) of the cells
  static Crossover fit(List<Cell> cells, double[] ratios) {
    SimpleRegression line = new SimpleRegression();
    for (int cell = 0; cell < ratios.length; cell++) {
      line.addData(cells.get(cell).shape(), ratios[cell]);
    }
    return new Crossover(line.getIntercept(), line.getSlope(), Math.sqrt(line.getMeanSquareError()));
  }

  /// Whether D/M varies enough for a line.
  public static boolean isFittable(List<Cell> cells) {
    return cells.stream().mapToDouble(Cell::shape).distinct().count() >= 2;
  }

  /// log₂ r*.
  double log2() {
    return -intercept / slope;
  }

  /// r*, the D/M at which both modes take the same time.
  public double ratio() {
    return Math.pow(2, log2());
  }
}
