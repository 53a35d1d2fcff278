package dev.lanewise.report.section.claim;

import dev.lanewise.report.verdict.Claim;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the page says first: the claim in sentences over all settings that were measured, and a row for each.
///
/// @param sentences built from verdicts and intervals: runs with the same verdicts differ in their numbers only
/// @param rows the settings of the slides' network
/// @param multiplicity what it means that several verdicts stand side by side
/// @param glossary the words that sentences and rows use
public record Headline(List<String> sentences, List<Row> rows, String multiplicity, List<Term> glossary) {

  /// One setting, as words.
  ///
  /// @param verdict for people
  /// @param kind for style sheets: the verdict's name in small letters
  /// @param crossover r*
  /// @param interval of r*
  /// @param equal equivalence and exact equality, side by side
  /// @param size how r* changes with D·M
  /// @param forks how many virtual machines measured it
  public record Row(String setting, String verdict, String kind, String crossover, String interval, String equal, String size, String forks) {}

  /// A word and what it means.
  public record Term(String word, String meaning) {}

  /// Empty where the claim was not measured.
  public static Optional<Headline> of(List<Claim> claims) {
    List<Claim> shown = claims.stream().filter(claim -> !claim.setting().isOtherNetwork()).toList();
    return claims.isEmpty() ? Optional.empty()
        : Optional.of(new Headline(Sentences.of(claims), shown.stream().map(Headline::row).toList(), Sentences.multiplicity(shown), 
            Glossary.TERMS.stream().map(term -> new Term(term.getKey(), term.getValue())).toList()));
  }

  private static Row row(Claim claim) {
    boolean empty = claim.verdict() == Claim.Verdict.EMPTY;
    return new Row(claim.setting().title(), Sentences.word(claim), claim.verdict().name().toLowerCase(Locale.ROOT),
        empty ? "–" : Sentences.figure(claim.crossover().ratio()), empty ? "–" : Sentences.range(claim.crossover()),
        empty ? "–" : Sentences.equal(claim), "", forks(claim));
  }

  private static String forks(Claim claim) {
    return claim.forks() == 1 ? "1 fork" : claim.forks() + " forks";
  }
}
