package dev.lanewise.autodiff.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autodiff.plan.Autotuner.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/// By a clock that stands still but where calls move it on.
class AutotunerTest {

  private static final Duration BUDGET = Duration.ofMillis(500);
  private static final long MILLIS = 1_000_000;

  private long now = 42;
  private final List<Integer> calls = new ArrayList<>();

  /// Calls that take so long each; the function is told how many came before.
  private List<Runnable> calls(IntToLongFunction... nanos) {
    List<Runnable> all = new ArrayList<>();
    for (int at = 0; at < nanos.length; at++) {
      int index = at;
      calls.add(0);
      all.add(() -> now += nanos[index].applyAsLong(calls.set(index, calls.get(index) + 1)));
    }
    return all;
  }

  private Autotuner tuner(Duration budget, Autotuner.WarmUp warmUp) {
    return new Autotuner(budget, () -> now, warmUp);
  }

  private static boolean once(Runnable calls, Duration most) {
    calls.run();
    return true;
  }

  private Outcome fastest(IntToLongFunction... nanos) {
    return tuner(BUDGET, AutotunerTest::once).fastest(calls(nanos), 1e5);
  }

  private static void assertNone(String why, Outcome outcome) {
    assertEquals(new Outcome(0, List.of(), "not timed: " + why), outcome);
  }

  @Test
  void theShortestTimeWins() {
    long begin = now;
    Outcome outcome = fastest(_ -> 300_000, _ -> 200_000, _ -> 250_000);
    assertEquals(1, outcome.fastest());
    assertEquals(List.of(3e5, 2e5, 2.5e5), outcome.nanos());
    assertTrue(outcome.why().startsWith("the fastest of 3 orders by the clock, in "), outcome.why());
    assertTrue(now - begin < BUDGET.toNanos() / 2, "settled after " + (now - begin));
  }

  @Test
  void ofEqualOnesTheFirstIsTaken() {
    assertEquals(0, fastest(_ -> 200_000, _ -> 200_000).fastest());
  }

  /// The second is the faster one as soon as it is compiled.
  @Test
  void codeThatIsCompiledMeanwhileCounts() {
    Outcome outcome = fastest(_ -> 20_000, before -> before < 300 ? 100_000 : 10_000);
    assertEquals(1, outcome.fastest());
    assertEquals(List.of(2e4, 1e4), outcome.nanos());
  }

  @Test
  void disturbancesDoNotCount() {
    SplittableRandom random = new SplittableRandom(1);
    IntToLongFunction disturbed = _ -> 1_000_000 + (random.nextInt(4) == 0 ? 0 : 3_000_000);
    Outcome outcome = fastest(_ -> 1_100_000, disturbed);
    assertEquals(1, outcome.fastest(), outcome.toString());
    assertEquals(List.of(1.1e6, 1e6), outcome.nanos());
  }

  @Test
  void nothingIsTimedThatIsNotCompiled() {
    List<Runnable> all = calls(_ -> 1000, _ -> 500);
    assertNone("the kernels were not compiled within 375 of 500 ms", tuner(BUDGET, (each, most) -> {
      each.run();
      now += most.toNanos();
      return false;
    }).fastest(all, 1000));
    assertNone("the kernels were not compiled within 375 of 500 ms", tuner(BUDGET, (each, most) -> {
      now += most.toNanos();
      return true;
    }).fastest(all, 1000));
    assertEquals(List.of(1, 1), calls);
  }

  /// Where plain Java stands in for a while, times are taken again.
  @Test
  void codeThatWasThrownAwayIsWaitedFor() {
    boolean[] lost = {false};
    int[] looks = {0};
    Outcome outcome = tuner(BUDGET, (each, most) -> {
      each.run();
      looks[0]++;
      lost[0] = looks[0] == 1;
      return looks[0] != 2;
    }).fastest(calls(_ -> 20_000, _ -> lost[0] ? 200_000 : 10_000), 1e4);
    assertEquals(1, outcome.fastest());
    assertEquals(List.of(2e4, 1e4), outcome.nanos());
    assertNone("kernels' code was thrown away meanwhile", tuner(BUDGET, (_, most) -> most.toMillis() > 100)
        .fastest(calls(_ -> 20_000, _ -> 10_000), 1e4));
  }

  @Test
  void oneOrderIsNotCalled() {
    assertNone("there is no other order", fastest(_ -> 1000));
    assertEquals(List.of(0), calls);
  }

  @Test
  void whatIsPredictedToTakeLongerThanTheBudgetIsNotCalled() {
    assertNone("2 orders take longer than 500 ms",
        tuner(BUDGET, AutotunerTest::once).fastest(calls(_ -> 1, _ -> 1), 2.6e8));
    assertEquals(List.of(0, 0), calls);
  }

  @Test
  void tooFewRoundsSayNothing() {
    assertNone("2 rounds of turns fitted into 500 ms, expected 3", fastest(_ -> 50 * MILLIS, _ -> 40 * MILLIS));
  }

  /// But by one call, where it is longer than was predicted, and the second one of a turn.
  @Test
  void theBudgetIsKept() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      long[] costs = random.longs(3, 1_000, 40 * MILLIS).toArray();
      Duration budget = Duration.ofMillis(random.nextInt(1, 1000));
      long begin = now;
      tuner(budget, (each, most) -> {
        each.run();
        now += most.toNanos() / 4;
        return true;
      }).fastest(calls(_ -> costs[0], _ -> costs[1], _ -> costs[2]), 1);
      long longest = Arrays.stream(costs).max().orElseThrow();
      assertTrue(now - begin <= budget.toNanos() + 6 * longest,
          now - begin + " of " + budget + " for " + Arrays.toString(costs));
    }
  }

  @Test
  void anInterruptIsKept() {
    assertNone("this thread was interrupted", tuner(BUDGET, (_, _) -> {
      throw new InterruptedException();
    }).fastest(calls(_ -> 1, _ -> 1), 1));
    assertTrue(Thread.interrupted());
  }
}
