package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/// Forks with a known truth, as log₂(T_f/T_r) alone: an experiment takes microseconds.
///
/// @param cells the pairs D × M, of which no time is read
/// @param truth log₂(T_f/T_r) by log₂(D/M) and log₂(D·M)
record SyntheticForks(List<Cell> cells, Grid grid, DoubleBinaryOperator truth, Noise noise, SplittableRandom random) {

  private static final int[] AXIS = {1, 4, 16, 64, 256};

  /// Beside that grid, as the report measures them.
  private static final int[][] NEAR = {{8, 16}, {16, 8}, {10, 14}, {14, 10}, {32, 64}, {64, 32},
      {40, 56}, {56, 40}, {128, 256}, {256, 128}, {160, 224}, {224, 160}};

  /// What forks have in common with each other, and what not.
  enum Noise {
    /// None.
    NONE,
    /// Of each pair its own, normal.
    ORDINARY,
    /// Of the fork as a whole: Student's with three degrees of freedom.
    HEAVY,
    /// Of the fork as a whole, in every fourth fork four times as large as in the first.
    UNEQUAL,
    /// Of the fork as a whole, and little of each pair.
    SHARED,
    /// One fork in four gets other code, in which forward mode takes 1.32 times as long.
    TWO_KINDS
  }

  static SyntheticForks of(DoubleBinaryOperator truth, Noise noise, long seed) {
    return of(AXIS, truth, noise, seed);
  }

  /// On the pairs near the diagonal as well.
  static SyntheticForks ofAll(DoubleBinaryOperator truth, Noise noise, long seed) {
    SyntheticForks grid = of(truth, noise, seed);
    List<Cell> cells = new ArrayList<>(grid.cells);
    SyntheticTimes counts = new SyntheticTimes(1, 1, 0, 0);
    Arrays.stream(NEAR).map(pair -> counts.cell(pair[0], pair[1], 1, new Random(1))).forEach(cells::add);
    return new SyntheticForks(cells, Grid.of(cells), truth, noise, grid.random);
  }

  static SyntheticForks of(int[] axis, DoubleBinaryOperator truth, Noise noise, long seed) {
    List<Cell> cells = new ArrayList<>();
    SyntheticTimes counts = new SyntheticTimes(1, 1, 0, 0);
    for (int d : axis) {
      for (int m : axis) {
        cells.add(counts.cell(d, m, 1, new Random(1)));
      }
    }
    return new SyntheticForks(cells, Grid.of(cells), truth, noise, new SplittableRandom(seed));
  }

  /// The crossover at r*, the same at all sizes.
  static DoubleBinaryOperator line(double crossover, double slope) {
    return (shape, _) -> slope * (shape - Cell.log2(crossover));
  }

  /// Another truth on the same pairs.
  SyntheticForks with(DoubleBinaryOperator truth, SplittableRandom random) {
    return new SyntheticForks(cells, grid, truth, noise, random);
  }

  Claim claim(int forks) {
    return claim(SyntheticTimes.SETTING, forks);
  }

  Claim claim(Setting setting, int forks) {
    return new Claim(setting, cells, new ForkFits(grid, ratios(forks, 0), new double[0][]));
  }

  /// @param run what all forks of the run share
  ForkFits fits(int forks, double run) {
    return new ForkFits(grid, ratios(forks, run), new double[0][]);
  }

  private double[][] ratios(int forks, double run) {
    double[][] ratios = new double[forks][cells.size()];
    for (int fork = 0; fork < forks; fork++) {
      double shared = run + shared(fork);
      double own = own(fork);
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        ratios[fork][i] = truth.applyAsDouble(cell.shape(), cell.size()) + shared + own * random.nextGaussian();
      }
    }
    return ratios;
  }

  private double shared(int fork) {
    return switch (noise) {
      case NONE, ORDINARY -> 0;
      case HEAVY -> 0.05 * student();
      case UNEQUAL -> 0.03 * (1 + fork % 4) * random.nextGaussian();
      case SHARED -> 0.1 * random.nextGaussian();
      case TWO_KINDS -> (random.nextInt(4) == 0 ? 0.4 : 0) + 0.03 * random.nextGaussian();
    };
  }

  private double own(int fork) {
    return switch (noise) {
      case NONE -> 0;
      case ORDINARY -> 0.1;
      case HEAVY -> 0.03 * student();
      case UNEQUAL -> 0.04 * (1 + fork % 4);
      case SHARED -> 0.02;
      case TWO_KINDS -> 0.05;
    };
  }

  /// With three degrees of freedom: variance 3.
  private double student() {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double normal = random.nextGaussian();
      squares += normal * normal;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }
}
