package dev.lanewise.model;

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

  @Test
  void classificationByHand() {
    double log3 = Math.log(3);
    Tensor logits = Tensor.of(new double[] {log3, 0, 0, log3, 0, 0, 7, 7}, 4, 2);
    Evaluation.Classification judged = Evaluation.classification(logits, new int[] {0, 0, 1, 1});
    assertEquals(0.25, judged.accuracy());
    assertEquals(-(Math.log(0.75) + Math.log(0.25) + 2 * Math.log(0.5)) / 4, judged.logLoss(), 1e-15);
    assertArrayEquals(new int[][] {{1, 1}, {2, 0}}, judged.confusion());
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
    assertRefused("Evaluation: label is 3 at row 1, expected 0 to 2", () -> Evaluation.classification(two, new int[] {0, 3}));
    assertRefused("Evaluation: label is -1 at row 0, expected 0 to 2", () -> Evaluation.classification(two, new int[] {-1, 0}));
    assertRefused("Evaluation: 3 rows of labels, expected 2", () -> Evaluation.classification(two, new int[3]));
    assertRefused("Evaluation: 1 rows of targets, expected 2", () -> Evaluation.regression(two, Tensor.zeros(Precision.FLOAT, 1, 3)));
    assertRefused("Evaluation: targets have shape [2, 1], expected [2, 3]", () -> Evaluation.regression(two, Tensor.zeros(Precision.FLOAT, 2, 1)));
    assertRefused("Evaluation: outputs have shape [0, 3], expected [rows, outputs] of at least 1 row",
        () -> Evaluation.classification(Tensor.zeros(Precision.FLOAT, 0, 3), new int[0]));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
