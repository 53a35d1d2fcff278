package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.cost.MadeUpCosts;
import dev.lanewise.autodiff.plan.Autotuner.Outcome;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// AUTO takes what was the fastest by the clock, says so, and times once. Which one that is, is told.
class AutotuningTest {

  /// Too large for one pass; all orders differ.
  private static final Sequential NET = Sequential.of(new Dense(20, 30, Activation.TANH),
      new Dense(30, 4, Activation.TANH),
      new Dense(4, 40, Activation.TANH), new Dense(40, 25));
  private static final JacobianOptions OPTIONS =
      JacobianOptions.defaults().withCosts(MadeUpCosts.of(1, 1)).withAutotuning(Duration.ofMillis(20));

  private final Parameters theta = Parameters.initialize(NET.parameters(), Precision.DOUBLE, 3);
  private final Tensor x = BatchNet.random(Precision.DOUBLE, 5, 1, 20);
  private int candidates;

  /// Prepared where the candidate at this place is the fastest.
  private PreparedJacobian fastest(int which) {
    return Preparation.of(NET, Precision.DOUBLE, x.shape(), OPTIONS)
        .prepared(PublishedParameters.over(NET, theta), (calls, _) -> {
      candidates = calls.size();
      List<Double> nanos = new ArrayList<>();
      for (int at = 0; at < calls.size(); at++) {
        calls.get(at).run();
        nanos.add(at == which ? 1000.0 : 2000.0 + at);
      }
      return new Outcome(which, nanos, "the fastest, as we say");
    });
  }

  private Tensor jacobian(PreparedJacobian prepared) {
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, 25, 20);
    prepared.at(x, Tensor.zeros(Precision.DOUBLE, 1, 25), jacobian);
    return jacobian;
  }

  @Test
  void theFastestOrderIsTakenAndShared() {
    Tensor expected = Jacobians.jacobian(NET, theta, x, Mode.MIXED);
    List<JacobianPlan> plans = new ArrayList<>();
    fastest(0);
    for (int which = 0; which < candidates; which++) {
      PreparedJacobian prepared = fastest(which);
      JacobianPlan plan = prepared.plan();
      assertTrue(plans.stream().noneMatch(plan::sameOrder), plan::explain);
      plans.add(plan);
      BatchNet.assertClose(expected, jacobian(prepared), 4, plan);
      assertEquals(Mode.AUTO, plan.mode());
      assertTrue(plan.explain().contains(" by AUTO: the fastest, as we say"), plan::explain);
      assertTrue(plan.explain().contains("> timed      1.00 µs, value included, in the order of "), plan::explain);
      assertEquals(candidates - 1,
          plan.explain().lines().filter(line -> line.startsWith("  timed      2.00 µs")).count());
      assertSame(plan, prepared.fork().plan());
      assertSame(plan, PreparedJacobians.of(prepared, 2).plan());
    }
    assertEquals(4, plans.size());
  }

  @Test
  void othersAreThoseOfTheModesAndTheNextBest() {
    String explained = fastest(0).plan().explain();
    for (String order : List.of("AUTO", "REVERSE", "FORWARD", "the next best")) {
      assertTrue(explained.contains("in the order of " + order + "\n"), explained);
    }
    JacobianPlan predicted = PreparedJacobian.of(NET, theta, x.shape(), OPTIONS.withAutotuning(Duration.ZERO)).plan();
    assertTrue(fastest(0).plan().sameOrder(predicted));
    assertFalse(predicted.explain().contains("timed"), predicted::explain);
  }

  @Test
  void whereNothingCouldBeTimedThePredictedOrderIsTaken() {
    PreparedJacobian prepared = Preparation.of(NET, Precision.DOUBLE, x.shape(), OPTIONS).prepared(
        PublishedParameters.over(NET, theta), (_, _) -> new Outcome(0, List.of(), "not timed: no time"));
    assertTrue(prepared.plan().explain().contains("; not timed: no time\n"), prepared.plan()::explain);
    assertTrue(prepared.plan().explain().contains("the shortest predicted time"), prepared.plan()::explain);
  }

  /// By the real clock, whatever comes out.
  @Test
  void anOrderIsTimedOnce() {
    PublishedParameters published = PublishedParameters.over(NET, theta);
    PreparedJacobian first = RecentPlans.prepared(published, Precision.DOUBLE, x.shape(), OPTIONS);
    assertTrue(first.plan().explain().contains("timed") || first.plan().explain().contains("by the clock"),
        first.plan()::explain);
    assertSame(first.plan(), RecentPlans.prepared(published, Precision.DOUBLE, x.shape(), OPTIONS).plan());
    assertNotSame(first.plan(), RecentPlans.prepared(published, Precision.DOUBLE, x.shape(),
        OPTIONS.withAutotuning(Duration.ofMillis(21))).plan());
    BatchNet.assertClose(Jacobians.jacobian(NET, theta, x, Mode.REVERSE), jacobian(first), 4, first);
  }

  @Test
  void otherModesAreNotTimed() {
    for (Mode mode : List.of(Mode.FORWARD, Mode.REVERSE, Mode.MIXED)) {
      String explained = PreparedJacobian.of(NET, theta, x.shape(), OPTIONS.withMode(mode)).plan().explain();
      assertTrue(explained.contains(" by " + mode + ": as asked\n"), explained);
    }
  }

  @Test
  void jacobiansOfSamplesAreTimedToo() {
    Tensor batch = BatchNet.random(Precision.DOUBLE, 6, 3, 20);
    PreparedSampleJacobians tuned = PreparedSampleJacobians.of(NET, theta, batch.shape(), OPTIONS);
    assertTrue(tuned.explain().contains("timed") || tuned.explain().contains("by the clock"), tuned::explain);
    Tensor expected = SampleJacobians.perSampleJacobians(NET, theta, batch, Mode.REVERSE, 25);
    Tensor found = Tensor.zeros(Precision.DOUBLE, 3, 25, 20);
    tuned.at(batch, Tensor.zeros(Precision.DOUBLE, 3, 25), found);
    BatchNet.assertClose(expected, found, 8, tuned);
    assertEquals(tuned.explain(), tuned.fork().explain());
  }

  @Test
  void aNegativeBudgetIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> OPTIONS.withAutotuning(Duration.ofMillis(-1)));
    assertEquals("JacobianOptions: autotuning for PT-0.001S, expected a time of at least zero", e.getMessage());
  }
}
