package dev.lanewise.model.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Figures of small sets, by hand.
class EvaluationTest {

  @Test
  void regressionByHand() {
    Tensor targets = Tensor.of(new double[] {1, 10, 2, 30, 3, 20}, 3, 2);
    Tensor outputs = Tensor.of(new double[] {1, 20, 2, 20, 4, 20}, 3, 2);
    Evaluation.Regression judged = Evaluation.regression(outputs, targets);
    assertEquals(3, judged.rows());
    assertEquals((0.5 + 0) / 2, judged.r2(), 1e-15);
    assertEquals(21.0 / 6, judged.meanAbsoluteError(), 1e-15);
    assertEquals(201.0 / 6, judged.meanSquaredError(), 1e-13);
    assertEquals(Math.sqrt(201.0 / 6), judged.rootMeanSquaredError(), 1e-14);
    assertEquals(1, Evaluation.regression(targets, targets).r2());
    assertTrue(Double.isNaN(Evaluation.regression(Tensor.row(1.0), Tensor.row(1.0)).r2()), "one row has no variance");
  }

  /// Squares that would over- or underflow, and an offset beside which errors are small.
  @Test
  void targetsOfAnySizeAndOffset() {
    for (double size : new double[] {1e155, 1e300, 1e-170, 1e-300}) {
      Evaluation.Regression judged = Evaluation.regression(column(size, 2 * size, 4 * size),
          column(size, 2 * size, 3 * size));
      assertEquals(0.5, judged.r2(), 1e-15);
      assertEquals(size / 3, judged.meanAbsoluteError(), 1e-15 * size);
      assertEquals(size / Math.sqrt(3), judged.rootMeanSquaredError(), 1e-15 * size);
    }
    double offset = 0x1p52;
    assertEquals(0.5, Evaluation.regression(column(offset, offset + 1, offset + 3),
        column(offset, offset + 1, offset + 2)).r2(), 1e-15);
    // The targets' mean, 2⁵³ + 1, is no double.
    double far = 0x1p53;
    assertEquals(0, Evaluation.regression(column(far, far), column(far, far + 2)).r2() + 1, 1e-15);
  }

  @Test
  void manyRowsLoseNoDigits() {
    int rows = 1_000_000;
    Tensor outputs = Tensor.zeros(Precision.DOUBLE, rows, 1);
    outputs.fill(0.1);
    outputs.set(0, 0.3);
    Evaluation.Regression judged = Evaluation.regression(outputs, Tensor.zeros(Precision.DOUBLE, rows, 1));
    assertEquals(0.1000002, judged.meanAbsoluteError(), 2e-17);
    assertEquals(0.01000008, judged.meanSquaredError(), 6e-18);
    Tensor logits = Tensor.zeros(Precision.DOUBLE, rows, 2);
    assertEquals(Math.log(2), Evaluation.classification(logits, new int[rows]).logLoss(), 2e-16);
  }

  private static Tensor column(double... values) {
    return Tensor.of(values, values.length, 1);
  }

  /// A row that says nothing of its class is no vote for class 0.
  @Test
  void logitsThatAreNoNumbersAreRefused() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    assertRefused("Evaluation: logits has NaN at row 1, column 0, expected a number",
        () -> Evaluation.classification(Tensor.of(new double[] {1, 2, nan, nan}, 2, 2), new int[2]));
    assertRefused("Evaluation: logits has NaN at row 0, column 1, expected a number",
        () -> Evaluation.classification(Tensor.row(1f, Float.NaN), new int[1]));
    assertRefused("Evaluation: logits has Infinity at row 0, column 1 as the largest, expected a finite number",
        () -> Evaluation.classification(Tensor.row(1, infinite), new int[1]));
    assertRefused("Evaluation: logits has -Infinity at row 0, column 0 as the largest, expected a finite number",
        () -> Evaluation.classification(Tensor.row(-infinite, -infinite), new int[1]));
    assertEquals(0, Evaluation.classification(Tensor.row(-infinite, 3), new int[] {1}).logLoss(),
        "a class that is ruled out");
    assertTrue(Double.isNaN(Evaluation.regression(column(nan, 1), column(2, 3)).r2()));
    assertTrue(Double.isNaN(Evaluation.regression(column(nan, 1), column(2, 3)).meanSquaredError()));
  }

  @Test
  void classificationByHand() {
    double log3 = Math.log(3);
    Tensor logits = Tensor.of(new double[] {log3, 0, 0, log3, 0, 0, 7, 7}, 4, 2);
    Evaluation.Classification judged = Evaluation.classification(logits, new int[] {0, 0, 1, 1});
    assertEquals(0.25, judged.accuracy());
    assertEquals(-(Math.log(0.75) + Math.log(0.25) + 2 * Math.log(0.5)) / 4, judged.logLoss(), 1e-15);
    assertArrayEquals(new int[][] {{1, 1}, {2, 0}}, judged.confusion().counts());
    assertEquals(1.0 / 3, judged.precision(0));
    assertEquals(0, judged.recall(1));
    assertTrue(Double.isNaN(Evaluation.classification(logits, new int[4]).recall(1)));
  }

  @Test
  void probabilitiesThatRoundTo0HaveAFiniteLoss() {
    assertEquals(2000, Evaluation.classification(Tensor.row(1000f, -1000f), new int[] {1}).logLoss());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensor two = Tensor.zeros(Precision.FLOAT, 2, 3);
    assertRefused("Evaluation: label is 3 at row 1, expected 0 to 2", () -> Evaluation.classification(two,
        new int[] {0, 3}));
    assertRefused("Evaluation: label is -1 at row 0, expected 0 to 2", () -> Evaluation.classification(two,
        new int[] {-1, 0}));
    assertRefused("Evaluation: 3 rows of labels, expected 2", () -> Evaluation.classification(two, new int[3]));
    assertRefused("Evaluation: 1 rows of targets, expected 2", () -> Evaluation.regression(two,
        Tensor.zeros(Precision.FLOAT, 1, 3)));
    assertRefused("Evaluation: targets have shape [2, 1], expected [2, 3]", () -> Evaluation.regression(two,
        Tensor.zeros(Precision.FLOAT, 2, 1)));
    assertRefused("Evaluation: outputs have shape [0, 3], expected [rows, outputs] of at least 1 row",
        () -> Evaluation.classification(Tensor.zeros(Precision.FLOAT, 0, 3), new int[0]));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
