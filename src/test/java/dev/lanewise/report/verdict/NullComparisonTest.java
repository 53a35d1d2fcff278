package dev.lanewise.report.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is the same is not told apart, and what differs is.
class NullComparisonTest {

  private static NullComparison of(double... log2) {
    return new NullComparison(log2, 1, 0);
  }

  private static double[] recorded() throws IOException {
    try (InputStream in = NullComparisonTest.class.getResourceAsStream("null.json")) {
      JsonNode run = JsonMapper.builder().build().readTree(in);
      return run.get("log2").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }
  }

  /// How many of a thousand runs of so many forks find a difference of `effect`, and how often the interval holds it.
  private static int[] found(int forks, double effect, ToDoubleFunction<Random> noise) {
    Random random = new Random(31);
    int significant = 0;
    int held = 0;
    for (int run = 0; run < 1000; run++) {
      NullComparison comparison = of(IntStream.range(0, forks).mapToDouble(_ -> effect + 0.01 * noise.applyAsDouble(random)).toArray());
      significant += comparison.isSignificant() ? 1 : 0;
      held += comparison.lowRatio() <= Math.pow(2, effect) && Math.pow(2, effect) <= comparison.highRatio() ? 1 : 0;
    }
    return new int[] {significant, held};
  }

  /// 95 % is 950 of 1,000, give or take 14 (two standard deviations).
  @ParameterizedTest
  @ValueSource(ints = {6, 8, 12})
  void aKernelIsNotToldFromItsCopyInNineteenRunsOfTwenty(int forks) {
    int[] normal = found(forks, 0, Random::nextGaussian);
    assertTrue(normal[0] >= 30 && normal[0] <= 70, normal[0] + " of 1,000");
    assertEquals(1000 - normal[0], normal[1]);
  }

  /// Forks are now and then far off, or of two kinds: rather fewer differences are then found than more.
  @Test
  void norWhereNoiseIsNotNormal() {
    int heavy = found(6, 0, random -> random.nextGaussian() / Math.sqrt(random.nextDouble()))[0];
    int twoKinds = found(6, 0, random -> (random.nextInt(4) == 0 ? random.nextBoolean() ? 8 : -8 : 0) + random.nextGaussian())[0];
    assertTrue(heavy <= 70 && twoKinds <= 70, heavy + " and " + twoKinds + " of 1,000");
  }

  @Test
  void aDifferenceOfTwiceTheSmallestEffectIsFound() {
    double visible = 2 * 0.01 * 2.571 / Math.sqrt(6);
    int found = found(6, visible, Random::nextGaussian)[0];
    assertTrue(found > 900, found + " of 1,000");
  }

  /// Twenty-four forks of one machine: all together, and as four runs of six.
  @Test
  void theRecordedCopiesAreNotToldApart() throws IOException {
    double[] log2 = recorded();
    assertEquals(24, log2.length);
    assertFalse(of(log2).isSignificant(), "p = " + of(log2).p());
    for (int run = 0; run < 4; run++) {
      NullComparison six = of(Arrays.copyOfRange(log2, 6 * run, 6 * run + 6));
      assertFalse(six.isSignificant(), "forks from " + 6 * run + ": p = " + six.p());
      assertTrue(six.smallestEffectPercent() < 2, "smallest effect " + six.smallestEffectPercent() + " %");
    }
  }

  /// The same forks with a difference of 3 %.
  @Test
  void aPlantedDifferenceIsFoundInTheRecordedForks() throws IOException {
    double[] slower = Arrays.stream(recorded()).map(log2 -> log2 + Cell.log2(1.03)).limit(6).toArray();
    assertTrue(of(slower).isSignificant());
  }

  /// Mean 0.01, variance 10⁻⁴: t = 0.01/(0.01/√2) = √2 on one degree of freedom.
  @Test
  void theIntervalIsStudents() {
    NullComparison two = of(0.01 - Math.sqrt(0.5) * 0.01, 0.01 + Math.sqrt(0.5) * 0.01);
    double half = 12.7062047 * 0.01 / Math.sqrt(2);
    assertEquals(Math.pow(2, 0.01 + half), two.highRatio(), 1e-8);
    assertEquals(100 * (Math.pow(2, half) - 1), two.smallestEffectPercent(), 1e-6);
    assertEquals(1 - 2 / Math.PI * Math.atan(Math.sqrt(2)), two.p(), 1e-9);
  }

  @Test
  void oneForkSaysNothingOfAnother() {
    assertFalse(of(0.3).hasInterval());
  }

  private static Measurement forks(String chunk, Map<String, double[][]> counters) {
    Map<String, String> params = Map.of("chunk", chunk, "depth", "2", "width", "64", "activation", "TANH", "seeding", "NAIVE",
        "precision", "FLOAT");
    return new Measurement(Suite.JACOBIANS.benchmark, params, new double[][] {{1, 1, 1}, {1, 1, 1}}, counters, Jvm.MAIN);
  }

  /// Only pairs that have a copy count, and only those of the setting that the verdict is about.
  @Test
  void copiesAreFoundInTheClaimsOwnForks() {
    double[][] forward = {{200, 7, 100}, {50, 7, 400}};
    double[][] copy = {{100, 0, 100}, {100, 0, 100}};
    double[][] turns = {{10, 0, 10}, {10, 0, 10}};
    double[][] longTurns = {{1, 0, 0}, {0, 0, 1}};
    Measurement slides = forks("1", Map.of("forward", forward, "copy", copy, "turns", turns, "longTurns", longTurns));
    Measurement chunks = forks("64", Map.of("forward", copy, "copy", forward, "turns", turns, "longTurns", turns));
    NullComparison found = NullComparison.of(new Results(List.of(chunks, slides), "VM")).orElseThrow();
    assertEquals(List.of(0.5, 0.5), Arrays.stream(found.log2()).boxed().toList());
    assertEquals(5, found.longTurnsPercent());
    assertTrue(NullComparison.of(new Results(List.of(forks("1", Map.of("forward", forward))), "VM")).isEmpty());
  }
}
