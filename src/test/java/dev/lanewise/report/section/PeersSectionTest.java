package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.page.Page;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Contest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of rounds against other libraries.
class PeersSectionTest {

  private static final double[] OURS = {100, 200, 400};

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  /// One fork; a rival's times are ours times the ratio of each round.
  private static Measurement measurement(String shape, int threads, double[] mkl, double[] openblas) {
    Map<String, double[][]> counters = new LinkedHashMap<>();
    counters.put("lanewise", new double[][] {OURS});
    counters.put("mkl", new double[][] {timesOurs(mkl)});
    counters.put("openblas", new double[][] {timesOurs(openblas)});
    counters.put("ejml", new double[][] {timesOurs(20, 20, 20)});
    counters.put("ojalgo", new double[][] {timesOurs(7, 0, 0)});
    counters.put("netlib", new double[][] {timesOurs(8, 8, 8)});
    counters.put("peakGigaflops", new double[][] {{40, 20, 10}});
    return new Measurement(Suite.PEERS.benchmark, Map.of("shape", shape, "precision", "FLOAT", "threads", "" + threads),
        new double[][] {{1, 1, 1}}, counters);
  }

  private static double[] timesOurs(double... ratios) {
    double[] times = new double[ratios.length];
    for (int round = 0; round < times.length; round++) {
      times[round] = ratios[round] * OURS[round];
    }
    return times;
  }

  private static Contest contest(double[] mkl, double[] openblas) {
    return Contest.of(new Results(List.of(measurement("X_WT 10x10x10", 1, mkl, openblas)), "")).getFirst();
  }

  @Test
  void ratiosAreTakenInRoundsAndTheirMedianCounts() {
    // The medians of the times alone would give 300/200.
    Contest contest = contest(new double[] {3, 0.5, 0.75}, new double[] {2, 2, 2});
    assertEquals(0.75, contest.versusMkl(), 1e-12);
    assertEquals(2, contest.versusOpenBlas(), 1e-12);
    assertEquals(0.75, contest.versusNative(), 1e-12);
  }

  @Test
  void theBetterNativeIsOneForAllRounds() {
    Contest contest = contest(new double[] {0.5, 2, 2}, new double[] {3, 3, 0.5});
    assertEquals(2, contest.versusNative(), 1e-12);
  }

  @Test
  void whoSitsARoundOutIsJudgedByTheOthers() {
    Contest contest = contest(new double[] {1, 1, 1}, new double[] {1, 0, 0.5});
    assertEquals(0.75, contest.versusOpenBlas(), 1e-12);
    assertEquals(Optional.of("ojalgo"), contest.bestOnJvm());
    assertEquals(7, contest.versusJvm(), 1e-12);
  }

  @Test
  void ratesAreOursAndSharesThoseOfTheRound() {
    Contest contest = contest(new double[] {1, 1, 1}, new double[] {1, 1, 1});
    assertEquals(2000.0 / 200, contest.gigaflops(), 1e-12);
    assertEquals(0.5, contest.peakShare(), 1e-12);
    Contest two = Contest.of(new Results(List.of(measurement("X_WT 10x10x10", 2, OURS, OURS)), "")).getFirst();
    assertEquals(0.25, two.peakShare(), 1e-12);
  }

  @Test
  void geometricMeansLeaveUnknownRatiosOut() {
    assertEquals(2, Contest.geometricMean(DoubleStream.of(1, 4, Double.NaN, 2)), 1e-12);
  }

  @Test
  void theSummaryHasMeansWorstAndEachShape() {
    double[] half = {0.5, 0.5, 0.5};
    double[] two = {2, 2, 2};
    Results results = new Results(List.of(measurement("Y_W 512x512x512", 1, two, two),
        measurement("X_WT 32x100x784", 1, half, two)), "");
    Summary summary = new Summary();
    Section section = PeersSection.of(results, summary).orElseThrow();
    assertEquals("1", summary.text("gemm.float.t1.geomean_vs_native"));
    assertEquals("0.5", summary.text("gemm.float.t1.worst_vs_native"));
    assertEquals("x_wt.32x100x784", summary.text("gemm.float.t1.worst_shape"));
    assertEquals("7.00", summary.text("gemm.float.t1.geomean_vs_jvm"));
    assertEquals("1", summary.text("gemm.float.t1.shapes_lost"));
    assertEquals("2", summary.text("gemm.float.t1.y_w.512x512x512.vs_native"));
    assertTrue(summary.has("gemm.float.peak_share_512"));
    List<List<String>> rows = section.tables().get(1).rows();
    assertEquals("X·Wᵀ 32×100×784", rows.getFirst().getFirst());
    assertEquals("▼ 0.5", rows.getFirst().get(3));
    assertEquals("2", rows.getLast().get(3));
    assertEquals(2, section.pictures().size());
  }

  @Test
  void aResultFileOfRoundsIsReadAndGivesTheVerdict() throws Refusal {
    Results results = Results.parse("given.json", result("Y_W 8x8x8").getBytes(StandardCharsets.UTF_8));
    Findings findings = Findings.of(results, new Machine(Map.of()), List.of());
    assertEquals(List.of("peers"), findings.sections().stream().map(Section::id).toList());
    assertEquals(1, findings.verdict().size());
    assertTrue(findings.verdict().getFirst().contains("2 × the speed of the better native"),
        findings.verdict().getFirst());
    String page = Page.html(findings);
    assertTrue(page.contains("<h1>Against other libraries</h1>"));
    assertFalse(page.contains("Forward and reverse mode share"));
  }

  private static String result(String shape) {
    StringBuilder counters = new StringBuilder();
    Map.of("lanewise", 50, "mkl", 100, "openblas", 150, "netlib", 500, "peakGigaflops", 100).forEach((name, value) ->
        counters.append(counters.isEmpty() ? "" : ",")
            .append(String.format(Locale.ROOT, "\"%s\": {\"rawData\": [[%d, %d]]}", name, value, value)));
    return """
        [{"benchmark": "dev.lanewise.kernel.GemmPeersBenchmark.round",
          "params": {"shape": "%s", "precision": "FLOAT", "threads": "1"},
          "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9, 9]]},
          "secondaryMetrics": {%s}}]
        """.formatted(shape, counters);
  }

  /// A warm-up that had used up a contestant's time left it without rounds; the shape was then missing from means and
  /// worst.
  @Test
  void aContestantWithoutARoundIsRefusedByName() {
    String whole = result("Y_W 512x512x512");
    for (String silent : List.of("mkl", "openblas", "netlib")) {
      String message = refusal(with(whole, silent, "[[0, 0]]"));
      assertTrue(message.contains("no round in which " + silent + " was")
          && message.contains("Y_W 512x512x512, FLOAT, 1"), message);
    }
    assertTrue(refusal(with(whole, "lanewise", "[[0, 0]]")).contains("Y_W 512x512x512, FLOAT, 1"));
    String apart = with(with(whole, "mkl", "[[0, 100]]"), "lanewise", "[[50, 0]]");
    assertTrue(refusal(apart).contains("no round in which mkl was"), "the two never met");
  }

  /// A fork of several products, whose rounds lie among each other's: `product` says which is whose.
  private static String fork(String shapes, int rounds, String product, String lanewise, String mkl) {
    return """
        [{"benchmark": "dev.lanewise.kernel.GemmPeersBenchmark.round",
          "params": {"shape": "%s", "precision": "FLOAT", "threads": "1", "rivals": "NATIVE", "rounds": "%d"},
          "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9, 9, 9, 9]]},
          "secondaryMetrics": {"product": {"rawData": [%s]}, "lanewise": {"rawData": [%s]}, "mkl": {"rawData": [%s]},
            "openblas": {"rawData": [[80, 80, 80, 80]]}, "ejml": {"rawData": [[-1, -1, -1, -1]]},
            "peakGigaflops": {"rawData": [[1, 1, 1, 1]]}}}]
        """.formatted(shapes, rounds, product, lanewise, mkl);
  }

  @Test
  void productsOfOneForkAreTakenApart() throws Refusal {
    String json = fork("X_WT 1x8x8/Y_W 2x8x8", 2, "[0, 1, 0, 1]", "[10, 20, 10, 20]", "[10, 60, 10, 60]");
    Findings findings = Findings.of(Results.parse("given.json", json.getBytes(StandardCharsets.UTF_8)),
        new Machine(Map.of()), List.of());
    assertEquals("1", findings.summary().text("gemm.float.t1.x_wt.1x8x8.vs_native").replaceAll("\\.0*$", ""));
    assertEquals("3", findings.summary().text("gemm.float.t1.y_w.2x8x8.vs_mkl").replaceAll("\\.0*$", ""));
    assertEquals("4", findings.summary().text("gemm.float.t1.y_w.2x8x8.vs_openblas").replaceAll("\\.0*$", ""));
    assertTrue(findings.summary().figures().keySet().stream().noneMatch(key -> key.contains("vs_jvm")),
        "the JVM's libraries were not asked");
    assertFalse(findings.verdict().getFirst().contains("JVM"), findings.verdict().getFirst());
    assertFalse(Page.html(findings).contains("best on the JVM<"));
  }

  @Test
  void aProductWithFewerRoundsThanWereToBeTakenIsRefusedByName() {
    String sat = refusal(fork("X_WT 1x8x8/Y_W 2x8x8", 2, "[0, 1, 0, 1]", "[10, 20, 10, 20]", "[10, 60, 10, 0]"));
    assertTrue(sat.contains("lacks 1 of 2 rounds of Lanewise, MKL and OpenBLAS: Y_W 2x8x8, FLOAT, 1"), sat);
    String few = refusal(fork("X_WT 1x8x8/Y_W 2x8x8", 3, "[0, 1, 0, 0]", "[10, 20, 10, 10]", "[10, 60, 10, 10]"));
    assertTrue(few.contains("lacks 2 of 3 rounds") && few.contains("Y_W 2x8x8"), few);
    String none = refusal(fork("X_WT 1x8x8/Y_W 2x8x8", 2, "[0, 0, 0, 0]", "[10, 20, 10, 10]", "[10, 60, 10, 10]"));
    assertTrue(none.contains("no round in which") && none.contains("Y_W 2x8x8"), none);
  }

  private static String with(String result, String contestant, String times) {
    return result.replaceAll("(\"" + contestant + "\": \\{\"rawData\": )\\[\\[\\d+, \\d+]]", "$1" + times);
  }

  @Test
  void aFunctionsContestantWithoutARoundIsRefusedByName() {
    String message = refusal("""
        [{"benchmark": "dev.lanewise.kernel.ElementwisePeersBenchmark.round",
          "params": {"function": "TANH", "precision": "FLOAT", "n": "16777216"},
          "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9, 9]]},
          "secondaryMetrics": {"value": {"rawData": [[50, 50]]}, "vml": {"rawData": [[40, 40]]},
            "scalar": {"rawData": [[0, 0]]}}}]""");
    assertTrue(message.contains("no round in which scalar was") && message.contains("TANH, FLOAT, 16777216"), message);
  }

  private static String refusal(String result) {
    return assertThrows(Refusal.class, () -> Results.parse("given.json", result.getBytes(StandardCharsets.UTF_8)))
        .getMessage();
  }

  @Test
  void factsThatForksPrintedBelongToTheMachine() {
    Machine machine = new Machine(Map.of("cpu", "a CPU"))
        .with("Iteration 1: [machine] openblas: 0.3, core SkylakeX\nother\n");
    assertEquals(Map.of("cpu", "a CPU", "openblas", "0.3, core SkylakeX"), machine.facts());
  }
}
