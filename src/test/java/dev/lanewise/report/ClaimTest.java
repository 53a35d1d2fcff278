package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.Claim.Verdict;
import java.util.ArrayList;
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
