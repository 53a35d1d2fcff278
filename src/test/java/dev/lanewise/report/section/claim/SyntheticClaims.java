package dev.lanewise.report.section.claim;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/// Claims whose forks differ by a known amount and nothing else.
final class SyntheticClaims {

  private static final int[] AXIS = {1, 4, 16, 64, 256};
  private static final double REVERSE_NANOS = 1024;

  private SyntheticClaims() {}

  /// log₂(T_f/T_r) = slope·(log₂(D/M) − log₂ crossover), and evenly spread forks up to `reach` above and below in log₂
  /// r*.
  static Claim claim(Setting setting, int forks, double crossover, double slope, double reach) {
    return claim(setting, forks, (x, _) -> slope * (x - Cell.log2(crossover)), slope * reach);
  }

  /// @param ratio log₂(T_f/T_r) by log₂(D/M) and log₂(D·M)
  static Claim claim(Setting setting, int forks, DoubleBinaryOperator ratio, double reach) {
    List<Cell> cells = new ArrayList<>();
    for (int d : AXIS) {
      for (int m : AXIS) {
        double log2 = ratio.applyAsDouble(Cell.log2((double) d / m), Cell.log2((double) d * m));
        double[][] forward = new double[forks][1];
        double[][] reverse = new double[forks][1];
        for (int fork = 0; fork < forks; fork++) {
          double off = forks == 1 ? 0 : reach * (2.0 * fork / (forks - 1) - 1);
          forward[fork][0] = REVERSE_NANOS * Math.pow(2, log2 + off);
          reverse[fork][0] = REVERSE_NANOS;
        }
        cells.add(new Cell(d, m, measured(setting, d, m, d, forward), measured(setting, d, m, m, reverse)));
      }
    }
    return Claim.of(setting, cells);
  }

  private static Measurement measured(Setting setting, int d, int m, int directions, double[][] nanos) {
    long width = setting.width();
    long weights = width * (d + m) + (setting.depth() - 1) * width * width;
    long atHand = setting.isElided() ? width * directions : 0;
    return new Measurement(Suite.JACOBIANS.benchmark, Map.of(), nanos,
        Map.of("multiplyAdds", new double[][] {{weights + directions * (weights - atHand)}}));
  }
}
