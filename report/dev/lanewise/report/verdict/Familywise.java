package dev.lanewise.report.verdict;

import dev.lanewise.report.verdict.Claim.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the verdicts on several settings say together. Each setting's test errs in one of twenty runs or fewer; of many tests one errs more often.
/// Holm's procedure (1979) keeps the chance of a single error among all of them below the same level, however they depend on each other.
///
/// Within one setting nothing has to be corrected: VERIFIED takes all of its conditions together.
///
/// @param members the settings that are judged
public record Familywise(List<Member> members) {

  private static final double ERROR = 1 - SampleMedian.LEVEL;

  /// One setting among all.
  ///
  /// @param equality p of "r* is 1", adjusted for the number of settings
  /// @param equivalence p of "r* is not within the tolerance", adjusted
  /// @param crossover log₂ r* with Bonferroni's interval: all of these together hold theirs in 95 % of runs; the range over the forks
  ///     where these are fewer than [Familywise#leastForks]
  public record Member(Claim claim, double equality, double equivalence, Estimate crossover) {

    /// Whether r* is another than 1, in a statement on all settings.
    public boolean isUnequal() {
      return equality <= ERROR;
    }

    /// Whether r* is within a factor of 1.25 of 1, in a statement on all settings.
    public boolean isEquivalent() {
      return equivalence <= ERROR / 2;
    }
  }

  /// @param claims those that are not judged, or say nothing, are left out
  public static Familywise of(List<Claim> claims) {
    List<Claim> judged = claims.stream().filter(Claim::isJudged).filter(claim -> claim.verdict() != Verdict.EMPTY).toList();
    double[] equality = adjusted(judged, Claim::equality);
    double[] equivalence = adjusted(judged, Claim::equivalence);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < equality.length; i++) {
      members.add(new Member(judged.get(i), equality[i], equivalence[i], judged.get(i).crossover(level(equality.length))));
    }
    return new Familywise(List.copyOf(members));
  }

  /// The k-th smallest of n values of p times n − k + 1, and no smaller than the one before.
  private static double[] adjusted(List<Claim> claims, ToDoubleFunction<Claim> p) {
    List<Claim> ascending = claims.stream().sorted(Comparator.comparingDouble(p)).toList();
    double[] adjusted = new double[claims.size()];
    double largest = 0;
    for (int k = 0; k < adjusted.length; k++) {
      largest = Math.max(largest, Math.min(1, (adjusted.length - k) * p.applyAsDouble(ascending.get(k))));
      adjusted[claims.indexOf(ascending.get(k))] = largest;
    }
    return adjusted;
  }

  private static double level(int settings) {
    return 1 - ERROR / Math.max(1, settings);
  }

  /// How many forks each setting needs so that any of them can be told from 1, and Bonferroni's intervals have their level.
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
