package dev.lanewise.report.section.claim;

import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Claim.Reason;
import dev.lanewise.report.verdict.Claim.Verdict;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.LayeredCell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// The claim in sentences: first by counts, then by the clock. Settings of one verdict share a sentence, whose words
/// depend on the verdict only.
final class Sentences {

  private static final String CLOCK = "On the clock, ";

  private Sentences() {}

  /// @param claims at least one
  static List<String> of(List<Claim> claims, List<LayeredCell> layered) {
    List<String> sentences = new ArrayList<>(List.of(counts(claims)));
    List<Claim> slides = claims.stream().filter(claim -> !claim.setting().isOtherNetwork()).toList();
    clock(slides, sentences);
    slides.stream().filter(claim -> claim.verdict() != Verdict.EMPTY).findFirst()
        .map(claim -> signs(claim, slides)).ifPresent(sentences::add);
    List<Claim> others = claims.stream().filter(claim -> claim.setting().isOtherNetwork()).toList();
    if (!others.isEmpty()) {
      sentences.add(others(others));
    }
    List<LayeredCell> decided = layered.stream().filter(each -> !each.cell().isTie()).toList();
    if (!decided.isEmpty()) {
      sentences.add("On " + decided.stream().filter(each -> each.cell().agrees()).count() + " of " + decided.size()
          + " convolutional and recurrent networks with D and M at least a factor of 2 apart, the claimed mode is "
          + "faster.");
    }
    return sentences;
  }

  private static String counts(List<Claim> claims) {
    List<Claim> told = claims.stream().filter(claim -> claim.verdict() != Verdict.EMPTY).toList();
    return told.isEmpty() ? "In multiply-adds there is nothing to test: both modes take the same number in every cell."
        : "In multiply-adds the claim holds exactly, in "
            + told.stream().mapToLong(Claim::countedAsFormula).sum() + " of "
            + told.stream().mapToInt(claim -> claim.cells().size()).sum() + " cells.";
  }

  private static void clock(List<Claim> slides, List<String> sentences) {
    List<Setting> all = slides.stream().map(Claim::setting).toList();
    List<Predicate<Claim>> kinds = new ArrayList<>(List.of(
        claim -> claim.verdict() == Verdict.VERIFIED && !claim.excludesOne(),
        claim -> claim.verdict() == Verdict.VERIFIED && claim.excludesOne()));
    for (Verdict verdict : List.of(
        Verdict.VARIES, Verdict.SHIFTED, Verdict.UNDECIDED, Verdict.REFUTED, Verdict.EMPTY, Verdict.NOT_JUDGED)) {
      kinds.add(claim -> claim.verdict() == verdict);
    }
    // The slides' setting comes first, whatever its verdict.
    List<List<Claim>> groups = kinds.stream()
        .map(kind -> slides.stream().filter(kind).toList()).filter(same -> !same.isEmpty())
        .sorted(Comparator.comparingInt(same -> slides.indexOf(same.getFirst()))).toList();
    for (List<Claim> group : groups) {
      List<Claim> same = Settings.ordered(group, Claim::setting);
      String settings = Settings.named(same.stream().map(Claim::setting).toList(), all);
      sentences.add((group == groups.getFirst() ? CLOCK + settings : capital(settings)) + ": " + found(same) + ".");
    }
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /// @param same claims of one verdict
  private static String found(List<Claim> same) {
    String crossovers = Figures.joined(same.stream().map(claim -> Figures.withRange(claim.crossover())).toList());
    return switch (same.getFirst().verdict()) {
      case VERIFIED -> "within a factor of " + Claim.TOLERANCE + " of the claim, " + (same.getFirst().excludesOne()
          ? "though not equal to it: the modes take the same time at D/M = " + crossovers
              + ", and where D = M forward mode takes " + diagonals(same)
          : "and indistinguishable from it: the modes take the same time at D/M = " + crossovers);
      case VARIES -> "as claimed on the whole, but not "
          + (same.stream().allMatch(claim -> claim.reasons().equals(Set.of(Reason.SIZE)))
              ? "at every size" : "everywhere")
          + ": the modes take the same time at D/M = " + crossovers + " at the mean size, at "
          + String.join("; ", same.stream().map(Sentences::ends).toList());
      case SHIFTED -> "the crossover moves to D/M = " + crossovers;
      case UNDECIDED -> "undecided, with the crossover at D/M = " + crossovers;
      case REFUTED -> "not as claimed, because the ratio of times hardly rises with D/M: its exponent is "
          + Figures.joined(same.stream().map(claim -> number(claim.slope())).toList());
      case EMPTY -> "nothing to test, because both modes take the same multiply-adds";
      case NOT_JUDGED -> "not judged, because a verdict takes " + Claim.LEAST_FORKS + " forks; the crossover was seen "
          + "at D/M = " + crossovers;
    };
  }

  private static String diagonals(List<Claim> claims) {
    return Figures.joined(claims.stream().map(claim -> Figures.longer(claim.diagonal())).toList());
  }

  private static String ends(Claim claim) {
    return Figures.atSize(claim, claim.smallestSize()) + " and " + Figures.atSize(claim, claim.largestSize());
  }

  private static String number(Estimate estimate) {
    return Figures.ratio(estimate.value())
        + " (" + Figures.ratio(estimate.low()) + " to " + Figures.ratio(estimate.high()) + ")";
  }

  /// Which mode is faster, pair by pair, in one setting.
  private static String signs(Claim claim, List<Claim> slides) {
    List<Cell> decided = claim.decided();
    String setting = Settings.named(List.of(claim.setting()), slides.stream().map(Claim::setting).toList());
    if (decided.isEmpty()) {
      return capital(setting) + ", no pair has D and M a factor of 2 or more apart.";
    }
    return capital(setting) + ", the claimed mode is faster in " + claim.agreeing() + " of " + decided.size()
        + " pairs with D and M at least a factor of 2 apart; in the nearest pair the factor is "
        + Figures.nearest(claim).orElseThrow() + ".";
  }

  private static String others(List<Claim> others) {
    List<String> counted = new ArrayList<>();
    count(others, Verdict.VERIFIED, "within a factor of " + Claim.TOLERANCE + " of the claim", counted);
    count(others, Verdict.VARIES, "as claimed on the whole, but not at every size", counted);
    count(others, Verdict.SHIFTED, "with another crossover", counted);
    count(others, Verdict.UNDECIDED, "undecided", counted);
    count(others, Verdict.REFUTED, "not as claimed", counted);
    count(others, Verdict.EMPTY, "with nothing to test", counted);
    count(others, Verdict.NOT_JUDGED, "not judged", counted);
    return "Of " + others.size() + (others.size() == 1 ? " setting" : " settings") + " on other networks, "
        + Figures.joined(counted) + ".";
  }

  private static void count(List<Claim> claims, Verdict verdict, String words, List<String> counted) {
    long count = claims.stream().filter(claim -> claim.verdict() == verdict).count();
    if (count > 0) {
      counted.add(count + " " + words);
    }
  }
}
