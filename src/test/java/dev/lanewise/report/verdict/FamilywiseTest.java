package dev.lanewise.report.verdict;

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

  /// Twelve forks on one side of 1 have p = 2/4096 each; with three settings the smallest counts three times, and none less than one before.
  @Test
  void pIsAdjustedAsHolmDoes() {
    List<Claim> claims = List.of(claim(1, 12, 2), claim(0.6, 12, 3), claim(0.5, 12, 4));
    double own = claims.getFirst().equality();
    assertTrue(own > 0.05 && own < 1, "p of the first " + own);
    Familywise family = Familywise.of(claims);
    assertEquals(3 * 2.0 / 4096, family.members().get(1).equality(), 1e-12);
    assertEquals(3 * 2.0 / 4096, family.members().get(2).equality(), 1e-12, "no smaller than the one before, which is as small");
    assertEquals(own, family.members().getFirst().equality(), 1e-12, "the largest counts once");
    assertEquals(claims.subList(1, 3), family.unequal());
    assertEquals(List.of(claims.getFirst()), family.equivalent());
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
    assertTrue(first.crossover().low() < claims.getFirst().crossover().low(), "the whole range is wider than the interval");
  }

  @Test
  void whatIsNotJudgedIsLeftOut() {
    assertEquals(List.of(), Familywise.of(List.of(claim(0.6, 5, 1))).members());
    assertEquals(6, Familywise.of(List.of()).leastForks());
  }

  /// Five settings with r* = 1: at least one is called unequal in at most 5 % of runs, and without correction in many more.
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
