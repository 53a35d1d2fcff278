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
      NullComparison comparison = of(IntStream.range(0, forks)
          .mapToDouble(_ -> effect + 0.01 * noise.applyAsDouble(random)).toArray());
      significant += comparison.isSignificant() ? 1 : 0;
      held += comparison.ratio().contains(effect) ? 1 : 0;
    }
    return new int[] {significant, held};
  }

  /// At most one run in twenty: 50 of 1,000, give or take 14 (two standard deviations).
  @ParameterizedTest
  @ValueSource(ints = {6, 8, 12})
  void aKernelIsNotToldFromItsCopyInNineteenRunsOfTwenty(int forks) {
    int[] normal = found(forks, 0, Random::nextGaussian);
    assertTrue(normal[0] >= 10 && normal[0] <= 64, normal[0] + " of 1,000");
    assertEquals(1000 - normal[0], normal[1]);
  }

  /// Forks are now and then far off, or of two kinds.
  @Test
  void norWhereNoiseIsNotNormal() {
    int heavy = found(6, 0, random -> random.nextGaussian() / Math.sqrt(random.nextDouble()))[0];
    int twoKinds = found(6, 0,
        random -> (random.nextInt(4) == 0 ? random.nextBoolean() ? 8 : -8 : 0) + random.nextGaussian())[0];
    assertTrue(heavy <= 70 && twoKinds <= 70, heavy + " and " + twoKinds + " of 1,000");
  }

  /// Of six forks none may then be on the other side of 0.
  @Test
  void aDifferenceOfThreeTimesTheSpreadIsFound() {
    int found = found(6, 0.03, Random::nextGaussian)[0];
    assertTrue(found > 950, found + " of 1,000");
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

  /// Of six forks the interval is nearly their range: in 2 of 64 runs all lie on one side.
  @Test
  void theSmallestEffectIsHalfTheInterval() {
    NullComparison six = of(-0.02, -0.01, 0, 0.01, 0.02, 0.03);
    assertEquals(100 * (Math.pow(2, (six.ratio().high() - six.ratio().low()) / 2) - 1), six.smallestEffectPercent(),
        1e-12);
    assertTrue(six.ratio().low() < -0.015 && six.ratio().high() > 0.025, six.ratio().toString());
    assertEquals(0.005, six.ratio().value(), 1e-12);
    assertEquals(2.0 / 64, of(0.01, 0.02, 0.03, 0.04, 0.05, 0.06).p(), 1e-12);
  }

  @Test
  void fewForksHaveNoInterval() {
    assertFalse(of(0.3, 0.1, 0.2, 0.1, 0.3).hasInterval());
    assertTrue(of(0.3, 0.1, 0.2, 0.1, 0.3, 0.2).hasInterval());
  }

  private static Measurement forks(String chunk, Map<String, double[][]> counters) {
    Map<String, String> params = Map.of("chunk", chunk, "depth", "2", "width", "64", "activation", "TANH", "seeding",
        "NAIVE",
        "precision", "FLOAT");
    return new Measurement(Suite.JACOBIANS.benchmark, params, new double[][] {{1, 1, 1}, {1, 1, 1}}, counters,
        Jvm.MAIN);
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
