package dev.lanewise.report.section.claim;

import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Familywise;
import java.util.List;

/// What verdicts on several settings say together, in words.
final class Multiplicity {

  private Multiplicity() {}

  static String of(List<Claim> claims) {
    Familywise all = Familywise.of(claims);
    int judged = all.members().size();
    if (judged < 2) {
      return judged == 0 ? "No setting is judged, so there is nothing to correct for."
          : "One setting is judged: its interval needs no correction.";
    }
    return judged + " settings are judged, each by its own 95 % interval, which misses in one run of twenty."
        + " With Holm’s correction, by which all statements of a run hold together in 95 % of runs, r* lies within a "
        + "factor of " + Claim.TOLERANCE + " of 1 in " + all.equivalent().size() + " of them, and differs from 1 in "
        + all.unequal().size() + ". Such a statement takes at least " + all.leastForks() + " forks per setting.";
  }
}
