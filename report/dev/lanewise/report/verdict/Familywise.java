package dev.lanewise.report.verdict;

import dev.lanewise.report.verdict.Claim.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What the verdicts on several settings say together. The test of one setting errs in at most one of twenty runs;
/// among many tests an error is more likely. Here the chance of any error, among all statements that r* differs from 1
/// and all that it is within the tolerance, stays below one in twenty, however the settings depend on each other: by
/// Holm's procedure (1979) with Shaffer's multipliers (1986), as at most one of the two statements about a setting can
/// be wrong.
///
/// Within one setting nothing has to be corrected: VERIFIED requires all of its conditions.
///
/// @param members the settings that are judged
public record Familywise(List<Member> members) {

  private static final double ERROR = 1 - SampleMedian.LEVEL;

  /// One setting among all.
  ///
  /// @param equality p of "r* is 1", adjusted for the number of settings
  /// @param equivalence twice the p of "r* is not within the tolerance", adjusted; twice, because the 95 % interval
  ///     leaves out 2.5 % on either side
  /// @param crossover log₂ r* with Bonferroni's interval: in 95 % of runs all of these intervals contain their r*; the
  ///     range over the forks if there are fewer than [Familywise#leastForks]
  public record Member(Claim claim, double equality, double equivalence, Estimate crossover) {

    /// Whether r* differs from 1, in a statement about all settings.
    public boolean isUnequal() {
      return equality <= ERROR;
    }

    /// Whether r* is within a factor of 1.25 of 1, in a statement about all settings.
    public boolean isEquivalent() {
      return equivalence <= ERROR;
    }
  }

  /// @param claims claims that are not judged or have no content are left out
  public static Familywise of(List<Claim> claims) {
    List<Claim> judged = claims.stream().filter(Claim::isJudged)
        .filter(claim -> claim.verdict() != Verdict.EMPTY).toList();
    int n = judged.size();
    double[] p = new double[2 * n];
    for (int i = 0; i < n; i++) {
      p[2 * i] = judged.get(i).equality();
      p[2 * i + 1] = 2 * judged.get(i).equivalence();
    }
    double[] adjusted = adjusted(p);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      members.add(new Member(judged.get(i), adjusted[2 * i], adjusted[2 * i + 1], judged.get(i).crossover(level(n))));
    }
    return new Familywise(List.copyOf(members));
  }

  /// In ascending order, each p times the number of settings that still have a p to come, and no smaller than the one
  /// before.
  ///
  /// @param p two of each setting, side by side
  static double[] adjusted(double[] p) {
    List<Integer> ascending = IntStream.range(0, p.length).boxed()
        .sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int k = 0; k < p.length; k++) {
      long left = ascending.subList(k, p.length).stream().map(i -> i / 2).distinct().count();
      largest = Math.max(largest, Math.min(1, left * p[ascending.get(k)]));
      adjusted[ascending.get(k)] = largest;
    }
    return adjusted;
  }

  private static double level(int settings) {
    return 1 - ERROR / Math.max(1, settings);
  }

  /// The forks that each setting needs so that any r* can be told from 1 and Bonferroni's intervals have their level.
  public int leastForks() {
    return SampleMedian.leastFor(level(members.size()));
  }

  public List<Claim> unequal() {
    return members.stream().filter(Member::isUnequal).map(Member::claim).toList();
  }

  public List<Claim> equivalent() {
    return members.stream().filter(Member::isEquivalent).map(Member::claim).toList();
  }
}
