package dev.lanewise.report.verdict;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which mode is the faster, pair by pair, on those where the claim says something.
///
/// @param medians log₂(T_f/T_r) of each cell
record Signs(List<Cell> cells, ForkFits fits, double[] medians) {

  /// On how many of the pairs that are no ties the claimed mode has to be the faster.
  private static final double LEAST_AGREEING = 0.9;

  /// The cells with D and M at least a factor of two apart.
  List<Cell> decided() {
    return decided(_ -> true);
  }

  private List<Cell> decided(IntPredicate which) {
    return IntStream.range(0, cells.size()).filter(i -> !cells.get(i).isTie()).filter(which)
        .mapToObj(cells::get).toList();
  }

  long agreeing() {
    return decided().size() - disagreeing().size();
  }

  /// Whether fewer than nine in ten do.
  boolean fewAgree() {
    return agreeing() < LEAST_AGREEING * decided().size();
  }

  /// Where the faster mode is not the one that the claim names.
  List<Cell> disagreeing() {
    return decided(i -> isWrong(i, medians[i]));
  }

  /// Those whose interval over the forks lies on the wrong side as a whole. The level is Bonferroni's for as many
  /// intervals as there are cells; fewer forks than that takes have to be on the wrong side one and all.
  List<Cell> contradicting() {
    double level = 1 - (1 - SampleMedian.LEVEL) / Math.max(1, decided().size());
    return decided(i -> {
      Estimate ratio = fits.cell(i).estimate(level);
      return ratio.isOutside(0) && isWrong(i, ratio.value());
    });
  }

  private boolean isWrong(int cell, double ratio) {
    return cells.get(cell).shape() < 0 != ratio < 0;
  }
}
