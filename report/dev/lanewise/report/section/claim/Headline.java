package dev.lanewise.report.section.claim;

import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.LayeredCell;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The first text of the page: the claim in sentences over all measured settings, and a row for each.
///
/// @param sentences built from verdicts and intervals: runs with the same verdicts differ in their numbers only
/// @param rows the settings of the slides' network
/// @param multiplicity what several verdicts say together
/// @param glossary the words that sentences and rows use
public record Headline(List<String> sentences, List<Row> rows, String multiplicity, List<Term> glossary) {

  /// One setting, as words.
  ///
  /// @param verdict the verdict in words
  /// @param kind for style sheets: the verdict's name in lower case
  /// @param crossover r*
  /// @param interval the interval of r*, or the range over the forks if the setting is not judged
  /// @param equal equivalence and exact equality, side by side
  /// @param size r* at the smallest and the largest D·M
  /// @param forks the number of virtual machines that measured it
  public record Row(String setting, String verdict, String kind, String crossover, String interval, String equal,
      String size, String forks) {}

  /// A word and what it means.
  public record Term(String word, String meaning) {}

  private static final String NOTHING = "–";

  /// The headline; empty if the claim was not measured.
  public static Optional<Headline> of(List<Claim> claims, List<LayeredCell> layered) {
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = claims.stream().filter(claim -> !claim.setting().isOtherNetwork()).map(Headline::row).toList();
    List<Term> glossary = Glossary.TERMS.stream().map(term -> new Term(term.getKey(), term.getValue())).toList();
    return Optional.of(new Headline(Sentences.of(claims, layered), rows, Multiplicity.of(claims), glossary));
  }

  static Row row(Claim claim) {
    Claim.Verdict verdict = claim.verdict();
    boolean empty = verdict == Claim.Verdict.EMPTY;
    return new Row(claim.setting().title(), word(claim), verdict.name().toLowerCase(Locale.ROOT),
        empty ? NOTHING : Figures.ratio(claim.crossover().ratio()), empty ? NOTHING : interval(claim),
        empty ? NOTHING : equal(claim), empty || !claim.tellsSize() ? NOTHING : size(claim), forks(claim));
  }

  /// The verdict with its reasons, if it has any.
  private static String word(Claim claim) {
    List<String> reasons = claim.reasons().stream().map(reason -> switch (reason) {
      case SLOPE -> "time may hardly follow D/M";
      case MIDDLE -> "the interval crosses an edge of the tolerance";
      case SIZE -> "a different r* at the smallest or largest D·M";
      case DIAGONAL -> "times at D = M more than a factor of " + Claim.TOLERANCE + " apart";
      case PAIRS -> "some pairs contradict";
    }).toList();
    String word = switch (claim.verdict()) {
      case VERIFIED -> claim.excludesOne() ? "Equivalent, though not equal" : "Equivalent";
      case SHIFTED -> "Shifted";
      case VARIES -> "Varies";
      case UNDECIDED -> "Undecided";
      case REFUTED -> "Refuted";
      case EMPTY -> "Nothing to test";
      case NOT_JUDGED -> "Not judged";
    };
    return reasons.isEmpty() ? word : word + ": " + String.join("; ", reasons);
  }

  private static String interval(Claim claim) {
    return Figures.range(claim.crossover()) + (claim.isJudged() ? "" : ", the forks’ range");
  }

  private static String equal(Claim claim) {
    if (!claim.isJudged()) {
      return NOTHING;
    }
    Estimate crossover = claim.crossover();
    boolean equivalent = crossover.lowRatio() >= 1 / Claim.TOLERANCE && crossover.highRatio() <= Claim.TOLERANCE;
    return "r* within a factor of " + Claim.TOLERANCE + ": " + (equivalent ? "yes" : "not shown")
        + " (p = " + Figures.p(claim.equivalence()) + "); r* = 1: " + (claim.excludesOne() ? "no" : "not ruled out")
        + " (p = " + Figures.p(claim.equality()) + ")";
  }

  private static String size(Claim claim) {
    return Figures.atSize(claim, claim.smallestSize()) + ", " + Figures.atSize(claim, claim.largestSize());
  }

  private static String forks(Claim claim) {
    String forks = claim.forks() == 1 ? "1 fork" : claim.forks() + " forks";
    return !claim.isJudged() ? forks + ": not judged"
        : claim.oddForks() == 0 ? forks : forks + ", " + claim.oddForks() + " unlike the others";
  }
}
