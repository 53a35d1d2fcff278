package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.verdict.Bootstrap.Interval;
import dev.lanewise.report.verdict.Claim.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The statistics on times whose truth is known.
class ClaimTest {

  private static final double NOISE = 0.08;

  private static Claim claim(SyntheticTimes truth, int forks, long seed) {
    return Claim.of(SyntheticTimes.SETTING, truth.grid(forks, new Random(seed)), 300);
  }

  @Test
  void withoutNoiseTheFitIsTheTruth() {
    Claim claim = claim(new SyntheticTimes(1.1, 0.9, 0, 0), 2, 1);
    assertEquals(1.1, claim.crossover().ratio(), 1e-9);
    assertEquals(0.9, claim.crossover().slope(), 1e-9);
    assertEquals(1.1, claim.low(), 1e-9);
    assertEquals(1.1, claim.high(), 1e-9);
    assertEquals(0, claim.crossover().residual(), 1e-6);
  }

  @Test
  void aTrueClaimIsVerifiedInEveryRun() {
    for (int seed = 0; seed < 20; seed++) {
      Claim claim = claim(new SyntheticTimes(1, 0.9, NOISE, NOISE), 7, seed);
      assertEquals(Verdict.VERIFIED, claim.verdict(), "seed " + seed + ": " + claim.low() + " to " + claim.high());
      assertEquals(20, claim.agreeing());
      assertEquals(20, claim.decided().size());
      assertEquals(25, claim.countedAsFormula());
    }
  }

  /// Forward mode 1.6 times slower: the crossover moves to 1.6^(−1/s), outside the tolerance.
  @Test
  void aPlantedFaultTurnsTheVerdict() {
    double slope = 0.9;
    double moved = Math.pow(1.6, -1 / slope);
    for (int seed = 0; seed < 20; seed++) {
      Claim claim = claim(new SyntheticTimes(moved, slope, NOISE, NOISE), 7, seed);
      assertEquals(Verdict.SHIFTED, claim.verdict(), "seed " + seed + ": " + claim.low() + " to " + claim.high());
      assertEquals(moved, claim.crossover().ratio(), 0.1);
    }
  }

  @Test
  void timesThatDoNotFollowTheShapeRefuteIt() {
    assertEquals(Verdict.REFUTED, claim(new SyntheticTimes(1, 0, NOISE, NOISE), 7, 3).verdict());
    assertEquals(Verdict.REFUTED, claim(new SyntheticTimes(1, -0.9, NOISE, NOISE), 7, 3).verdict());
  }

  /// The bounds as they are documented: half the slope of the counts, 0, and the tolerance on either side.
  @ParameterizedTest
  @CsvSource({
      "-0.1, 0.499, 0.9, 1.1, REFUTED", "-0.1, 0.501, 0.9, 1.1, UNDECIDED", "-0.9, -0.8, 0.9, 1.1, REFUTED",
      "0, 0.499, 0.9, 1.1, REFUTED", "0, 0.501, 0.9, 1.1, UNDECIDED", "0.001, 0.499, 0.9, 1.1, VERIFIED",
      "0.8, 0.9, 0.801, 1.249, VERIFIED", "0.8, 0.9, 0.799, 1.1, UNDECIDED", "0.8, 0.9, 0.9, 1.251, UNDECIDED",
      "0.8, 0.9, 0.5, 0.799, SHIFTED", "0.8, 0.9, 1.251, 2, SHIFTED", "0.8, 0.9, 0.5, 0.801, UNDECIDED", "0.8, 0.9, 1.249, 2, UNDECIDED"})
  void verdictsFollowTheIntervals(double slopeLow, double slopeHigh, double low, double high, Verdict verdict) {
    List<Cell> cells = new SyntheticTimes(1, 0.9, 0, 0).grid(2, new Random(1));
    Claim claim = new Claim(SyntheticTimes.SETTING, cells, new Crossover(0, 0.9, 0),
        new Interval(Cell.log2(low), Cell.log2(high)), new Interval(slopeLow, slopeHigh));
    assertEquals(verdict, claim.verdict());
  }

  /// Less than a factor of two apart; 2 itself is decided.
  @ParameterizedTest
  @CsvSource({"1, 1, true", "2, 3, true", "3, 2, true", "127, 64, true", "1, 2, false", "2, 1, false", "64, 129, false", "256, 128, false"})
  void tiesAreLessThanAFactorOfTwoApart(int d, int m, boolean tie) {
    Cell cell = new SyntheticTimes(1, 0.9, 0, 0).cell(d, m, 2, new Random(1));
    assertEquals(tie, cell.isTie());
    Claim claim = Claim.of(SyntheticTimes.SETTING, List.of(cell, new SyntheticTimes(1, 0.9, 0, 0).cell(1024 * d, m, 2, new Random(1))), 10);
    assertEquals(tie ? 1 : 2, claim.decided().size());
  }

  /// F forks that differ by one factor on all cells: a replicate of one fork only, which more than 2.5 % are, is an end of the interval.
  /// Its deviation from the mean is widened by √(F/(F − 1)) and by Student's quantile over the normal one's, here from tables.
  @ParameterizedTest
  @CsvSource({"2, 12.7062", "3, 4.30265"})
  void fewForksWidenTheInterval(int forks, double student) {
    double slope = 0.8;
    double[] deviations = forks == 2 ? new double[] {-0.1, 0.1} : new double[] {-0.1, 0, 0.1};
    List<Cell> cells = new ArrayList<>();
    for (int d : new int[] {4, 16, 64}) {
      Cell even = new SyntheticTimes(1, slope, 0, 0).cell(d, 16, forks, new Random(1));
      double[][] nanos = new double[forks][];
      for (int fork = 0; fork < forks; fork++) {
        double factor = Math.pow(2, deviations[fork]);
        nanos[fork] = Arrays.stream(even.forward().nanos()[fork]).map(time -> time * factor).toArray();
      }
      cells.add(new Cell(d, 16, new Measurement(even.forward().benchmark(), even.forward().params(), nanos, even.forward().counters()), even.reverse()));
    }
    double widened = 0.1 * Math.sqrt(forks / (forks - 1.0)) * student / 1.959964;
    Claim claim = Claim.of(SyntheticTimes.SETTING, cells, 4000);
    assertEquals(-widened / slope, claim.interval().low(), 1e-5);
    assertEquals(widened / slope, claim.interval().high(), 1e-5);
    assertEquals(slope, claim.slope().low(), 1e-9, "what all cells share does not move the slope");
  }

  @Test
  void anIntervalAcrossTheEdgeDecidesNothing() {
    assertEquals(Verdict.UNDECIDED, claim(new SyntheticTimes(Claim.TOLERANCE, 0.9, NOISE, NOISE), 7, 4).verdict());
  }

  /// With one hidden layer and elided seeds.
  @Test
  void equalCountsLeaveTheClaimWithoutContent() {
    SyntheticTimes truth = new SyntheticTimes(1, 0.9, 0, 0);
    Random random = new Random(6);
    List<Cell> equal = List.of(truth.cell(4, 64, 2, random), truth.cell(64, 4, 2, random)).stream()
        .map(cell -> new Cell(cell.d(), cell.m(), cell.forward(), counting(cell.reverse(), cell.forward()))).toList();
    assertEquals(Verdict.EMPTY, Claim.of(SyntheticTimes.SETTING, equal, 100).verdict());
  }

  private static Measurement counting(Measurement measured, Measurement other) {
    return new Measurement(measured.benchmark(), measured.params(), measured.nanos(), other.counters());
  }

  /// Two forks that are far apart: the slope may be 0, and may be 1.
  @Test
  void forksThatContradictEachOtherDecideNothing() {
    Random random = new Random(6);
    List<Cell> cells = new ArrayList<>();
    for (int d : new int[] {1, 16, 256}) {
      Measurement forward = new SyntheticTimes(1, 0.9, 0, 0).cell(d, 16, 1, random).forward();
      Measurement flat = new SyntheticTimes(1, 0.2, 0, 0).cell(d, 16, 1, random).forward();
      Measurement reverse = new SyntheticTimes(1, 0, 0, 0).cell(d, 16, 2, random).reverse();
      cells.add(new Cell(d, 16, new Measurement(forward.benchmark(), forward.params(),
          new double[][] {forward.nanos()[0], flat.nanos()[0]}, forward.counters()), reverse));
    }
    assertEquals(Verdict.UNDECIDED, Claim.of(SyntheticTimes.SETTING, cells, 1000).verdict());
  }

  @Test
  void oneForkDecidesNothing() {
    assertEquals(Verdict.UNDECIDED, claim(new SyntheticTimes(1, 0.9, NOISE, NOISE), 1, 4).verdict());
  }

  /// 95 % intervals hold the truth in about 95 % of experiments, whichever level the noise is on.
  @ParameterizedTest
  @CsvSource({"7, 0, 0.1, 0.02", "4, 0, 0, 0.1", "7, 0.1, 0.02, 0.02"})
  void theIntervalCovers(int forks, double sharedNoise, double forkNoise, double iterationNoise) {
    SyntheticTimes truth = new SyntheticTimes(1.1, 0.9, sharedNoise, forkNoise, iterationNoise);
    int experiments = 500;
    int covered = 0;
    Random random = new Random(5);
    for (int experiment = 0; experiment < experiments; experiment++) {
      Claim claim = Claim.of(SyntheticTimes.SETTING, truth.grid(forks, random), 200);
      covered += claim.interval().contains(Cell.log2(1.1)) ? 1 : 0;
    }
    double coverage = (double) covered / experiments;
    assertTrue(coverage >= 0.92 && coverage <= 0.98, "coverage " + coverage);
  }

  @Test
  void aCellAgainstTheClaimIsNamed() {
    SyntheticTimes truth = new SyntheticTimes(1, 0.9, 0, 0);
    Random random = new Random(6);
    Cell right = truth.cell(64, 1, 2, random);
    Cell swapped = new Cell(4, 16, truth.cell(16, 4, 2, random).forward(), truth.cell(16, 4, 2, random).reverse());
    Claim claim = Claim.of(SyntheticTimes.SETTING, List.of(right, swapped, truth.cell(4, 4, 2, random)), 100);
    assertEquals(List.of(swapped), claim.disagreeing());
    assertEquals(2, claim.decided().size());
    assertEquals(2, claim.countedAsFormula());
  }
}
