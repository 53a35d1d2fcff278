package dev.lanewise.model.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Areas, F1 and R² of each output against scikit-learn 1.2.1, whose `roc_auc_score`, `f1_score`, `precision_score`,
/// `recall_score`, `r2_score`, `mean_absolute_error` and `mean_squared_error` gave the numbers here; and by hand.
class FiguresTest {

  private static final Tensor LOGITS = Tensor.of(new double[] {2.5, 0.1, 0.0, 0.6, -0.4, 0.0, 0.8, -2.6, 1.5, 0.9,
      -0.1, -0.3, 0.8,
      -0.4, 0.4, 0.8, -2.6, 1.5, 0.4, -2.3, 3.3, 0.2, -0.6, 3.8, 0.7, -2.2, -0.6, 0.9, -0.1, -0.3, -0.3, 1.6, -2.5,
      1.6, -3.1, -1.0, -1.8, 3.0, 2.6, -0.5, 2.1, -0.3, 1.7, -1.1, -2.6, -2.7, 1.4, 3.4, 1.2, -0.8, 2.9, 1.2, 0.2, 0.4,
      -0.2, -0.5, -1.4, 1.6, -0.1, 1.8, -0.6, -2.1, -0.1, 2.5, 0.2, -1.3, -1.8, -1.6, 0.3, -1.8, 3.0, -0.4}, 24, 3);
  private static final int[] LABELS = {1, 1, 0, 1, 2, 1, 2, 2, 0, 2, 0, 0, 1, 1, 0, 1, 0, 0, 2, 0, 1, 1, 2, 1};

  @Test
  void classesAgainstScikitLearn() {
    Evaluation.Classification judged = Evaluation.classification(LOGITS, LABELS, List.of("a", "b", "c"));
    double[] areas = {0.69140625, 0.7000000000000001, 0.7175925925925926};
    double[] f1 = {0.4210526315789474, 0.4285714285714285, 0.4};
    double[] precision = {0.36363636363636365, 0.75, 0.3333333333333333};
    double[] recall = {0.5, 0.3, 0.5};
    for (int label = 0; label < 3; label++) {
      assertEquals(areas[label], judged.rocAuc(label), 1e-15);
      assertEquals(f1[label], judged.f1(label), 1e-15);
      assertEquals(precision[label], judged.precision(label), 1e-15);
      assertEquals(recall[label], judged.recall(label), 1e-15);
    }
    assertEquals(0.7029996141975309, judged.rocAuc(), 1e-15);
    assertEquals(0.4165413533834587, judged.macroF1(), 1e-15);
    assertEquals(0.4823232323232323, judged.confusion().macroPrecision(), 1e-15);
    assertEquals(0.43333333333333335, judged.confusion().macroRecall(), 1e-15);
    assertEquals(1.2522883140574288, judged.logLoss(), 1e-15);
    assertEquals(0.4166666666666667, judged.accuracy(), 1e-15);
    assertEquals(judged.accuracy(), judged.confusion().accuracy());
    assertArrayEquals(new int[][] {{4, 1, 3}, {4, 3, 3}, {3, 0, 3}}, judged.confusion().counts());
  }

  @Test
  void twoClassesAgainstScikitLearn() {
    Tensor two = Tensor.of(IntStream.range(0, 48).mapToDouble(at -> LOGITS.get(at / 2, at % 2)).toArray(), 24, 2);
    int[] labels = Arrays.stream(LABELS).map(label -> Math.min(label, 1)).toArray();
    Evaluation.Classification judged = Evaluation.classification(two, labels);
    assertEquals(0.765625, judged.rocAuc(), 1e-15);
    assertEquals(judged.rocAuc(0), judged.rocAuc(1), "each against the other");
    assertEquals(0.45454545454545453, judged.f1(1), 1e-15);
  }

  /// Macro figures over classes that occur or are predicted, as scikit-learn takes them.
  @Test
  void classesThatDoNotOccur() {
    ConfusionMatrix absent = ConfusionMatrix.of(List.of("a", "b", "c"), new int[][] {{1, 1, 0}, {0, 2, 0}, {0, 0, 0}});
    assertEquals(0.7333333333333334, absent.macroF1(), 1e-15);
    assertTrue(Double.isNaN(absent.f1(2)));
    ConfusionMatrix onlyPredicted =
        ConfusionMatrix.of(List.of("a", "b", "c"), new int[][] {{1, 0, 1}, {0, 2, 0}, {0, 0, 0}});
    assertEquals(0.5555555555555555, onlyPredicted.macroF1(), 1e-15);
    assertEquals(0.6666666666666666, onlyPredicted.macroPrecision(), 1e-15);
    assertEquals(0.5, onlyPredicted.macroRecall(), 1e-15);
    Evaluation.Classification one = Evaluation.classification(Tensor.of(new double[] {1, 2, 3, 2, 1, 3}, 2, 3),
        new int[2]);
    assertTrue(Double.isNaN(one.rocAuc(0)) && Double.isNaN(one.rocAuc(1)) && Double.isNaN(one.rocAuc()));
  }

  @Test
  void outputsAgainstScikitLearn() {
    Tensor targets = Tensor.of(new double[] {1.0, 992.4, -1.0, 994.4, 7.8, 1086.9, -0.0, 952.8, -1.6, 1037.4, 2.2,
        855.7,
        2.5, 943.1, 5.3, 1015.7}, 8, 2);
    Tensor outputs = Tensor.of(new double[] {2.7, 955.7, -1.3, 1018.4, 8.9, 1132.2, -1.2, 967.4, -1.6, 1003.1, 1.6,
        995.5,
        2.1, 875.4, 5.9, 1026.1}, 8, 2);
    Evaluation.Regression judged = Evaluation.regression(outputs, targets, List.of("volume", "mass"));
    double[] r2 = {0.909299895506792, 0.12232488080271431};
    double[] absolute = {0.7375000000000002, 46.59999999999998};
    double[] root = {0.9020809276334358, 60.8277486020977};
    for (int output = 0; output < 2; output++) {
      assertEquals(r2[output], judged.outputs().get(output).r2(), 1e-13);
      assertEquals(absolute[output], judged.outputs().get(output).meanAbsoluteError(), 1e-13);
      assertEquals(root[output], judged.outputs().get(output).rootMeanSquaredError(), 1e-12);
    }
    assertEquals(0.5158123881547532, judged.r2(), 1e-13);
    assertEquals("mass", judged.outputs().get(1).name());
    assertEquals("""
        8 rows

        output     R²  mean abs. error  root mean sq. error
        volume  0.909            0.738                0.902
        mass    0.122             46.6                 60.8
        all     0.516             23.7                 43.0
        """, judged.report());
  }

  /// Three positives and two negatives are six pairs.
  @Test
  void areasByHand() {
    assertEquals(1, RocAreas.area(new double[] {2, 3}, new double[] {0, 1}));
    assertEquals(0, RocAreas.area(new double[] {0, 1}, new double[] {2, 3}));
    assertEquals((2 + 1.5 + 0.5) / 6, RocAreas.area(new double[] {9, 5, 1}, new double[] {1, 5}));
    assertEquals(0.5, RocAreas.area(new double[] {7, 7}, new double[] {7}));
    assertEquals(0.5, RocAreas.area(new double[] {-0.0}, new double[] {0}), "as equal as they compare");
    assertTrue(Double.isNaN(RocAreas.area(new double[0], new double[] {1})));
  }

  /// Probabilities of 1 − 1e−30 and 1 − 1e−40 are both 1, and their order counts.
  @Test
  void probabilitiesThatRoundTo1AreToldApart() {
    double infinite = Double.NEGATIVE_INFINITY;
    Tensor logits = Tensor.of(new double[] {100, 0, 0, 90, 0, 0, 95, 0, 0, 80, 0, 0, 1, infinite, infinite}, 5, 3);
    assertEquals(1, Evaluation.classification(logits, new int[] {0, 1, 0, 2, 0}).rocAuc(0));
    assertEquals(4.0 / 6, Evaluation.classification(logits, new int[] {1, 0, 0, 2, 0}).rocAuc(0), 1e-15);
  }

  @Test
  void theReportNamesClasses() {
    Tensor logits = Tensor.of(new double[] {1, 0, 0, 1, 1, 0, 0, 2}, 4, 2);
    Evaluation.Classification judged = Evaluation.classification(logits, new int[] {0, 1, 1, 1}, List.of("healthy",
        "ill"));
    assertEquals("""
        4 rows, accuracy 0.750, log-loss 0.517

        class    rows  precision  recall     F1  ROC AUC
        healthy     1      0.500   1.000  0.667    0.833
        ill         3      1.000   0.667  0.800    0.833
        mean        4      0.750   0.833  0.733    0.833

        is \\ predicted  healthy  ill
        healthy               1    0
        ill                   1    2
        """, judged.report());
  }

  @Test
  void matricesAreValues() {
    ConfusionMatrix one = ConfusionMatrix.of(List.of("a", "b"), new int[][] {{1, 2}, {3, 4}});
    assertEquals(ConfusionMatrix.of(List.of("a", "b"), new int[][] {{2, 4}, {6, 8}}), one.plus(one));
    assertEquals(one.hashCode(), ConfusionMatrix.of(List.of("a", "b"), one.counts()).hashCode());
    assertNotEquals(one, one.plus(one));
    assertFalse(one.equals(ConfusionMatrix.of(List.of("a", "c"), one.counts())));
    one.counts()[0][0] = 9;
    assertEquals(1, one.count(0, 0));
    assertEquals(3, one.rowsOf(0));
    assertEquals(4, one.predictedAs(0));
    assertEquals(10, one.rows());
    assertRefused("the other has the classes [x, y], expected [a, b]",
        () -> one.plus(ConfusionMatrix.of(List.of("x", "y"), one.counts())));
    assertRefused("1 rows of counts, expected 2 of 2", () -> ConfusionMatrix.of(List.of("a", "b"), new int[1][2]));
    assertRefused("expected 1 of 1", () -> ConfusionMatrix.of(List.of("a"), new int[][] {{-1}}));
    assertRefused("3 names, expected 2 or none",
        () -> Evaluation.classification(Tensor.row(1.0, 2), new int[1], List.of("a", "b", "c")));
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
