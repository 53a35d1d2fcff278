package dev.lanewise.report.section.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.section.claim.Headline.Row;
import dev.lanewise.report.section.claim.Headline.Term;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Claim.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the page says first, word for word.
class HeadlineTest {

  private static final Setting FLOAT = Setting.of("FLOAT", 1);
  private static final Setting DOUBLE = Setting.of("DOUBLE", 1);
  private static final Setting CHUNKS = Setting.of("FLOAT", 64);
  private static final Setting ELIDED = FLOAT.elided();

  private static final Claim EQUAL = SyntheticClaims.claim(FLOAT, 6, 1, 0.9, 0.05);

  private static Headline headline(Claim... claims) {
    return Headline.of(List.of(claims), List.of()).orElseThrow();
  }

  /// Those between the counts and the pairs.
  private static List<String> clock(Claim... claims) {
    List<String> sentences = headline(claims).sentences();
    return sentences.subList(1, sentences.size() - 1);
  }

  private static Claim of(Verdict verdict, Claim claim) {
    assertEquals(verdict, claim.verdict());
    return claim;
  }

  @Test
  void whatIsEqualAsFarAsCanBeSeen() {
    assertEquals(List.of(
        "In multiply-adds the claim holds exactly, in 25 of 25 cells.",
        "On the clock, one direction at a time: within a factor of 1.25 of the claim, and indistinguishable from "
            + "it: the modes take the same time at D/M = 1.00 (0.97 to 1.03).",
        "One direction at a time, the claimed mode is faster in 20 of 20 pairs with D and M at least a factor of 2 "
            + "apart; in the nearest pair the factor is 4."), headline(of(Verdict.VERIFIED, EQUAL)).sentences());
  }

  @Test
  void whatIsEquivalentThoughNotEqual() {
    Claim claim = of(Verdict.VERIFIED, SyntheticClaims.claim(FLOAT, 6, 0.88, 0.9, 0.05));
    assertTrue(claim.excludesOne());
    assertEquals(List.of("On the clock, one direction at a time: within a factor of 1.25 of the claim, though not "
        + "equal to it: the modes take the"
        + " same time at D/M = 0.88 (0.85 to 0.91), and where D = M forward mode takes 9 to 15 % longer."),
        clock(claim));
    Claim other = of(Verdict.VERIFIED, SyntheticClaims.claim(FLOAT, 6, 1.12, 0.9, 0.05));
    assertTrue(clock(other).getFirst().endsWith("and where D = M forward mode takes 7 to 12 % less."),
        clock(other).toString());
  }

  @Test
  void settingsOfOneVerdictShareASentence() {
    Claim chunks = of(Verdict.SHIFTED, SyntheticClaims.claim(CHUNKS, 6, 0.67, 0.6, 0.03));
    Claim elided = of(Verdict.SHIFTED, SyntheticClaims.claim(ELIDED, 6, 0.54, 0.6, 0.03));
    List<String> sentences = clock(EQUAL, chunks, elided);
    assertEquals(2, sentences.size());
    assertEquals("In chunks of 64 and with the first and last weights as seeds: the crossover moves to D/M = 0.67 "
        + "(0.66 to 0.68) and 0.54 (0.53 to 0.55).",
        sentences.getLast());
  }

  @Test
  void precisionsAndVirtualMachinesAreToldWhereThereAreSeveral() {
    Claim twice = SyntheticClaims.claim(DOUBLE, 6, 1, 0.9, 0.05);
    Claim serial = SyntheticClaims.claim(FLOAT.on(Optional.of(Jvm.SERIAL)), 6, 1, 0.9, 0.05);
    Claim chunks = SyntheticClaims.claim(CHUNKS, 6, 0.67, 0.6, 0.03);
    List<String> sentences = clock(EQUAL, twice, serial, chunks);
    assertTrue(sentences.getFirst().startsWith("On the clock, one direction at a time (float; double; float, serial "
        + "collector): within"), sentences.toString());
    assertTrue(sentences.getLast().startsWith("In chunks of 64 (float): the crossover"), sentences.toString());
  }

  @Test
  void theSlidesSettingComesFirstWhateverItsVerdict() {
    Claim undecided = of(Verdict.UNDECIDED, SyntheticClaims.claim(FLOAT, 6, 0.8, 0.9, 0.1));
    Claim serial = SyntheticClaims.claim(FLOAT.on(Optional.of(Jvm.SERIAL)), 6, 1, 0.9, 0.05);
    List<String> sentences = clock(undecided, serial);
    assertEquals("On the clock, one direction at a time (float): undecided, with the crossover at D/M = 0.80 (0.75 "
        + "to 0.85).", sentences.getFirst());
    assertTrue(sentences.getLast().startsWith("One direction at a time (float, serial collector): within"),
        sentences.toString());
  }

  /// Settings are named by how many directions they take at a time, figures follow.
  @Test
  void figuresStandInTheOrderOfTheirSettings() {
    Claim chunks = SyntheticClaims.claim(CHUNKS, 6, 0.5, 0.6, 0);
    Claim one = SyntheticClaims.claim(FLOAT, 6, 0.4, 0.6, 0);
    Claim twice = SyntheticClaims.claim(DOUBLE, 6, 0.6, 0.6, 0);
    assertEquals(List.of("On the clock, one direction at a time (float; double) and in chunks of 64 (float): the "
        + "crossover moves to D/M = 0.40 (0.40 to 0.40),"
        + " 0.60 (0.60 to 0.60) and 0.50 (0.50 to 0.50)."), clock(one, chunks, twice));
  }

  @Test
  void aCrossoverThatRunsWithTheSize() {
    Claim claim = of(Verdict.VARIES, SyntheticClaims.claim(FLOAT, 6, (x, size) -> 0.9 * (x + 0.15 * (size - 8)), 0.03));
    assertEquals(List.of("On the clock, one direction at a time: as claimed on the whole, but not at every size: the "
        + "modes take the same time at"
        + " D/M = 1.00 (0.98 to 1.02) at the mean size, at 1.87 at D·M = 2² and 0.54 at D·M = 2¹⁴."), clock(claim));
    Row row = headline(claim).rows().getFirst();
    assertEquals("varies", row.kind());
    assertTrue(row.verdict().startsWith("Varies: a different r* at the smallest or largest D·M"), row.verdict());
    assertEquals("1.87 at D·M = 2², 0.54 at D·M = 2¹⁴", row.size());
  }

  @Test
  void whatIsUndecidedRefutedOrNotJudged() {
    assertEquals(
        List.of("On the clock, one direction at a time: undecided, with the crossover at D/M = 0.80 (0.75 to 0.85)."),
        clock(of(Verdict.UNDECIDED, SyntheticClaims.claim(FLOAT, 6, 0.8, 0.9, 0.1))));
    assertEquals(List.of("On the clock, one direction at a time: not as claimed, because the ratio of times hardly "
        + "rises with D/M: its exponent is 0.05 (0.05 to 0.05)."),
        clock(of(Verdict.REFUTED, SyntheticClaims.claim(FLOAT, 6, 1, 0.05, 0.05))));
    Claim few = of(Verdict.NOT_JUDGED, SyntheticClaims.claim(FLOAT, 2, 1, 0.9, 0.05));
    assertEquals(List.of("On the clock, one direction at a time: not judged, because a verdict takes 6 forks; the "
        + "crossover was seen at D/M = 1.00 (0.97 to 1.04)."),
        clock(few));
    assertEquals(new Row("float, one direction at a time", "Not judged", "not_judged", "1.00",
        "0.97 to 1.04, the forks’ range", "–",
        "1.00 at D·M = 2², 1.00 at D·M = 2¹⁴", "2 forks: not judged"), headline(few).rows().getFirst());
  }

  /// With one hidden layer and both ends at hand.
  @Test
  void whereBothModesTakeTheSameThereIsNothingToTest() {
    Claim empty = of(Verdict.EMPTY, SyntheticClaims.claim(ELIDED.with(1, 64, "TANH"), 6, 1, 0.9, 0.05));
    assertEquals(List.of("In multiply-adds the claim holds exactly, in 25 of 25 cells.",
        "Of 1 setting on other networks, 1 with nothing to test."),
        List.of(headline(EQUAL, empty).sentences().getFirst(), headline(EQUAL, empty).sentences().getLast()));
    assertEquals(1, headline(EQUAL, empty).rows().size());
    assertEquals("In multiply-adds there is nothing to test: both modes take the same number in every cell.",
        headline(empty).sentences().getFirst());
  }

  @Test
  void otherNetworksAreCountedByVerdict() {
    Claim one = SyntheticClaims.claim(FLOAT.with(3, 16, "RELU"), 6, 1, 0.9, 0.05);
    Claim moved = SyntheticClaims.claim(FLOAT.with(5, 16, "TANH"), 6, 0.5, 0.9, 0.05);
    Claim few = SyntheticClaims.claim(FLOAT.with(1, 256, "RELU"), 1, 1, 0.9, 0);
    assertEquals("Of 3 settings on other networks, 1 within a factor of 1.25 of the claim, 1 with another crossover "
        + "and 1 not judged.",
        headline(EQUAL, one, moved, few).sentences().getLast());
  }

  /// Equivalence and equality side by side, by tests that fit the interval.
  @Test
  void rowsShowBothTests() {
    Row row = headline(SyntheticClaims.claim(FLOAT, 6, 0.88, 0.9, 0.05)).rows().getFirst();
    assertEquals(new Row("float, one direction at a time", "Equivalent, though not equal", "verified", "0.88",
        "0.85 to 0.91",
        "r* within a factor of 1.25: yes (p = 0.016); r* = 1: no (p = 0.031)", "0.88 at D·M = 2², 0.88 at D·M = 2¹⁴",
        "6 forks"), row);
    Row shifted = headline(SyntheticClaims.claim(CHUNKS, 8, 0.67, 0.6, 0.03)).rows().getFirst();
    assertEquals("r* within a factor of 1.25: not shown (p = 1.00); r* = 1: no (p = 0.008)", shifted.equal());
    assertEquals("Shifted", shifted.verdict());
  }

  /// Numbers apart, two runs of the same verdicts say the same.
  @Test
  void theWordsFollowTheVerdicts() {
    String one = String.join(" ", headline(EQUAL, SyntheticClaims.claim(CHUNKS, 6, 0.67, 0.6, 0.03)).sentences());
    String other = String.join(" ", headline(SyntheticClaims.claim(FLOAT, 7, 1.01, 0.8, 0.04),
        SyntheticClaims.claim(CHUNKS, 8, 0.7, 0.65, 0.02)).sentences());
    assertEquals(one.replaceAll("\\d+(\\.\\d+)?", "#"), other.replaceAll("\\d+(\\.\\d+)?", "#"));
  }

  @Test
  void whatVerdictsSayTogetherIsCorrectedForTheirNumber() {
    Claim chunks = SyntheticClaims.claim(CHUNKS, 12, 0.67, 0.6, 0.03);
    assertEquals("2 settings are judged, each by its own 95 % interval, which misses in one run of twenty. With "
        + "Holm’s correction, by which all statements of a run hold together in 95 % of runs, r* lies within a factor "
        + "of 1.25 of 1 in 1 of them, and differs from 1 in 1. Such a statement takes at least 7 forks per setting.",
        headline(SyntheticClaims.claim(FLOAT, 12, 1, 0.9, 0.05), chunks).multiplicity());
    assertEquals("One setting is judged: its interval needs no correction.", headline(EQUAL).multiplicity());
  }

  /// Every word of the first screen that a reader of calculus does not bring along.
  @Test
  void theGlossaryHasTheWordsThatSentencesUse() {
    Set<String> words = headline(EQUAL).glossary().stream().map(Term::word).collect(Collectors.toSet());
    assertTrue(words.containsAll(Set.of("The claim", "D, M", "E", "Multiply-add", "Direction", "Chunk", "Seeds", "Cell",
        "Tie", "r*", "Fork", "Interval",
        "Equivalence")), words.toString());
    assertTrue(headline(EQUAL).glossary().getFirst().meaning().contains("equations (13) and (14)"));
  }

  @Test
  void withoutAClaimThereIsNone() {
    assertTrue(Headline.of(List.of(), List.of()).isEmpty());
  }
}
