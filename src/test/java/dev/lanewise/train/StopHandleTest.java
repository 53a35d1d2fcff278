package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where a trainer is once a handle has stopped it, and that it goes on from there.
class StopHandleTest {

  private static final int EPOCHS = 8;

  @AfterEach
  void nobodyElseIsInterrupted() {
    Thread.interrupted();
  }

  private static TrainerOptions options() {
    return TrainerOptions.defaults().withBatches(Batches.shuffled(10)).withEpochs(EPOCHS);
  }

  private static double[] uninterrupted(TrainerOptions options) {
    Trainer trainer = Problem.of(Precision.DOUBLE).trainer(options);
    trainer.run();
    return trainer.parameters().flat().toDoubles();
  }

  /// 8 updates an epoch: the 21st is in the third. Once only.
  private static TrainerOptions at21(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return options().withRatePerUpdate(step -> {
      if (step == 21 && done.compareAndSet(false, true)) {
        action.run();
      }
      return 1e-3;
    });
  }

  @Test
  void itEndsAfterTheEpochOrTheUpdate() {
    for (boolean now : new boolean[] {false, true}) {
      StopHandle first = new StopHandle();
      Trainer trainer = Problem.of(Precision.DOUBLE).trainer(at21(now ? first::stopNow : first::stop)).stopOn(first);
      Progress end = trainer.run();
      assertEquals(Status.STOPPED, end.status());
      assertEquals(now ? 2 : 3, end.epoch());
      assertEquals(8 * end.epoch(), end.updates());
      assertArrayEquals(uninterrupted(options().withEpochs(end.epoch())), trainer.parameters().flat().toDoubles());
      assertEquals(Status.STOPPED, trainer.run().status(), "the handle stays stopped");
      trainer.stopOn(new StopHandle());
      assertEquals(Status.LAST_EPOCH, trainer.run().status());
      assertArrayEquals(uninterrupted(options()), trainer.parameters().flat().toDoubles());
    }
  }

  @Test
  void anInterruptionEndsARunThatHasAHandle() {
    Trainer trainer = Problem.of(Precision.DOUBLE).trainer(at21(Thread.currentThread()::interrupt));
    trainer.stopOn(new StopHandle());
    assertEquals(Status.STOPPED, trainer.run().status());
    assertTrue(Thread.interrupted(), "it stays interrupted");
    assertEquals(2, trainer.progress().epoch());
    assertEquals(Status.TRAINING, trainer.progress().status());
    trainer.run();
    assertArrayEquals(uninterrupted(options()), trainer.parameters().flat().toDoubles());
    Trainer without = Problem.of(Precision.DOUBLE).trainer(at21(Thread.currentThread()::interrupt));
    assertEquals(Status.LAST_EPOCH, without.run().status(), "one without does not look");
  }

  @Test
  void theBestEpochIsShownAndTrainingGoesOnFromTheLast() {
    Problem problem = Problem.of(Precision.DOUBLE);
    StopHandle handle = new StopHandle();
    TrainerOptions rising = options().withRatePerEpoch(epoch -> epoch < 3 ? 1e-2 : 1);
    Trainer trainer = problem.trainer(rising).validateOn(problem.validation()).stopOn(handle);
    trainer.listenTo(progress -> {
      if (progress.epoch() == 5) {
        handle.stop();
      }
    });
    Progress end = trainer.run();
    assertTrue(end.bestEpoch() < 5, end.toString());
    assertArrayEquals(uninterrupted(rising.withEpochs(end.bestEpoch())), trainer.parameters().flat().toDoubles());
    trainer.stopOn(new StopHandle());
    trainer.run();
    assertArrayEquals(uninterrupted(rising), trainer.parameters().flat().toDoubles());
  }

  @Test
  void aMethodForTheWholeSetStopsToo() {
    for (Optimizer method : List.of(Optimizer.lbfgs(4), Optimizer.conjugateGradient())) {
      StopHandle handle = new StopHandle();
      TrainerOptions whole = method instanceof BatchMethod batch
          ? options().withOptimizer(batch) : options();
      Trainer trainer = Problem.of(Precision.DOUBLE).trainer(whole).stopOn(handle);
      trainer.listenTo(progress -> {
        if (progress.epoch() == 4) {
          handle.stopNow();
        }
      });
      assertEquals(4, trainer.run().epoch());
      trainer.stopOn(new StopHandle());
      trainer.run();
      assertArrayEquals(uninterrupted(whole), trainer.parameters().flat().toDoubles());
    }
  }
}
