package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.model.table.Labels;
import dev.lanewise.train.optimizer.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Numbers far from 0 and at the ends of a precision's range: predicted rightly, or refused by row and column as they
/// were given.
class ModelNumbersTest {

  private static final Tensor X = MlpTest.points(1, 64);

  private static Classifier classifier(Mlp mlp) {
    return mlp.withTraining(training -> training.withEpochs(1)).fit(X, MlpTest.rings(X));
  }

  /// A line, found in one go.
  private static Regressor line(Precision precision, Tensor x, Tensor y) {
    return Mlp.regression(1, 1).withHidden().withPrecision(precision).withWeightDecay(0)
        .withTraining(training -> training.withOptimizer(Optimizer.lbfgs(5)).withEpochs(20)).fit(x, y);
  }

  @Test
  void offsetsCostAFloatModelNothing() {
    Tensor x = Tensor.zeros(Precision.DOUBLE, 200, 1);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 200, 1);
    for (int row = 0; row < 200; row++) {
      double value = -1 + row / 100.0;
      x.set(row, 1.7e9 + value);
      y.set(row, 1.7e9 + 5 * value);
    }
    Regressor model = line(Precision.FLOAT, x, y);
    Evaluation.Regression judged = model.evaluate(x, y);
    assertTrue(judged.r2() > 1 - 1e-9, judged.toString());
    assertTrue(judged.rootMeanSquaredError() < 1e-4, judged.toString());
    assertEquals(1.7e9 + 2.5, model.predict(Tensor.row(1.7e9 + 0.5)).get(0), 1e-4);
    assertEquals(1.7e9 + 2.5, model.predict(Tensor.row(1.7e9 + 0.5), new Workspace()).get(0), 1e-4);
  }

  @Test
  void valuesOfAnySizeAreLearnedByAFloatModel() {
    for (double size : new double[] {1e155, 1e300, 1e-170, 1e-300}) {
      Tensor x = Tensor.zeros(Precision.DOUBLE, 50, 1);
      Tensor y = Tensor.zeros(Precision.DOUBLE, 50, 1);
      for (int row = 0; row < 50; row++) {
        x.set(row, (row - 20) * size);
        y.set(row, (7 - 3 * row) / size);
      }
      Evaluation.Regression judged = line(Precision.FLOAT, x, y).evaluate(x, y);
      assertTrue(judged.r2() > 1 - 1e-9, judged.toString());
    }
  }

  /// Floats go into a model of doubles as they are: not by way of a standardized float.
  @Test
  void floatsAreStandardizedInTheModelsPrecision() {
    Tensor x = Tensor.of(new float[] {1, 2, 4, 7}, 4, 1);
    Regressor model = line(Precision.DOUBLE, x, x);
    assertArrayEquals(model.predict(x.to(Precision.DOUBLE)).toDoubles(), model.predict(x).toDoubles());
    assertEquals(4, model.predict(x).get(2), 1e-12);
  }

  @Test
  void whatOverflowsOnItsWayIsNoClass() {
    for (Mlp mlp : new Mlp[] {Mlp.classification(2, 3), Mlp.classification(2, 3).withoutStandardization()}) {
      Classifier model = classifier(mlp);
      Tensor x = Tensor.of(new float[] {0.1f, 0.2f, 1e38f, -1e38f}, 2, 2);
      assertRefused("Classifier[classification 2-100-100-3, RELU]: the logits of x has ", () -> model.predict(x));
      assertRefused("the logits of x has ", () -> model.predictProbabilities(x));
      assertRefused("the logits of x has ", () -> model.evaluate(x, new int[2]));
      assertRefused(" at row 1, column 0, expected a finite number", () -> model.predict(x));
    }
    Regressor model = Mlp.regression(2, 2).withTraining(training -> training.withEpochs(1)).fit(X, X);
    assertRefused("Regressor[regression 2-100-100-2, RELU]: the prediction for x has ",
        () -> model.predict(Tensor.of(new float[] {1, 1, 1e38f, -1e38f}, 2, 2)));
  }

  @Test
  void whatOverflowsWhenStandardizedIsRefusedAsItWasGiven() {
    Classifier model = classifier(Mlp.classification(2, 3));
    assertRefused("Classifier[classification 2-100-100-3, RELU]: x has 3.0E38 at row 1, column 0, 5.",
        () -> model.predict(Tensor.of(new double[] {0, 0, 3e38, 0}, 2, 2)));
    assertRefused("when standardized, expected a number of FLOAT's range", () -> model.predict(Tensor.row(3e38f, 0)));
    Classifier ofDoubles = classifier(Mlp.classification(2, 3).withPrecision(Precision.DOUBLE));
    assertEquals(1, ofDoubles.predict(Tensor.row(3e38, 0)).length);
  }

  @Test
  void whatOverflowsWhenRoundedIsRefusedAsItWasGiven() {
    Classifier model = classifier(Mlp.classification(2, 3).withoutStandardization());
    assertRefused(
        "Classifier[classification 2-100-100-3, RELU]: x has 1.0E300 at row 1, column 1, expected a number of "
        + "FLOAT's range", () -> model.predict(Tensor.of(new double[] {0, 0, 0, 1e300}, 2, 2)));
    Tensor far = X.copy();
    far.set(2 * 13, -1e300);
    for (double share : new double[] {0, 0.2}) {
      Mlp classification = Mlp.classification(2, 3).withoutStandardization().withValidation(share);
      Mlp regression = Mlp.regression(2, 2).withoutStandardization().withValidation(share);
      assertRefused("Mlp[classification 2-100-100-3, RELU]: x has -1.0E300 at row 13, column 0, expected a number of "
          + "FLOAT's range", () -> classification.fit(far, new int[64]));
      assertRefused("Mlp[regression 2-100-100-2, RELU]: y has -1.0E300 at row 13, column 0, expected a number of "
          + "FLOAT's range", () -> regression.fit(X, far));
    }
  }

  @Test
  void labelsThatAPrecisionRoundsAreRefused() {
    int[] labels = {3, 1 << 24, (1 << 24) + 1};
    assertRefused("label is 16777217 at row 2, expected one that FLOAT holds exactly",
        () -> Labels.targets(labels, Precision.FLOAT));
    assertArrayEquals(new double[] {3, 16_777_216, 16_777_217}, Labels.targets(labels, Precision.DOUBLE).toDoubles());
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
