package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.Schedule;
import org.junit.jupiter.api.Test;

/// Which rates a training asks its schedule for, and which it refuses.
class RatesTest {

  @Test
  void ratesThatAreNoneAreRefusedBeforeAnythingIsWritten() {
    for (double bad : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Problem problem = Problem.of(Precision.DOUBLE);
      Trainer trainer = problem.trainer(TrainerOptions.defaults().withRatePerUpdate(r -> r == 2 ? bad : 0.1));
      trainer.step();
      double[] before = problem.theta().flat().toDoubles();
      assertEquals("TrainerOptions: the schedule's rate is " + bad
          + " at step 2 of UPDATES, expected a number, at least 0",
          assertThrows(IllegalArgumentException.class, trainer::step).getMessage());
      assertArrayEquals(before, problem.theta().flat().toDoubles());
      assertEquals(1, trainer.state().update());
    }
    Trainer still = Problem.of(Precision.DOUBLE).trainer(
        TrainerOptions.defaults().withRatePerEpoch(Schedule.cosine(0.1, 0, 1, 0)));
    still.run();
    assertThrows(IllegalArgumentException.class,
        () -> Problem.of(Precision.DOUBLE).trainer(TrainerOptions.defaults().withRatePerEpoch(_ -> -1)).run());
  }

  /// A table has rates for the steps that are taken, and no more; a method that finds its own asks for none.
  @Test
  void noRateIsAskedForThatIsNotUsed() {
    double[] table = {0.1, 0.05, 0.02};
    Schedule schedule = r -> table[(int) r - 1];
    TrainerOptions options = TrainerOptions.defaults().withEpochs(3);
    assertEquals(0.02, Problem.of(Precision.FLOAT).trainer(options.withRatePerEpoch(schedule)).run().rate());
    assertEquals(0.02, Problem.of(Precision.FLOAT).trainer(
        options.withBatches(Batches.whole()).withRatePerUpdate(schedule)).run().rate());
    Trainer method = Problem.of(Precision.FLOAT).trainer(options.withRatePerEpoch(_ -> {
      throw new UnsupportedOperationException("no rate");
    }).withOptimizer(Optimizer.lbfgs(3)));
    assertTrue(Double.isNaN(method.run().rate()));
  }
}
