package dev.lanewise.report.section.claim;

import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The claim in sentences: what was counted, then what the clock says, setting by setting.
final class Sentences {

  private Sentences() {}

  static List<String> of(List<Claim> claims) {
    List<String> sentences = new ArrayList<>();
    List<Claim> told = claims.stream().filter(claim -> claim.verdict() != Claim.Verdict.EMPTY).toList();
    sentences.add("In multiply-adds: exactly, in " + told.stream().mapToLong(Claim::countedAsFormula).sum() + " of "
        + told.stream().mapToInt(claim -> claim.cells().size()).sum() + " pairs.");
    for (Claim claim : told.stream().filter(claim -> !claim.setting().isOtherNetwork()).toList()) {
      sentences.add("On the clock, " + claim.setting().title() + ": " + word(claim).toLowerCase(Locale.ROOT)
          + ", crossover at D/M = " + figure(claim.crossover().ratio()) + " (" + range(claim.crossover()) + ").");
    }
    return sentences;
  }

  static String word(Claim claim) {
    return switch (claim.verdict()) {
      case VERIFIED -> claim.excludesOne() ? "Equivalent, though not equal" : "Equivalent";
      case SHIFTED -> "Shifted";
      case UNDECIDED -> "Undecided";
      case REFUTED -> "Refuted";
      case VARIES -> "Varies";
      case NOT_JUDGED -> "Not judged";
      case EMPTY -> "Nothing to test";
    };
  }

  static String equal(Claim claim) {
    return "within a factor of " + Claim.TOLERANCE + ": " + (claim.verdict() == Claim.Verdict.VERIFIED ? "yes" : "not shown")
        + "; equal: " + (claim.excludesOne() ? "no" : "not ruled out");
  }

  static String multiplicity(List<Claim> claims) {
    return claims.size() + " verdicts stand side by side, each by its own interval of 95 %.";
  }

  static String figure(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  static String range(Estimate estimate) {
    return figure(estimate.lowRatio()) + " to " + figure(estimate.highRatio());
  }
}
