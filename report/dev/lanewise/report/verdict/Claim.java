package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Bootstrap.Interval;
import java.util.List;

/// "Forward mode is cheaper iff D < M", put to the test on the cells of one setting.
///
/// The claim is that the crossover r* of [Crossover] is 1. It is tested for equivalence: that no deviation was seen would
/// prove nothing, so an interval has to lie within a factor of 1.25 around 1.
///
/// @param crossover the fit on the measured times
/// @param interval 95 % interval of log₂ r*
/// @param slope 95 % interval of s
public record Claim(Setting setting, List<Cell> cells, Crossover crossover, Interval interval, Interval slope) {

  /// How far r* may be from 1 for the claim to be called true.
  public static final double TOLERANCE = 1.25;

  /// Half the slope that counts have where D and M are all that matters.
  private static final double HARDLY = 0.5;

  private static final int REPLICATES = 4000;

  /// What the times say.
  public enum Verdict {
    /// The interval of r* lies within [1/1.25, 1.25], and the slope is clear of 0.
    VERIFIED,
    /// The crossover is real, and elsewhere: the whole interval lies outside.
    SHIFTED,
    /// The interval crosses an edge, the slope may be 0 as well as 1, or both are unknown as there is one fork only: more forks are
    /// needed.
    UNDECIDED,
    /// The slope is not clear of 0 and below ½: time does not follow D/M.
    REFUTED,
    /// Both modes take the same multiply-adds in every cell: the claim has no content here.
    EMPTY
  }

  /// @param cells of this setting, D/M taking at least two values
  public static Claim of(Setting setting, List<Cell> cells) {
    return of(setting, cells, REPLICATES);
  }

  static Claim of(Setting setting, List<Cell> cells, int replicates) {
    Bootstrap bootstrap = new Bootstrap(cells, replicates);
    Crossover fit = Crossover.fit(cells, cells.stream().mapToDouble(Cell::logRatio).toArray());
    return new Claim(setting, List.copyOf(cells), fit, bootstrap.crossover(), bootstrap.slope());
  }

  public Verdict verdict() {
    double edge = Cell.log2(TOLERANCE);
    if (cells.stream().allMatch(Cell::countsAreEqual)) {
      return Verdict.EMPTY;
    }
    if (cells.stream().allMatch(cell -> cell.forward().nanos().length < 2)) {
      return Verdict.UNDECIDED;
    }
    if (!(slope.low() > 0)) {
      return slope.high() < HARDLY ? Verdict.REFUTED : Verdict.UNDECIDED;
    }
    if (interval.low() >= -edge && interval.high() <= edge) {
      return Verdict.VERIFIED;
    }
    return interval.low() > edge || interval.high() < -edge ? Verdict.SHIFTED : Verdict.UNDECIDED;
  }

  public double low() {
    return Math.pow(2, interval.low());
  }

  public double high() {
    return Math.pow(2, interval.high());
  }

  /// The cells with D and M at least a factor of two apart.
  public List<Cell> decided() {
    return cells.stream().filter(cell -> !cell.isTie()).toList();
  }

  public long agreeing() {
    return decided().stream().filter(Cell::agrees).count();
  }

  /// Where the faster mode is not the one that the claim names.
  public List<Cell> disagreeing() {
    return decided().stream().filter(cell -> !cell.agrees()).toList();
  }

  public long countedAsFormula() {
    return cells.stream().filter(cell -> cell.countsAsFormula(setting)).count();
  }

  /// Whether every pair of the measured Ds and Ms was measured, and there are at least two of each.
  public boolean isGrid() {
    return ds().size() >= 2 && ms().size() >= 2 && cells.size() == ds().size() * ms().size();
  }

  /// The measured Ds, ascending.
  public List<Integer> ds() {
    return cells.stream().map(Cell::d).distinct().sorted().toList();
  }

  /// The measured Ms, ascending.
  public List<Integer> ms() {
    return cells.stream().map(Cell::m).distinct().sorted().toList();
  }
}
