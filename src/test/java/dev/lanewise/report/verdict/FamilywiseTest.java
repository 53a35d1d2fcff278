package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Familywise.Member;
import dev.lanewise.report.verdict.SyntheticForks.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The statement on all settings.
class FamilywiseTest {

  private static final SyntheticForks FORKS = SyntheticForks.of((_, _) -> 0, Noise.ORDINARY, 1);

  private static Claim claim(double crossover, int forks, long seed) {
    return FORKS.with(SyntheticForks.line(crossover, 0.9), new SplittableRandom(seed)).claim(forks);
  }

  /// Two p of each of three settings, side by side. In ascending order 0.001, 0.004 and 0.005 count three times, as
  /// of each setting one is left; then the first setting is through, and 0.01 and 0.45 count twice, the last once.
  @Test
  void pIsAdjustedAsShafferDoes() {
    assertArrayEquals(new double[] {0.003, 0.015, 0.9, 0.012, 0.9, 0.02},
        Familywise.adjusted(new double[] {0.001, 0.005, 0.9, 0.004, 0.45, 0.01}), 1e-12);
    assertArrayEquals(new double[] {0.04, 0.03}, Familywise.adjusted(new double[] {0.04, 0.03}), 1e-12);
    assertArrayEquals(new double[] {0.06, 1, 0.04, 1}, Familywise.adjusted(new double[] {0.03, 0.7, 0.02, 0.8}), 1e-12);
  }

  @Test
  void settingsAreToldFromEachOther() {
    List<Claim> claims = List.of(claim(1, 12, 2), claim(0.6, 12, 3), claim(0.9, 12, 4));
    Familywise family = Familywise.of(claims);
    assertEquals(claims.subList(1, 3), family.unequal());
    assertEquals(List.of(claims.getFirst(), claims.getLast()), family.equivalent());
  }

  /// The level of each of five intervals is 99 %, which takes eight forks; six give their range.
  @Test
  void fewForksSayNothingOnManySettings() {
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      claims.add(claim(0.6, 6, 10 + i));
    }
    Familywise family = Familywise.of(claims);
    assertEquals(8, family.leastForks());
    assertTrue(claims.stream().allMatch(Claim::excludesOne));
    assertEquals(List.of(), family.unequal());
    assertEquals(6, Familywise.of(claims.subList(0, 1)).leastForks());
    Member first = family.members().getFirst();
    assertTrue(first.crossover().low() < claims.getFirst().crossover().low(), "the range is wider than the interval");
  }

  @Test
  void whatIsNotJudgedIsLeftOut() {
    assertEquals(List.of(), Familywise.of(List.of(claim(0.6, 5, 1))).members());
    assertEquals(6, Familywise.of(List.of()).leastForks());
  }

  /// Five settings with r* = 1: at least one is called unequal in at most 5 % of runs, and without correction in
  /// many more.
  @Test
  void oneErrorAmongAllIsRare() {
    SyntheticForks equal = FORKS.with(SyntheticForks.line(1, 0.9), new SplittableRandom(7));
    int wrong = 0;
    int uncorrected = 0;
    int together = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      List<Claim> claims = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        claims.add(equal.claim(Setting.of("FLOAT", 1 << i), 12));
      }
      Familywise family = Familywise.of(claims);
      wrong += family.unequal().isEmpty() ? 0 : 1;
      uncorrected += claims.stream().anyMatch(Claim::excludesOne) ? 1 : 0;
      together += family.members().stream().allMatch(member -> member.crossover().contains(0)) ? 1 : 0;
    }
    // 5 % with three standard errors of 400 runs.
    assertTrue(wrong <= 33, wrong + " of 400");
    assertTrue(uncorrected > 60, uncorrected + " of 400");
    assertTrue(together >= 367, together + " of 400");
    assertFalse(uncorrected < wrong);
  }
}
