package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Regret;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the report makes of Jacobians that are planned once.
class JacobianSectionTest {

  private final Summary summary = new Summary();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private Section section(Measurement... measured) {
    return JacobianSection.of(new Results(List.of(measured), ""), summary).orElseThrow();
  }

  @Test
  void timesAreThoseOfOneCall() {
    Section section = section(network("4-64-64-64-2", "FLOAT", 9000, 4000, 4000, 4200));
    assertEquals("4.20", summary.text("jacobian.net.4-64-64-64-2.us"));
    assertEquals("9", summary.text("jacobian.net.4-64-64-64-2.forward_us"));
    assertEquals("4", summary.text("jacobian.net.4-64-64-64-2.reverse_us"));
    assertEquals("4", summary.text("jacobian.net.4-64-64-64-2.mixed_us"));
    assertEquals(List.of("4-64-64-64-2", "9 µs", "4 µs", "4 µs", "4.20 µs", "50,000", "–", "1.00", "0.95"),
        section.tables().getFirst().rows().getFirst());
    assertFalse(summary.has("jacobian.net.4-64-64-64-2.over_gemm"));
  }

  @Test
  void againstTheGemmsRateOfTheSamePrecisionWhereItIsThere() {
    summary.put("gemm.float.gflops_512", 100.0);
    section(network("4-64-64-64-2", "FLOAT", 9000, 4000, 4000, 1500),
        network("4-64-64-64-2", "DOUBLE", 9000, 4000, 4000, 3000));
    assertEquals("1.5", summary.text("jacobian.net.4-64-64-64-2.over_gemm"));
    assertEquals("3", summary.text("jacobian.net.4-64-64-64-2.double.us"));
    assertFalse(summary.has("jacobian.net.4-64-64-64-2.double.over_gemm"));
  }

  @Test
  void mixedOrdersAreComparedWithTheFasterPureMode() {
    Section section = section(network("digits-autoencoder", "FLOAT", 9000, 8000, 2000, 2000),
        network("784-1000-500-250-30-250-500-1000-784", "FLOAT", 70_000, 80_000, 10_000, 10_000));
    assertEquals("4", summary.text("jacobian.autoencoder.mixed_speedup"));
    assertEquals("7", summary.text("jacobian.deep.mixed_speedup"));
    Picture picture = section.pictures().getFirst();
    assertTrue(picture.sentence()
        .startsWith("784-1000-500-250-30-250-500-1000-784 gains most from AUTO, a factor of 7.00"), picture.sentence());
    assertTrue(picture.svg().contains(">784-…-30-…-784<"), picture.svg());
    assertTrue(picture.csv().contains("digits-autoencoder,FLOAT,9.0000,8.0000,2.0000,2.0000,50000,4.0000,4.0000\n"),
        picture.csv());
  }

  @Test
  void theTinyNetworkStandsBesideTheUnrolledMethod() {
    Section section = section(new Measurement("autodiff.TinyBenchmark.round", Map.of(), new double[][] {{1, 1}},
        Map.of("prepared", new double[][] {{270, 330}}, "unrolled", new double[][] {{360, 440}},
            "preparedBytes", new double[][] {{0, 0}}, "unrolledBytes", new double[][] {{0, 0}})));
    assertEquals("0.75", summary.text("jacobian.tiny.over_unrolled"));
    assertEquals("300", summary.text("jacobian.tiny.ns"));
    assertEquals("0", summary.text("jacobian.tiny.bytes"));
    assertEquals(List.of("Value and Jacobian", "300 ns", "400 ns", "0.75", "0"),
        section.tables().getFirst().rows().getFirst());
    assertEquals(List.of("4-8-6-4-2: 0.75 × the time of a method unrolled by hand, 0 bytes allocated"),
        JacobianSection.verdict(summary));
  }

  /// Four networks: D = M, 1.25 M, 1.75 M, 4 M. Forward mode is the fastest on the first three, a mixed order on the
  /// last.
  private static final Measurement RANDOM = new Measurement(Suite.REGRET.benchmark, Map.of(),
      new double[][] {{1, 1, 1, 1}}, Map.of(
      "inputs", new double[][] {{8, 10, 14, 32}}, "outputs", new double[][] {{8, 8, 8, 8}}, "layers",
      new double[][] {{2, 3, 4, 5}},
      "forward", new double[][] {{10, 10, 10, 90}}, "reverse", new double[][] {{20, 30, 40, 60}},
      "mixed", new double[][] {{10, 10, 10, 40}}, "auto", new double[][] {{10, 11, 10, 40}}));

  @Test
  void regretIsTheChosenModesTimeOverTheFastest() {
    List<Regret> regrets = Regret.of(RANDOM);
    assertEquals(List.of("auto", "rule_d_le_m", "rule_d_le_1_5m", "rule_d_le_2m"),
        regrets.stream().map(Regret::key).toList());
    assertEquals(List.of(1.0, 1.1, 1.0, 1.0), list(regrets.get(0)));
    assertEquals(List.of(1.0, 3.0, 4.0, 1.5), list(regrets.get(1)));
    assertEquals(List.of(1.0, 1.0, 4.0, 1.5), list(regrets.get(2)));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.5), list(regrets.get(3)));
    assertEquals(75, regrets.get(0).nearPercent());
  }

  /// The second and the third have a name.
  @Test
  void namedNetworksAndTimedOrdersHaveRegretsOfTheirOwn() {
    Map<String, double[][]> counters = new HashMap<>(RANDOM.counters());
    counters.put("timed", new double[][] {{10, 10, 10, 30}});
    counters.put("named", new double[][] {{0, 1, 1, 0}});
    Measurement all = new Measurement(RANDOM.benchmark(), Map.of(), RANDOM.nanos(), counters);
    List<Regret> random = Regret.of(all);
    assertEquals(List.of(1.0, 1.0), list(random.get(0)));
    assertEquals(List.of(1.0, 0.75), list(random.getLast()));
    assertEquals("timed", random.getLast().key());
    List<Regret> named = Regret.ofNamed(all);
    assertEquals(List.of(1.1, 1.0), list(named.get(0)));
    assertEquals(List.of(1.0, 1.0), list(named.get(1)));
    Section section = section(all);
    assertEquals("2", summary.text("jacobian.auto.networks"));
    assertEquals("1.10", summary.text("jacobian.named.auto.regret_largest"));
    assertEquals("0.875", summary.text("jacobian.timed.regret_median"));
    assertTrue(section.pictures().getFirst().csv().endsWith("2,32,8,5,90.0,60.0,40.0,40.0\n"),
        section.pictures().getFirst().csv());
    assertEquals(List.of(), Regret.ofNamed(RANDOM));
  }

  private static List<Double> list(Regret regret) {
    return Arrays.stream(regret.ratios()).boxed().toList();
  }

  @Test
  void regretsStandInTheSummaryTheTableAndTheData() {
    Section section = section(RANDOM);
    assertEquals("4", summary.text("jacobian.auto.networks"));
    assertEquals("1", summary.text("jacobian.auto.regret_median"));
    assertEquals("1.10", summary.text("jacobian.auto.regret_p95"));
    assertEquals("2.25", summary.text("jacobian.rule_d_le_m.regret_median"));
    assertEquals("4", summary.text("jacobian.rule_d_le_1_5m.regret_largest"));
    assertEquals("75", summary.text("jacobian.rule_d_le_2m.within_5_percent"));
    assertEquals(List.of("D ≤ M", "2.25", "4", "4", "25 %"), section.tables().getFirst().rows().get(1));
    assertTrue(section.pictures().getFirst().csv().endsWith("4,32,8,5,90.0,60.0,40.0,40.0\n"),
        section.pictures().getFirst().csv());
    assertTrue(JacobianSection.verdict(summary).getFirst().startsWith("AUTO on 4 random networks: 1 × the time"));
  }

  @Test
  void withoutThemThereIsNoSection() {
    assertTrue(JacobianSection.of(new Results(List.of(), ""), summary).isEmpty());
    assertTrue(JacobianSection.verdict(summary).isEmpty());
  }

  /// Three iterations, one in which all was slow.
  private static Measurement network(String name, String precision, double forward, double reverse, double mixed,
      double auto) {
    return new Measurement("autodiff.PlanBenchmark.round", Map.of("network", name, "precision", precision),
        new double[][] {{1, 1, 1}},
        Map.of("forward", thrice(forward), "reverse", thrice(reverse), "mixed", thrice(mixed), "auto", thrice(auto),
            "multiplyAdds", new double[][] {{50_000, 50_000, 50_000}}));
  }

  private static double[][] thrice(double value) {
    return new double[][] {{value, 2 * value, value}};
  }
}
