package dev.lanewise.report.verdict;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which mode is faster, pair by pair, on the pairs where the claim has content.
///
/// @param medians log₂(T_f/T_r) of each cell
record Signs(List<Cell> cells, ForkFits fits, double[] medians) {

  /// The share of the pairs that are not ties on which the claimed mode must be faster.
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

  /// Whether fewer than nine in ten agree with the claim.
  boolean fewAgree() {
    return agreeing() < LEAST_AGREEING * decided().size();
  }

  /// The pairs where the faster mode is not the one that the claim names.
  List<Cell> disagreeing() {
    return decided(i -> isWrong(i, medians[i]));
  }

  /// The pairs whose whole interval over the forks lies on the wrong side. The level is Bonferroni's for as many
  /// intervals as there are cells; if there are too few forks for it, all must be on the wrong side.
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
