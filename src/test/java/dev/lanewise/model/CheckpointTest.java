package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.MalformedSafetensorsException;
import dev.lanewise.train.Batches;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Progress;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A training that is interrupted after any epoch, and goes on from its checkpoint, ends with the bits of one that
/// never was.
class CheckpointTest {

  @TempDir
  Path folder;

  private static final Tensor X = MlpTest.points(1, 90);
  private static final int[] LABELS = MlpTest.rings(X);

  /// What a listener throws to play a process that ends.
  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Mlp mlp() {
    return Mlp.classification(2, 3).withHidden(6, 5)
        .withTraining(training -> training.withEpochs(9).withBatches(Batches.shuffled(16)));
  }

  static Stream<Arguments> recipes() {
    Mlp stopping = mlp().withValidation(0.2)
        .withTraining(training -> training.withRate(0.2).withEpochs(60).withEarlyStopping(EarlyStopping.patience(3)));
    return Stream.of(
        arguments("adam, shuffled, dropout", mlp().withDropout(0.3)),
        arguments("adamW, drawn, cosine", mlp().withTraining(training -> training.withOptimizer(Optimizer.adamW(0.01))
            .withBatches(Batches.drawn(10)).withRatePerUpdate(Schedule.cosine(0.01, 5, 60, 0)))),
        arguments("nesterov, one sample, double", mlp().withPrecision(Precision.DOUBLE)
            .withTraining(training -> training.withOptimizer(Optimizer.nesterov(0.9)).withRate(0.01)
            .withBatches(Batches.one()))),
        arguments("L-BFGS", mlp().withTraining(training -> training.withOptimizer(Optimizer.lbfgs(4)))),
        arguments("conjugate gradients",
        mlp().withTraining(training -> training.withOptimizer(Optimizer.conjugateGradient()))),
        arguments("early stopping", stopping));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void goingOnEndsWithTheSameBits(String name, Mlp mlp) throws IOException {
    List<Double> losses = new ArrayList<>();
    double[] uninterrupted = mlp.fit(X, LABELS, FitOptions.none().withListener(progress -> losses.add(progress.loss())))
        .parameters().flat().toDoubles();
    for (int after = 1; after < losses.size(); after++) {
      Path file = folder.resolve(after + ".safetensors");
      List<Double> pieces = new ArrayList<>();
      int end = after;
      FitOptions options = FitOptions.none().withCheckpoint(file, 2).withListener(progress -> {
        pieces.add(progress.loss());
        if (pieces.size() == end) {
          throw new Interruption();
        }
      });
      assertThrows(Interruption.class, () -> mlp.fit(X, LABELS, options));
      double[] resumed = mlp.fit(X, LABELS, options).parameters().flat().toDoubles();
      assertArrayEquals(uninterrupted, resumed, "interrupted in epoch " + after);
      assertEquals(losses.getLast(), pieces.getLast());
      List<Progress> again = new ArrayList<>();
      assertArrayEquals(uninterrupted,
          mlp.fit(X, LABELS, options.withListener(again::add)).parameters().flat().toDoubles());
      assertEquals(List.of(), again, "a training that is done was done again");
    }
  }

  @Test
  void aDoneTrainingMayGoOnForLonger() throws IOException {
    Path file = folder.resolve("longer.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 4);
    mlp().fit(X, LABELS, options);
    Mlp longer = mlp().withTraining(training -> training.withEpochs(14));
    assertArrayEquals(longer.fit(X, LABELS).parameters().flat().toDoubles(),
        longer.fit(X, LABELS, options).parameters().flat().toDoubles());
  }

  /// At its end the training has put the parameters of the best epoch in place; what goes on are those of the last one.
  @Test
  void aTrainingThatEarlyStoppingEndedMayGoOnForLonger() throws IOException {
    Path file = folder.resolve("patient.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1_000);
    Mlp hasty = mlp().withValidation(0.2)
        .withTraining(training -> training.withRate(0.2).withEpochs(60).withEarlyStopping(EarlyStopping.patience(3)));
    List<Progress> heard = new ArrayList<>();
    hasty.fit(X, LABELS, options.withListener(heard::add));
    assertTrue(heard.size() < 60, "ended by " + heard.getLast());
    Mlp patient = hasty.withTraining(training -> training.withEarlyStopping(EarlyStopping.patience(12)));
    assertArrayEquals(patient.fit(X, LABELS).parameters().flat().toDoubles(),
        patient.fit(X, LABELS, options).parameters().flat().toDoubles());
  }

  /// 90 rows in batches of 16 are 6 updates an epoch. A table of rates has as many as the training takes.
  @Test
  void aTableOfRatesIsNotReadPastItsEnd() throws IOException {
    double[] rates = IntStream.rangeClosed(1, 54).mapToDouble(r -> 0.05 / r).toArray();
    Schedule table = r -> rates[(int) r - 1];
    Mlp perUpdate = mlp().withTraining(training -> training.withRatePerUpdate(table));
    Mlp perEpoch = mlp().withTraining(training -> training.withRatePerEpoch(r -> r > 9 ? Double.NaN : table.rate(r)));
    Mlp method = mlp().withTraining(training -> training.withRatePerUpdate(_ -> {
      throw new UnsupportedOperationException("no rate");
    }).withOptimizer(Optimizer.lbfgs(3)));
    for (Mlp mlp : List.of(perUpdate, perEpoch, method)) {
      FitOptions interrupted = FitOptions.none().withCheckpoint(folder.resolve("table.safetensors"), 2);
      assertThrows(Interruption.class, () -> mlp.fit(X, LABELS, interrupted.withListener(progress -> {
        if (progress.epoch() == 5) {
          throw new Interruption();
        }
      })));
      assertArrayEquals(mlp.fit(X, LABELS).parameters().flat().toDoubles(),
          mlp.fit(X, LABELS, interrupted).parameters().flat().toDoubles());
      Files.delete(interrupted.checkpoint().orElseThrow());
    }
    Path file = folder.resolve("rates.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    perUpdate.fit(X, LABELS, options);
    for (int changed : new int[] {1, 2, 32, 54}) {
      assertRefused(file, "fit.rates is UPDATES 1:0.05 2:0.025 4:",
          mlp().withTraining(training -> training.withRatePerUpdate(r -> r == changed ? 0.07 : table.rate(r))), LABELS,
          options);
    }
    Mlp longer = mlp().withTraining(training -> training.withEpochs(14)
        .withRatePerUpdate(r -> r > 54 ? 0.01 : table.rate(r)));
    assertArrayEquals(longer.fit(X, LABELS).parameters().flat().toDoubles(),
        longer.fit(X, LABELS, options).parameters().flat().toDoubles());
    assertRefused(file, "has 14 epochs done, expected at most 9", perUpdate, LABELS, options);
  }

  @Test
  void aTrainingThatDivergedLeavesItsLastGoodEpoch() throws IOException {
    Path file = folder.resolve("diverged.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1_000);
    Mlp rising = mlp().withWeightDecay(1e3).withTraining(training -> training.withOptimizer(Optimizer.sgd())
        .withRatePerEpoch(epoch -> epoch < 3 ? 1e-6 : 1e6));
    DivergedFitException diverged = assertThrows(DivergedFitException.class, () -> rising.fit(X, LABELS, options));
    long epochs = diverged.progress().epoch();
    assertTrue(epochs >= 2, diverged.getMessage());
    Mlp good = rising.withTraining(training -> training.withEpochs(epochs));
    List<Progress> heard = new ArrayList<>();
    double[] resumed = good.fit(X, LABELS, options.withListener(heard::add)).parameters().flat().toDoubles();
    assertEquals(List.of(), heard, "the checkpoint is of that epoch");
    assertArrayEquals(diverged.classifier().parameters().flat().toDoubles(), resumed);
    assertArrayEquals(good.fit(X, LABELS).parameters().flat().toDoubles(), resumed);
  }

  @Test
  void checkpointsOfAnotherTrainingAreRefusedAndKept() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    mlp().fit(X, LABELS, options);
    byte[] before = Files.readAllBytes(file);
    assertRefused(file, "fit.architecture is classification 2-6-5-3, RELU, expected classification 2-7-3, RELU",
        mlp().withHidden(7), LABELS, options);
    assertRefused(file, "fit.seed is 0, expected 1", mlp().withSeed(1), LABELS, options);
    assertRefused(file, "fit.optimizer is ", mlp().withTraining(training -> training.withOptimizer(Optimizer.sgd())),
        LABELS, options);
    assertRefused(file, "fit.regularization is ", mlp().withWeightDecay(0.5), LABELS, options);
    assertRefused(file, "fit.rates is ", mlp().withTraining(training -> training.withRate(0.5)), LABELS, options);
    assertRefused(file, "fit.standardized is true, expected false", mlp().withoutStandardization(), LABELS, options);
    assertRefused(file, "fit.batches is Batches[kind=SHUFFLED, size=16], expected Batches[kind=SHUFFLED, size=8]",
        mlp().withTraining(training -> training.withBatches(Batches.shuffled(8))), LABELS, options);
    assertRefused(file, "fit.precision is FLOAT, expected DOUBLE", mlp().withPrecision(Precision.DOUBLE), LABELS,
        options);
    assertRefused(file, "fit.validation is 0.0, expected 0.2", mlp().withValidation(0.2), LABELS, options);
    int[] others = LABELS.clone();
    others[7] = (others[7] + 1) % 3;
    assertRefused(file, "fit.data is ", mlp(), others, options);
    assertArrayEquals(before, Files.readAllBytes(file));
    Path other = folder.resolve("regression.safetensors");
    Mlp regression = Mlp.regression(2, 2).withHidden(3).withTraining(training -> training.withEpochs(1));
    regression.fit(X, X, FitOptions.none().withCheckpoint(other, 1));
    String message = assertThrows(MalformedModelException.class, () -> regression.withLoss(Loss.huber(1))
        .fit(X, X, FitOptions.none().withCheckpoint(other, 1))).getMessage();
    assertTrue(message.contains("fit.loss is "), message);
  }

  @Test
  void modelsAndCheckpointsAreToldApart() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    Classifier model = mlp().fit(X, LABELS, options);
    String message = assertThrows(MalformedModelException.class, () -> Classifier.load(file)).getMessage();
    assertTrue(message.contains("has no metadata lanewise.model"), message);
    model.save(file);
    assertRefused(file, "has no metadata lanewise.checkpoint", mlp(), LABELS, options);
  }

  @Test
  void aCheckpointCutOffAtAnyByteIsRefused() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    FitOptions options = FitOptions.none().withCheckpoint(file, 1);
    Mlp small = mlp().withHidden(1).withTraining(training -> training.withEpochs(1));
    small.fit(X, LABELS, options);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String message = assertThrows(MalformedSafetensorsException.class, () -> small.fit(X, LABELS, options),
          "cut to " + length).getMessage();
      assertTrue(message.contains("truncated"), message);
    }
  }

  private static void assertRefused(Path file, String part, Mlp mlp, int[] labels, FitOptions options) {
    String message = assertThrows(MalformedModelException.class, () -> mlp.fit(X, labels, options)).getMessage();
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
  }
}
