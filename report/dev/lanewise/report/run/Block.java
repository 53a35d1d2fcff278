package dev.lanewise.report.run;

import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.List;

/// Trials that are compared with each other, and therefore run one right after the other.
///
/// @param forks the number of rounds, each in a new virtual machine
/// @param trials the trials that are compared
record Block(int forks, List<Trial> trials) {

  /// The same, with a fault planted: forward mode made so many times slower.
  Block planting(double slowForward) {
    return new Block(forks, trials.stream().map(trial -> trial.with(Suite.PLANTED, slowForward)).toList());
  }

  /// Whether this block measures the pairs D × M of a setting.
  boolean measures(Setting setting) {
    Trial first = trials.getFirst();
    return first.benchmark().equals(Suite.JACOBIANS.benchmark)
        && Setting.of(first.params(), first.other()).equals(setting);
  }
}
