package dev.lanewise.report.verdict;

import dev.lanewise.report.verdict.Claim.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What the verdicts on several settings say together. Each setting's test errs in one of twenty runs or fewer; of
/// many tests one errs more often. Here the chance of a single error, among all statements that r* is another than
/// 1 and all that it is within the tolerance, stays below one in twenty, however settings depend on each other: by
/// Holm's procedure (1979) with Shaffer's multipliers (1986), as of one setting no more than one of both statements
/// can be wrong.
///
/// Within one setting nothing has to be corrected: VERIFIED takes all of its conditions together.
///
/// @param members the settings that are judged
public record Familywise(List<Member> members) {

  private static final double ERROR = 1 - SampleMedian.LEVEL;

  /// One setting among all.
  ///
  /// @param equality p of "r* is 1", adjusted for the number of settings
  /// @param equivalence twice the p of "r* is not within the tolerance", adjusted; twice, as the 95 % interval has
  ///     2.5 % on either side
  /// @param crossover log₂ r* with Bonferroni's interval: all of these together hold theirs in 95 % of runs; the
  ///     range over the forks where these are fewer than [Familywise#leastForks]
  public record Member(Claim claim, double equality, double equivalence, Estimate crossover) {

    /// Whether r* is another than 1, in a statement on all settings.
    public boolean isUnequal() {
      return equality <= ERROR;
    }

    /// Whether r* is within a factor of 1.25 of 1, in a statement on all settings.
    public boolean isEquivalent() {
      return equivalence <= ERROR;
    }
  }

  /// @param claims those that are not judged, or say nothing, are left out
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

  /// In ascending order each p times the number of settings of which one is still to come, and no smaller than the
  /// one before.
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

  /// How many forks each setting needs so that any of them can be told from 1, and Bonferroni's intervals have
  /// their level.
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
