package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Times with a known truth: log₂(T_f/T_r) = s·(log₂(D/M) − log₂ r*), with noise of forks and of iterations.
///
/// @param crossover r*
/// @param slope s
/// @param sharedNoise standard deviation between forks of what all cells of a fork share, of log₂(T_f/T_r)
/// @param forkNoise standard deviation between forks of a cell's own, of log₂ T
/// @param iterationNoise standard deviation inside a fork, of log₂ T
record SyntheticTimes(double crossover, double slope, double sharedNoise, double forkNoise, double iterationNoise) {

  SyntheticTimes(double crossover, double slope, double forkNoise, double iterationNoise) {
    this(crossover, slope, 0, forkNoise, iterationNoise);
  }


  static final Setting SETTING = Setting.of("FLOAT", 1);

  private static final int[] AXIS = {1, 4, 16, 64, 256};
  private static final int ITERATIONS = 5;

  /// A full grid.
  List<Cell> grid(int forks, Random random) {
    List<Cell> cells = new ArrayList<>();
    double[] shared = random.doubles(forks).map(_ -> sharedNoise * random.nextGaussian()).toArray();
    for (int d : AXIS) {
      for (int m : AXIS) {
        cells.add(cell(d, m, shared, random));
      }
    }
    return cells;
  }

  Cell cell(int d, int m, int forks, Random random) {
    return cell(d, m, new double[forks], random);
  }

  private Cell cell(int d, int m, double[] shared, Random random) {
    double half = slope * Cell.log2((double) d / m / crossover) / 2;
    return new Cell(d, m, measure("FORWARD", d, m, half, shared, random),
        measure("REVERSE", d, m, -half, new double[shared.length], random));
  }

  private Measurement measure(String mode, int d, int m, double log2, double[] shared, Random random) {
    double[][] nanos = new double[shared.length][ITERATIONS];
    for (int fork = 0; fork < nanos.length; fork++) {
      double mean = log2 + 12 + shared[fork] + forkNoise * random.nextGaussian();
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        nanos[fork][iteration] = Math.pow(2, mean + iterationNoise * random.nextGaussian());
      }
    }
    long weights = 64L * (d + m) + 64 * 64;
    Map<String,
        String> params = Map.of("mode", mode, "inputs", "" + d, "outputs", "" + m, "precision", "FLOAT", "chunk", "1",
        "depth", "2", "width", "64", "activation", "TANH", "seeding", "NAIVE");
    double[][] counted = {{weights * (1 + (mode.equals("FORWARD") ? d : m))}};
    return new Measurement(Cell.BENCHMARK, params, nanos, Map.of("multiplyAdds", counted));
  }
}
