package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Setting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// "Forward mode is cheaper iff D < M", put to the test on the cells of one setting.
///
/// The claim is that the modes cross over at D/M = 1 for any size D·M. The test is one of equivalence: not seeing a
/// deviation would prove nothing, so the interval of r* must lie within a factor of 1.25 of 1. Consequences that follow
/// from r* = 1 only if the fit is right are tested separately: the crossover at the smallest and the largest size, the
/// pairs D = M, and the faster mode on all other pairs.
///
/// Each figure is the median over the forks with its 95 % interval, see [ForkFits]; it is about forks on this machine
/// in this hour.
public final class Claim {

  /// The factor by which r* may differ from 1 for the claim to count as true.
  public static final double TOLERANCE = 1.25;

  /// Fewer forks give no 95 % interval of a median: even the whole range of five contains it in only 93.75 % of
  /// experiments.
  public static final int LEAST_FORKS = SampleMedian.leastFor(SampleMedian.LEVEL);

  private static final double EDGE = Cell.log2(TOLERANCE);

  /// Half the slope of the counts, if only D and M matter.
  private static final double HARDLY = 0.5;

  public enum Verdict {
    /// The interval of r* lies within [1/1.25, 1.25], that of the slope above ½, and there is no [Reason] against it.
    VERIFIED,
    /// There is a crossover, but elsewhere: the whole interval of r* lies outside.
    SHIFTED,
    /// The interval of r* lies within, but another condition clearly fails: [#reasons] say which.
    VARIES,
    /// An interval crosses an edge, or an estimate contradicts the claim but its interval does not: [#reasons] say
    /// which.
    UNDECIDED,
    /// The interval of the slope lies below ½: time does not follow D/M.
    REFUTED,
    /// Both modes take the same multiply-adds in every cell: the claim has no content here.
    EMPTY,
    /// Fewer than six forks: there is no interval.
    NOT_JUDGED
  }

  /// A condition that keeps a claim from being verified.
  public enum Reason {
    /// The slope's interval contains ½.
    SLOPE,
    /// The interval of r* crosses an edge of the tolerance.
    MIDDLE,
    /// The crossover at the smallest or the largest size lies outside the tolerance.
    SIZE,
    /// At D = M the times differ by more than a factor of 1.25.
    DIAGONAL,
    /// Of the pairs a factor of 2 or more apart, one is clearly on the wrong side, or fewer than nine in ten are on the
    /// right side.
    PAIRS
  }

  private final Setting setting;
  private final List<Cell> cells;
  private final ForkFits fits;
  private final double[] medians;
  private final Signs signs;

  Claim(Setting setting, List<Cell> cells, ForkFits fits) {
    this.setting = setting;
    this.cells = List.copyOf(cells);
    this.fits = fits;
    medians = fits.medians();
    signs = new Signs(this.cells, fits, medians);
  }

  /// Whether D/M varies enough for a fit.
  public static boolean isFittable(List<Cell> cells) {
    return cells.stream().mapToDouble(Cell::shape).distinct().count() >= 2;
  }

  /// @param cells of this setting, D/M taking at least two values
  public static Claim of(Setting setting, List<Cell> cells) {
    return new Claim(setting, cells, ForkFits.of(cells));
  }

  public Setting setting() {
    return setting;
  }

  public List<Cell> cells() {
    return cells;
  }

  public int forks() {
    return fits.forks();
  }

  /// Whether there are enough forks for intervals; otherwise low and high of all estimates are the range over the
  /// forks.
  public boolean isJudged() {
    return forks() >= LEAST_FORKS;
  }

  /// log₂ r* at the mean log₂(D·M).
  public Estimate crossover() {
    return fits.estimate(Surface::crossover);
  }

  /// log₂ r* with the interval of another level, or the forks' range if they are too few for it.
  Estimate crossover(double level) {
    return fits.median(Surface::crossover).estimate(level);
  }

  /// s of [Surface]: 1 where time follows D/M as the counts do.
  public Estimate slope() {
    return fits.estimate(Surface::slope);
  }

  /// The change of log₂ r* with each doubling of D·M; NaN if the pairs cannot tell.
  public Estimate trend() {
    return tellsSize() ? fits.estimate(Surface::trend) : new Estimate(Double.NaN, Double.NaN, Double.NaN);
  }

  /// Whether the pairs D × M can tell size from shape.
  public boolean tellsSize() {
    return fits.grid().tellsSize();
  }

  /// log₂ r* at another size: the crossover as a line over D × M.
  public Estimate crossoverAt(double log2OfDTimesM) {
    return fits.estimate(fit -> fit.crossoverAt(log2OfDTimesM));
  }

  /// The smallest log₂(D·M) with pairs on both sides of D = M: beyond it a crossover would be extrapolated.
  public double smallestSize() {
    return fits.grid().smallest();
  }

  /// The largest log₂(D·M) with pairs on both sides of D = M.
  public double largestSize() {
    return fits.grid().largest();
  }

  /// log₂(T_f/T_r) where D = M, the mean over these pairs; from the fit if there are none.
  public Estimate diagonal() {
    return fits.diagonal();
  }

  /// p of [Surface]: the change of the slope with each doubling of D·M.
  public Estimate shapeBySize() {
    return fits.estimate(Surface::shapeBySize);
  }

  public Surface surface() {
    return fits.grid().fit(medians);
  }

  /// Standard deviation of the fit's residuals, in log₂.
  public double residual() {
    return fits.grid().residual(medians);
  }

  /// p of two one-sided tests for "r* is not within a factor of 1.25 of 1"; at most 0.025 if the 95 % interval is
  /// within.
  public double equivalence() {
    return fits.median(Surface::crossover).equivalence(EDGE);
  }

  /// Two-sided p of "r* is exactly 1": below 0.05 if the 95 % interval excludes 1.
  public double equality() {
    return fits.median(Surface::crossover).equality(0);
  }

  /// Whether r* differs significantly from 1, however little.
  public boolean excludesOne() {
    return isJudged() && crossover().isOutside(0);
  }

  /// The number of forks whose r* or mean log₂(T_f/T_r) is unlike the others', as it is in forks that were compiled
  /// differently.
  public int oddForks() {
    return fits.odd();
  }

  public Verdict verdict() {
    if (cells.stream().allMatch(Cell::countsAreEqual)) {
      return Verdict.EMPTY;
    }
    if (!isJudged()) {
      return Verdict.NOT_JUDGED;
    }
    if (slope().high() < HARDLY) {
      return Verdict.REFUTED;
    }
    if (!(slope().low() > HARDLY)) {
      return Verdict.UNDECIDED;
    }
    Estimate crossover = crossover();
    if (!crossover.isWithin(EDGE)) {
      return crossover.isOutside(EDGE) ? Verdict.SHIFTED : Verdict.UNDECIDED;
    }
    return !against(true).isEmpty() ? Verdict.VARIES : against(false).isEmpty() ? Verdict.VERIFIED : Verdict.UNDECIDED;
  }

  /// Why the verdict is VARIES or UNDECIDED; empty for other verdicts.
  public Set<Reason> reasons() {
    return switch (verdict()) {
      case VARIES -> against(true);
      case UNDECIDED -> doubts();
      default -> Set.of();
    };
  }

  private Set<Reason> doubts() {
    Set<Reason> doubts = against(false);
    if (!(slope().low() > HARDLY)) {
      doubts.add(Reason.SLOPE);
    }
    if (!crossover().isWithin(EDGE)) {
      doubts.add(Reason.MIDDLE);
    }
    return doubts;
  }

  /// The conditions besides the middle that contradict the claim.
  ///
  /// @param clearly whether whole intervals must contradict it, or only estimates
  private Set<Reason> against(boolean clearly) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (isAgainst(crossoverAt(smallestSize()), clearly) || isAgainst(crossoverAt(largestSize()), clearly)) {
      reasons.add(Reason.SIZE);
    }
    if (isAgainst(diagonal(), clearly)) {
      reasons.add(Reason.DIAGONAL);
    }
    if (clearly ? !signs.contradicting().isEmpty() : signs.fewAgree()) {
      reasons.add(Reason.PAIRS);
    }
    return reasons;
  }

  private static boolean isAgainst(Estimate estimate, boolean clearly) {
    return clearly ? estimate.isOutside(EDGE) : Math.abs(estimate.value()) > EDGE;
  }

  /// The cells with D and M at least a factor of two apart.
  public List<Cell> decided() {
    return signs.decided();
  }

  /// The number of decided cells where the faster mode is the one that the claim names.
  public long agreeing() {
    return signs.agreeing();
  }

  /// The decided cells where the faster mode is the other one.
  public List<Cell> disagreeing() {
    return signs.disagreeing();
  }

  /// The decided cells where it clearly is the other one; none if there are too few forks to tell.
  public List<Cell> contradicting() {
    return isJudged() ? signs.contradicting() : List.of();
  }

  public long countedAsFormula() {
    return cells.stream().filter(cell -> cell.countsAsFormula(setting)).count();
  }

  /// Whether there are at least two values of D and two of M of which all pairs were measured.
  public boolean isGrid() {
    return Axes.of(cells).isGrid();
  }

  /// The pairs of that grid, without the pairs measured outside it.
  public List<Cell> grid() {
    Axes axes = Axes.of(cells);
    return cells.stream().filter(axes::has).toList();
  }

  public List<Integer> ds() {
    return Axes.of(cells).ds();
  }

  public List<Integer> ms() {
    return Axes.of(cells).ms();
  }
}
