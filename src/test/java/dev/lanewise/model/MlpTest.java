package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.train.Batches;
import dev.lanewise.train.DivergedException;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.Progress;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Recipes make the networks that they say, learn what can be learned, and refuse what cannot.
class MlpTest {

  /// y = (3·x₀ − 2·x₁ + 100, x₀·x₁): far from mean 0 and deviation 1.
  private static Tensor targets(Tensor x) {
    Tensor y = Tensor.zeros(x.precision(), x.shape().dim(0), 2);
    for (int row = 0; row < x.shape().dim(0); row++) {
      y.set(2 * row, 3 * x.get(row, 0) - 2 * x.get(row, 1) + 100);
      y.set(2 * row + 1, x.get(row, 0) * x.get(row, 1));
    }
    return y;
  }

  static Tensor points(long seed, int rows) {
    Random random = new Random(seed);
    return Tensor.of(random.doubles(2L * rows, -1, 1).toArray(), rows, 2);
  }

  /// Two rings, no line parts them; the third class is what lies outside.
  static int[] rings(Tensor x) {
    int[] labels = new int[x.shape().dim(0)];
    Arrays.setAll(labels, row -> {
      double radius = Math.hypot(x.get(row, 0), x.get(row, 1));
      return radius < 0.5 ? 0 : radius < 0.8 ? 1 : 2;
    });
    return labels;
  }

  @Test
  void aRegressionLearnsAndAnswersInTheTargetsUnits() {
    Tensor x = points(1, 400);
    Mlp mlp = Mlp.regression(2, 2).withHidden(32).withTraining(training -> training.withEpochs(60).withRate(0.01));
    Regressor model = mlp.withWeightDecay(0).fit(x, targets(x));
    Tensor fresh = points(2, 200);
    Evaluation.Regression judged = model.evaluate(fresh, targets(fresh));
    assertTrue(judged.r2() > 0.98, judged.toString());
    assertEquals(100, model.predict(Tensor.row(0.0, 0)).get(0, 0), 0.5);
    assertEquals(Precision.DOUBLE, model.predict(fresh).precision());
  }

  @Test
  void aClassifierLearnsAndGivesProbabilities() {
    Tensor x = points(1, 600);
    Classifier model = Mlp.classification(2, 3).withTraining(training -> training.withEpochs(40)).fit(x, rings(x));
    Tensor fresh = points(2, 300);
    Evaluation.Classification judged = model.evaluate(fresh, rings(fresh));
    assertTrue(judged.accuracy() > 0.9, judged.toString());
    Tensor p = model.predictProbabilities(fresh);
    int[] predicted = model.predict(fresh);
    for (int row = 0; row < predicted.length; row++) {
      assertEquals(1, p.get(row, 0) + p.get(row, 1) + p.get(row, 2), 1e-6);
      assertEquals(p.get(row, predicted[row]), Math.max(p.get(row, 0), Math.max(p.get(row, 1), p.get(row, 2))));
    }
  }

  @Test
  void recipesMakeTheNetworksThatTheySay() {
    Mlp mlp = Mlp.classification(64, 10);
    assertEquals("Mlp[classification 64-100-100-10, RELU]", mlp.toString());
    var layers = mlp.withHidden(30).withDropout(0.2).withActivation(Activation.TANH).architecture().network().layers();
    assertEquals(3, layers.size());
    assertEquals("Dense[in=64, out=30, TANH", layers.get(0).toString().substring(0, 25));
    assertEquals(new Dropout(0.2), layers.get(1));
    assertTrue(layers.get(2) instanceof Dense last && last.in() == 30 && last.out() == 10
        && last.activation() == Activation.IDENTITY);
    assertEquals(1, Mlp.regression(3, 1).withHidden().architecture().network().layers().size(), "a linear model");
  }

  /// Also by a linear network and a method for whole batches: least squares has one solution.
  @Test
  void aLinearRegressionFindsTheLeastSquaresLine() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 6}, 5, 1);
    Tensor y = Tensor.of(new double[] {1, 3, 2, 5, 4}, 5, 1);
    Regressor model = Mlp.regression(1, 1).withHidden().withPrecision(Precision.DOUBLE).withWeightDecay(0)
        .withTraining(training -> training.withOptimizer(Optimizer.lbfgs(5))).fit(x, y);
    double slope = 9.0 / 14.8; // Σ(x − 3.2)(y − 3) / Σ(x − 3.2)²
    assertEquals(3 + slope * (10 - 3.2), model.predict(Tensor.row(10.0)).get(0), 1e-6);
  }

  @Test
  void huberMindsAnOutlierLessThanSquares() {
    Tensor x = points(3, 200);
    Tensor y = targets(x);
    for (int row = 0; row < 10; row++) {
      y.set(2 * row, 10_000);
    }
    Mlp mlp = Mlp.regression(2, 2).withHidden(16).withTraining(training -> training.withEpochs(30).withRate(0.01));
    Tensor fresh = points(4, 100);
    double squares = mlp.fit(x, y).evaluate(fresh, targets(fresh)).meanAbsoluteError();
    double huber = mlp.withLoss(Loss.huber(0.01)).fit(x, y).evaluate(fresh, targets(fresh)).meanAbsoluteError();
    assertTrue(huber < squares / 2, huber + " against " + squares);
  }

  @Test
  void theSeedDecides() {
    Tensor x = points(1, 100);
    Mlp mlp = Mlp.classification(2, 3).withHidden(8).withDropout(0.1).withTraining(training -> training.withEpochs(3));
    double[] first = mlp.fit(x, rings(x)).parameters().flat().toDoubles();
    assertArrayEquals(first, mlp.fit(x, rings(x)).parameters().flat().toDoubles());
    assertTrue(!Arrays.equals(first, mlp.withSeed(2).fit(x, rings(x)).parameters().flat().toDoubles()));
  }

  @Test
  void theListenerHearsOfEachEpochAndEarlyStoppingEndsIt() throws IOException {
    Tensor x = points(1, 200);
    List<Progress> heard = new ArrayList<>();
    Mlp mlp = Mlp.classification(2, 3).withHidden(16).withValidation(0.2)
        .withTraining(training -> training.withRate(0.05).withEpochs(500).withEarlyStopping(EarlyStopping.patience(5)));
    mlp.fit(x, rings(x), FitOptions.none().withListener(heard::add));
    Progress last = heard.getLast();
    assertTrue(last.epoch() < 500 && last.epoch() == heard.size() && last.epoch() == last.bestEpoch() + 5,
        last.toString());
    assertTrue(heard.stream().allMatch(progress -> Double.isFinite(progress.validationLoss())));
  }

  @Test
  void standardizationSeesTrainingRowsOnly() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 1000}, 4, 1);
    Tensor y = Tensor.of(new double[] {-10, -20, -30, -10_000}, 4, 1);
    Mlp mlp = Mlp.regression(1, 1).withHidden().withValidation(0.25).withTraining(training -> training.withEpochs(1)
        .withBatches(Batches.whole()));
    boolean heldOut = false;
    for (int seed = 0; seed < 40; seed++) {
      Regressor model = mlp.withSeed(seed).fit(x, y);
      double mean = model.inputs().orElseThrow().mean().get(0);
      assertEquals(-10 * mean, model.targets().orElseThrow().mean().get(0), 1e-12, "targets, of the same rows");
      heldOut |= mean == 2;
      assertTrue(mean == 2 || mean == 1003.0 / 3 || mean == 1004.0 / 3 || mean == 335, "a mean of three rows: " + mean);
    }
    assertTrue(heldOut, "the outlier was never held out");
  }

  @Test
  void badDataIsRefusedByRowAndColumn() {
    Mlp mlp = Mlp.classification(2, 3);
    Tensor x = points(1, 64);
    int[] labels = rings(x);
    labels[40] = 3;
    assertRefused("Mlp[classification 2-100-100-3, RELU]: label is 3 at row 40, expected 0 to 2",
        () -> mlp.fit(x, labels));
    labels[40] = -1;
    assertRefused("label is -1 at row 40, expected 0 to 2", () -> mlp.fit(x, labels));
    labels[40] = 0;
    x.set(71, Double.NaN);
    assertRefused("x has NaN at row 35, column 1, expected a finite number", () -> mlp.fit(x, labels));
    Tensor y = Tensor.zeros(Precision.DOUBLE, 64, 1);
    y.set(9, Double.POSITIVE_INFINITY);
    assertRefused("y has Infinity at row 9, column 0, expected a finite number",
        () -> Mlp.regression(2, 1).fit(points(1, 64), y));
    assertRefused("targets are numbers, expected labels", () -> mlp.fit(points(1, 64), y));
    assertRefused("targets are labels, expected numbers", () -> Mlp.regression(2, 1).fit(points(1, 64), new int[64]));
  }

  @Test
  void setsThatAreTooSmallAreRefused() {
    Mlp mlp = Mlp.classification(2, 3);
    assertRefused("x has 0 rows, expected at least 2", () -> mlp.fit(Tensor.zeros(Precision.DOUBLE, 0, 2), new int[0]));
    assertRefused("x has 1 rows, expected at least 2", () -> mlp.fit(points(1, 1), new int[1]));
    assertRefused("each of the 3 classes has 1 row, expected one of at least 2",
        () -> mlp.withValidation(0.3).fit(points(1, 3), new int[] {0, 1, 2}));
    assertRefused("63 rows of labels, expected 64 as x has", () -> mlp.fit(points(1, 64), new int[63]));
    assertRefused("x has shape [64, 2], expected [rows, 3]",
        () -> Mlp.classification(3, 3).fit(points(1, 64), new int[64]));
    assertRefused("x has shape [1, 3], expected [rows, 2]",
        () -> mlp.withTraining(training -> training.withEpochs(1)).fit(points(1, 64), new int[64])
        .predict(Tensor.row(1.0, 2, 3)));
  }

  /// Batches of 32 rows where there are four: all of them.
  @Test
  void exclusiveOrIsLearnedByTheDefaults() {
    Tensor x = Tensor.of(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
    int[] labels = {0, 1, 1, 0};
    Mlp mlp = Mlp.classification(2, 2);
    assertArrayEquals(labels, mlp.fit(x, labels).predict(x));
    assertArrayEquals(labels,
        mlp.withTraining(training -> training.withBatches(Batches.drawn(5))).fit(x, labels).predict(x));
  }

  @Test
  void theShareHeldOutIsTheOneAskedForAndARareClassIsTrainedOn() {
    Tensor x = points(1, 100);
    int[] labels = IntStream.range(0, 100).map(row -> row == 37 ? 0 : 1 + row % 2).toArray();
    for (double share : new double[] {0.05, 0.2, 0.334, 0.4, 0.41, 0.5}) {
      for (int seed = 0; seed < 10; seed++) {
        Mlp mlp = Mlp.classification(2, 3).withValidation(share).withSeed(seed);
        TrainingRows rows = TrainingRows.classification(mlp, x, labels, FitOptions.none());
        assertEquals(Math.round(100 * share), rows.validation().orElseThrow().samples());
        assertEquals(1, Arrays.stream(rows.training().targets().toDoubles()).filter(label -> label == 0).count());
        TrainingRows numbers = TrainingRows.regression(
            Mlp.regression(2, 2).withValidation(share).withSeed(seed), x, x, FitOptions.none());
        assertEquals(Math.round(100 * share), numbers.validation().orElseThrow().samples());
      }
    }
  }

  @Test
  void recipesThatAreNoneAreRefused() {
    assertRefused("Mlp: 1 class, expected at least 2", () -> Mlp.classification(2, 1));
    assertRefused("Mlp: widths are [0, 100, 100, 1]", () -> Mlp.regression(0, 1));
    assertRefused("Mlp: share of validation is 0.6, expected 0 to 0.5", () -> Mlp.regression(2, 1).withValidation(0.6));
    assertRefused("Dropout: rate is 1.0", () -> Mlp.regression(2, 1).withDropout(1));
    assertRefused("FitOptions: a checkpoint every 0 epochs",
        () -> FitOptions.none().withCheckpoint(java.nio.file.Path.of("x"), 0));
  }

  /// The rate rises until the loss is no number: the best epoch was before.
  @Test
  void aFitThatDivergesGivesTheModelMadeUntilThen() {
    Tensor x = points(1, 64);
    Mlp mlp = Mlp.regression(2, 2).withHidden(16).withValidation(0.25)
        .withTraining(training -> training.withOptimizer(Optimizer.sgd())
            .withRatePerEpoch(epoch -> epoch < 12 ? 0.05 : 1e6));
    List<Progress> heard = new ArrayList<>();
    DivergedFitException diverged = assertThrows(DivergedFitException.class,
        () -> mlp.fit(x, targets(x), FitOptions.none().withListener(heard::add)));
    assertTrue(diverged.getMessage().contains(" epoch " + diverged.epoch()), diverged.getMessage());
    Progress last = diverged.progress();
    assertEquals(heard.getLast().epoch(), last.epoch());
    Mlp best = mlp.withTraining(training -> training.withEpochs(last.bestEpoch()));
    assertArrayEquals(best.fit(x, targets(x)).predict(x).toDoubles(), diverged.regressor().predict(x).toDoubles());
    assertTrue(diverged.regressor().evaluate(x, targets(x)).r2() > 0.5);
    assertEquals("DivergedFitException: the model is a REGRESSION, expected a CLASSIFICATION",
        assertThrows(IllegalStateException.class, diverged::classifier).getMessage());

    Mlp rising = Mlp.classification(2, 3).withHidden(4).withWeightDecay(1e3)
        .withTraining(training -> training.withOptimizer(Optimizer.sgd())
            .withRatePerEpoch(epoch -> epoch < 3 ? 1e-6 : 1e6));
    DivergedException other = assertThrows(DivergedException.class, () -> rising.fit(x, rings(x)));
    assertEquals(64, ((DivergedFitException) other).classifier().predict(x).length);
  }

  @Test
  void oneWorkspaceServesManyPredictions() {
    Tensor x = points(1, 64);
    Regressor model = Mlp.regression(2, 2).withTraining(training -> training.withEpochs(1)).fit(x, targets(x));
    Workspace ws = new Workspace();
    double[] first = model.predict(x, ws).toDoubles();
    model.predict(points(2, 10), ws);
    assertArrayEquals(first, model.predict(x, ws).toDoubles());
    assertEquals(0, ws.mark());
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
