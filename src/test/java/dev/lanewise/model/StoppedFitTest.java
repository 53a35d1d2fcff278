package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import dev.lanewise.train.Progress;
import dev.lanewise.train.StopHandle;
import dev.lanewise.train.optimizer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fit that is stopped gives the model of its best epoch, and loses nothing: it goes on as if it had not been.
class StoppedFitTest {

  /// 90 rows in batches of 32 are 3 updates an epoch.
  private static final Tensor X = MlpTest.points(1, 90);
  private static final int[] LABELS = MlpTest.rings(X);

  @TempDir
  Path folder;

  @AfterEach
  void nobodyElseIsInterrupted() {
    Thread.interrupted();
  }

  private static Mlp mlp(long epochs) {
    return Mlp.classification(2, 3).withHidden(6).withTraining(training -> training.withEpochs(epochs));
  }

  /// Does something before the update that comes after so many; a schedule is asked before each.
  private static Mlp before(Mlp mlp, LongConsumer update) {
    Schedule schedule = step -> {
      update.accept(step);
      return 1e-3;
    };
    return mlp.withTraining(training -> training.withRatePerUpdate(schedule));
  }

  private static double[] theta(Classifier model) {
    return model.parameters().flat().toDoubles();
  }

  @Test
  void stopEndsAfterTheEpoch() throws IOException {
    StopHandle stop = new StopHandle();
    List<Long> epochs = new ArrayList<>();
    Mlp stopped = before(mlp(9), step -> {
      if (step == 3 * 3 + 2) {
        stop.stop();
      }
    });
    Classifier model = stopped.fit(X, LABELS, FitOptions.none().withStop(stop)
        .withListener(progress -> epochs.add(progress.epoch())));
    assertEquals(List.of(1L, 2L, 3L, 4L), epochs);
    assertArrayEquals(theta(mlp(4).fit(X, LABELS)), theta(model));
    assertTrue(stop.isStopped());
    double[] initial = theta(mlp(9).fit(X, LABELS, FitOptions.none().withStop(stop)));
    assertNotEquals(theta(model)[0], initial[0], "a handle that is stopped stops a fit before its first update");
  }

  @Test
  void stopNowForgetsTheEpochBegun() throws IOException {
    StopHandle stop = new StopHandle();
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1_000);
    Mlp stopped = before(mlp(9), step -> {
      if (step == 3 * 3 + 2) {
        stop.stopNow();
      }
    });
    Classifier model = stopped.fit(X, LABELS, options.withStop(stop));
    assertArrayEquals(theta(mlp(3).fit(X, LABELS)), theta(model));
    List<Long> epochs = new ArrayList<>();
    Classifier resumed = mlp(9).fit(X, LABELS, options.withListener(progress -> epochs.add(progress.epoch())));
    assertEquals(4, epochs.getFirst());
    assertArrayEquals(theta(mlp(9).fit(X, LABELS)), theta(resumed));
  }

  /// By a rate that turns up the loss rises after the first epochs: the best one is not the last.
  @Test
  void theModelIsThatOfTheBestEpoch() throws IOException {
    List<Progress> heard = new ArrayList<>();
    StopHandle stop = new StopHandle();
    Mlp rising = mlp(20).withValidation(0.3)
        .withTraining(training -> training.withRatePerEpoch(epoch -> epoch < 5 ? 3e-3 : 5));
    Classifier model = rising.fit(X, LABELS, FitOptions.none().withStop(stop).withListener(progress -> {
      heard.add(progress);
      if (progress.epoch() == 8) {
        stop.stop();
      }
    }));
    Progress best = heard.stream().min(Comparator.comparingDouble(Progress::validationLoss)).orElseThrow();
    assertEquals(8, heard.size());
    assertTrue(best.epoch() < 8, "the best is " + best.epoch());
    assertArrayEquals(theta(rising.withTraining(training -> training.withEpochs(best.epoch())).fit(X, LABELS)),
        theta(model));
  }

  @Test
  void anInterruptionEndsTheFitWithItsModel() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 2);
    Mlp interrupted = before(mlp(9), step -> {
      if (step == 3 * 3 + 2) {
        Thread.currentThread().interrupt();
      }
    });
    InterruptedFitException end =
        assertThrows(InterruptedFitException.class, () -> interrupted.fit(X, LABELS, options));
    assertTrue(Thread.interrupted(), "the thread stays interrupted");
    assertEquals("fit was interrupted after 3 of 9 epochs", end.getMessage());
    assertEquals(3, end.progress().epoch());
    assertEquals(Progress.Status.STOPPED, end.progress().status());
    assertArrayEquals(theta(mlp(3).fit(X, LABELS)), theta(end.classifier()));
    assertThrows(IllegalStateException.class, end::regressor);
    List<Long> epochs = new ArrayList<>();
    Classifier resumed = mlp(9).fit(X, LABELS, options.withListener(progress -> epochs.add(progress.epoch())));
    assertEquals(4, epochs.getFirst(), "the checkpoint is of the last whole epoch");
    assertArrayEquals(theta(mlp(9).fit(X, LABELS)), theta(resumed));
  }

  /// The channel of an interrupted thread is closed: the checkpoint is written all the same.
  @Test
  void aThreadInterruptedAtAnyTimeLosesNoCheckpoint() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    for (long at = 0; at < 5; at++) {
      long last = at;
      if (at == 0) {
        Thread.currentThread().interrupt();
      }
      InterruptedFitException end = assertThrows(InterruptedFitException.class,
          () -> mlp(9).fit(X, LABELS, options.withListener(progress -> {
            if (progress.epoch() == last) {
              Thread.currentThread().interrupt();
            }
          })));
      assertTrue(Thread.interrupted());
      assertEquals(at, end.progress().epoch());
      assertEquals(at > 0, Files.exists(file));
      assertArrayEquals(at == 0 ? theta(end.classifier()) : theta(mlp(at).fit(X, LABELS)), theta(end.classifier()));
    }
    Thread.currentThread().interrupt();
    InterruptedFitException read = assertThrows(InterruptedFitException.class, () -> mlp(9).fit(X, LABELS, options));
    assertEquals(4, read.progress().epoch(), "what the checkpoint had");
    assertTrue(Thread.interrupted());
    assertArrayEquals(theta(mlp(9).fit(X, LABELS)), theta(mlp(9).fit(X, LABELS, options)));
  }

  /// One thread interrupts another over and over, in reading, training and writing.
  @Test
  void interruptionsFromOutsideEndEachFitOnce() throws Exception {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    double[] expected = theta(mlp(40).fit(X, LABELS));
    List<double[]> results = new ArrayList<>();
    List<Throwable> others = new ArrayList<>();
    Thread worker = new Thread(() -> {
      while (results.isEmpty() && others.isEmpty()) {
        try {
          results.add(theta(mlp(40).fit(X, LABELS, options)));
        } catch (InterruptedFitException _) {
          Thread.interrupted();
        } catch (Throwable failure) {
          others.add(failure);
        }
      }
    });
    worker.start();
    for (int pause = 1; worker.isAlive(); pause++) {
      worker.interrupt();
      worker.join(Math.min(pause / 4, 20));
    }
    assertEquals(List.of(), others);
    assertArrayEquals(expected, results.getFirst());
  }

  @Test
  void aFitThatIsDoneIsNotStopped() throws IOException {
    Classifier model = mlp(3).fit(X, LABELS, FitOptions.none().withListener(progress -> {
      if (progress.epoch() == 3) {
        Thread.currentThread().interrupt();
      }
    }));
    assertTrue(Thread.interrupted());
    assertArrayEquals(theta(mlp(3).fit(X, LABELS)), theta(model));
    assertFalse(new StopHandle().isStopped());
  }
}
