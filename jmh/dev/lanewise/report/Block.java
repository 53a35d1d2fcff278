package dev.lanewise.report;

import java.util.List;

/// Trials that are compared with each other, and therefore run one right after the other.
///
/// @param forks in how many rounds they run, each time in a new virtual machine
/// @param trials what is compared
record Block(int forks, List<Trial> trials) {

  /// Whether these are the pairs D × M of a setting.
  boolean measures(Setting setting) {
    Trial first = trials.getFirst();
    return first.benchmark().equals(Cell.BENCHMARK) && Setting.of(first.params()).equals(setting);
  }
}
