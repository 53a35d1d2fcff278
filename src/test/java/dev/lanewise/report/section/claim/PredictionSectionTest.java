package dev.lanewise.report.section.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Prediction;
import dev.lanewise.report.verdict.SyntheticCalls;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of predicted crossovers, measured ones being known.
class PredictionSectionTest {

  private static final List<Integer> AXIS = List.of(1, 16, 256);
  /// Pulls take 8 ns a direction, pushes twice as long.
  private static final Measurement HALF = calls(0.5);
  private static final Measurement DOUBLE = SyntheticCalls.with(calls(0.8), "precision", "DOUBLE");

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static Measurement calls(double crossover) {
    double push = 4 / crossover;
    return SyntheticCalls.of(AXIS, 6, (_, _) -> new double[] {0, push / 2, push, push / 2, 2, 4, 2, 0, 0});
  }

  private static Results results(Measurement... measured) {
    return new Results(List.of(measured), "");
  }

  /// Claims whose times cross over elsewhere.
  private static List<Claim> measured(Measurement... measured) throws Refusal {
    return Prediction.bySetting(results(measured)).values().stream().map(Prediction::claim).toList();
  }

  @Test
  void predictedAndMeasuredStandSideBySide() throws Refusal {
    List<Claim> claims = measured(calls(0.52), SyntheticCalls.with(calls(1), "precision", "DOUBLE"));
    Section section = PredictionSection.of(results(HALF, DOUBLE), claims, summary).orElseThrow();
    List<String> row = section.tables().getFirst().rows().getFirst();
    assertEquals("1. float, one direction at a time", row.getFirst());
    assertEquals(List.of("0.5", "0.52", "0.5", "1020", "2050", "0.5"),
        row.stream().skip(1).map(PredictionSectionTest::bare).toList());
    assertEquals("0.5", bare(summary.text("why.float.predicted_crossover")));
    assertEquals("0.52", bare(summary.text("why.float.measured_crossover")));
    assertEquals("0.52", bare(summary.text("why.float.measured_ci_high")));
    assertEquals("0.962", summary.text("why.float.predicted_over_measured"));
    assertEquals("0.5", bare(summary.text("why.float.predicted_at_smallest")));
    assertEquals("0.5", bare(summary.text("why.float.predicted_at_largest")));
    assertEquals("0.8", bare(summary.text("why.double.predicted_over_measured")));
    assertEquals("0.8", bare(summary.text("why.float.explained_forward")));
    assertEquals("-3", bare(summary.text("cell.float.d1.m16.predicted_log2_ratio")));
    assertTrue(section.lead().contains("80 % of a whole call’s time forward and 63 % in reverse"), section.lead());
    Picture picture = section.pictures().getFirst();
    assertTrue(picture.sentence().contains("In 1 of 2 settings they are within a factor of 1.1 of each other; "
        + "furthest apart, by 20.0 %, at double"), picture.sentence());
    assertTrue(picture.csv().contains("\nfloat,0.50000,0.50000,0.50000,0.52000,"), picture.csv());
    assertTrue(picture.svg().contains(">float<") && picture.svg().contains(">double<"));
  }

  /// `0.500` and `0.5` are the same figure.
  private static String bare(String figures) {
    return figures.replaceAll("(\\.\\d*?)0+\\b", "$1").replaceAll("\\.(?=\\D|$)", "");
  }

  @Test
  void oneSettingIsSaidInASentence() throws Refusal {
    Section section = PredictionSection.of(results(HALF), measured(calls(0.52)), summary).orElseThrow();
    String sentence = section.pictures().getFirst().sentence();
    assertTrue(sentence.startsWith("The prediction is 3.8 % below what was measured (float, one"), sentence);
  }

  /// Whole calls take 1.25 times their parts forward, 1.6 times in reverse.
  @Test
  void withoutTheClaimItIsBesideWholeCalls() throws Refusal {
    PredictionSection.of(results(HALF), measured(DOUBLE), summary).orElseThrow();
    assertEquals("0.64", bare(summary.text("why.float.measured_crossover")));
  }

  @Test
  void withoutCallsThereIsNoSection() throws Refusal {
    assertTrue(PredictionSection.of(results(), measured(HALF), summary).isEmpty());
  }
}
