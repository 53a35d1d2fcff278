package dev.lanewise.train.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.train.data.Dataset;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of losses beside the reference values: derivatives, weights, extremes, and what is refused.
public class LossTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /// Losses with targets in their own form.
  enum Case {
    HALF_SQUARED(Loss.halfSquaredError(), false),
    MEAN_SQUARED(Loss.meanSquaredError(), false),
    MEAN_ABSOLUTE(Loss.meanAbsoluteError(), false),
    HUBER(Loss.huber(0.7), false),
    PROBABILITIES(Loss.softmaxCrossEntropy(), true),
    CLASSES(Loss.softmaxCrossEntropy(), true);

    final Loss loss;
    private final boolean ofProbabilities;

    Case(Loss loss, boolean ofProbabilities) {
      this.loss = loss;
      this.ofProbabilities = ofProbabilities;
    }

    Tensor targets(Precision precision, int rows, int columns, Random random) {
      Tensor targets = this == CLASSES ? Tensor.zeros(precision, rows) : Tensor.zeros(precision, rows, columns);
      for (int row = 0; row < rows; row++) {
        double rest = 1;
        for (int column = 0; column < targets.size() / rows; column++) {
          double share = column == columns - 1 ? rest : rest * random.nextDouble();
          rest -= share;
          double value = this == CLASSES ? random.nextInt(columns) : ofProbabilities ? share : 2
              * random.nextGaussian();
          targets.set(row * (targets.size() / rows) + column, value);
        }
      }
      return targets;
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientAndHessianPassGradCheck(Case c) {
    Random random = new Random(c.ordinal());
    for (int trial = 0; trial < 4; trial++) {
      int rows = random.nextInt(1, 5);
      int columns = random.nextInt(1, 20);
      Tensor outputs = normal(Precision.DOUBLE, random, rows, columns);
      Tensor weights = trial % 2 == 0 ? Tensor.none() : Tensor.of(random.doubles(rows, 0, 3).toArray(), rows);
      GradCheck.of(new LossLayer(c.loss, c.targets(Precision.DOUBLE, rows, columns, random), weights),
          Parameters.none(), awayFromKinks(c, outputs))
          .check();
    }
  }

  /// Absolute errors and Huber's have kinks, or jumps of the curvature, that steps of 0.01 must not reach over.
  private static Tensor awayFromKinks(Case c, Tensor outputs) {
    if (c == Case.MEAN_ABSOLUTE || c == Case.HUBER) {
      for (int at = 0; at < outputs.size(); at++) {
        outputs.set(at, (at % 3 == 0 ? 0.3 : 9) * Math.signum(outputs.get(at)) + (c == Case.HUBER ? 0 : 20));
      }
    }
    return outputs;
  }

  @ParameterizedTest
  @EnumSource
  void networksWithTheirLossPassGradCheck(Case c) {
    Random random = new Random(c.ordinal());
    Layer network = Sequential.of(
        new Dense(3, 5, Activation.TANH), new Dense(5, 4),
        new LossLayer(c.loss, shifted(c, c.targets(Precision.DOUBLE, 6, 4, random))));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 3);
    GradCheck.of(network, theta, normal(Precision.DOUBLE, random, 6, 3)).check();
  }

  private static Tensor shifted(Case c, Tensor targets) {
    for (int at = 0; at < targets.size() && (c == Case.MEAN_ABSOLUTE || c == Case.HUBER); at++) {
      targets.set(at, 20 + targets.get(at));
    }
    return targets;
  }

  @Property(tries = 100)
  void aRowOfWeightTwoCountsAsTwoRows(@ForAll Case c, @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 33) int columns, @ForAll long seed) {
    Random random = new Random(seed);
    Tensor outputs = normal(Precision.DOUBLE, random, rows, columns);
    Tensor targets = c.targets(Precision.DOUBLE, rows, columns, random);
    Tensor weights = Tensor.zeros(Precision.DOUBLE, rows);
    int[] repeated = new int[3 * rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      weights.set(row, random.nextInt(4));
      for (int time = 0; time < weights.get(row); time++) {
        repeated[count++] = row;
      }
    }
    if (count == 0) {
      return;
    }
    Dataset some = new Dataset(outputs, targets).select(Arrays.copyOf(repeated, count));
    Workspace ws = new Workspace();
    Tensor gradient = Tensor.zeros(Precision.DOUBLE, rows, columns);
    Tensor ofSome = Tensor.zeros(Precision.DOUBLE, count, columns);
    double weighted = c.loss.valueAndGradient(outputs, targets, weights, 0.5, gradient, ws);
    double summed = c.loss.valueAndGradient(some.inputs(), some.targets(), Tensor.none(), 0.5, ofSome, ws);
    assertEquals(summed, weighted, 1e-12 * (1 + summed));
    for (int at = 0; at < count; at++) {
      for (int column = 0; column < columns; column++) {
        assertEquals(gradient.get(repeated[at], column), weights.get(repeated[at]) * ofSome.get(at, column),
            1e-14 * (1 + Math.abs(gradient.get(repeated[at], column))));
      }
    }
  }

  @Property(tries = 200)
  void crossEntropyIsShiftInvariantAndItsGradientSumsToNothing(
      @ForAll @IntRange(min = 1, max = 40) int columns, @ForAll @DoubleRange(min = -1e4, max = 1e4) double shift,
      @ForAll long seed) {
    Random random = new Random(seed);
    Tensor logits = normal(Precision.DOUBLE, random, 3, columns);
    Tensor moved = logits.copy();
    for (int at = 0; at < moved.size(); at++) {
      moved.set(at, moved.get(at) + shift);
    }
    Tensor classes = Case.CLASSES.targets(Precision.DOUBLE, 3, columns, random);
    Tensor gradient = Tensor.zeros(Precision.DOUBLE, 3, columns);
    double value = Loss.softmaxCrossEntropy().valueAndGradient(logits, classes, gradient);
    assertEquals(value, Loss.softmaxCrossEntropy().value(moved, classes), 1e-11 * (1 + value));
    for (int row = 0; row < 3; row++) {
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += gradient.get(row, column);
      }
      assertEquals(0, sum, 1e-15 * columns);
    }
  }

  @Test
  void classesAreProbabilitiesOfOneHot() {
    Tensor logits = Tensor.of(new double[] {1, -2, 0.5, 3, 3, -1}, 2, 3);
    Tensor oneHot = Tensor.of(new double[] {0, 0, 1, 1, 0, 0}, 2, 3);
    Tensor[] gradients = {Tensor.zeros(Precision.DOUBLE, 2, 3), Tensor.zeros(Precision.DOUBLE, 2, 3)};
    assertEquals(Loss.softmaxCrossEntropy().valueAndGradient(logits, Tensor.of(new double[] {2, 0}, 2), gradients[0]),
        Loss.softmaxCrossEntropy().valueAndGradient(logits, oneHot, gradients[1]), 1e-15);
    assertArrayEquals(gradients[0].toDoubles(), gradients[1].toDoubles(), 1e-16);
  }

  /// By log-sum-exp no logarithm is one of 0, and no exponential too large.
  @ParameterizedTest
  @EnumSource
  void extremeLogitsKeepTheirLoss(Precision precision) {
    Tensor logits = Tensor.of(new double[] {0, 1000, -1000, 0, 30000, 0}, 3, 2).to(precision);
    Tensor gradient = Tensor.zeros(precision, 3, 2);
    double value = Loss.softmaxCrossEntropy()
        .valueAndGradient(logits, Tensor.of(new double[] {0, 1, 1}, 3).to(precision), gradient);
    assertEquals((1000 + 0 + 30000) / 3.0, value, 1e-3);
    assertArrayEquals(new double[] {-1 / 3.0, 1 / 3.0, 0, 0, 1 / 3.0, -1 / 3.0}, gradient.toDoubles(), 1e-7);
    Tensor impossible = Tensor.of(new double[] {-INFINITY, 0, 0}, 1, 3).to(precision);
    assertEquals(Math.log(2),
        Loss.softmaxCrossEntropy().value(impossible, Tensor.of(new double[] {0, 0.5, 0.5}, 1, 3).to(precision)), 1e-7);
    assertEquals(INFINITY, Loss.softmaxCrossEntropy().value(impossible, Tensor.of(new double[] {0}, 1).to(precision)));
  }

  @Test
  void huberJoinsParabolaAndLine() {
    Tensor targets = Tensor.row(0.0, 0, 0, 0, 0);
    Tensor outputs = Tensor.row(0.5, 2, -2, 5, -7);
    Tensor gradient = Tensor.zeros(Precision.DOUBLE, 1, 5);
    assertEquals((0.125 + 2 + 2 + 2 * 4 + 2 * 6) / 5, Loss.huber(2).valueAndGradient(outputs, targets, gradient),
        1e-15);
    assertArrayEquals(new double[] {0.1, 0.4, -0.4, 0.4, -0.4}, gradient.toDoubles(), 1e-16);
  }

  @Test
  void notANumberInOutputsIsNotHidden() {
    for (Case c : Case.values()) {
      Tensor outputs = Tensor.of(new double[] {1, 2, Double.NaN, 4}, 2, 2);
      Tensor targets = c.targets(Precision.DOUBLE, 2, 2, new Random(1));
      Tensor gradient = Tensor.zeros(Precision.DOUBLE, 2, 2);
      assertTrue(Double.isNaN(c.loss.valueAndGradient(outputs, targets, gradient)), c.toString());
      assertTrue(Double.isNaN(gradient.get(2)), c.toString());
    }
  }

  @Test
  void badTargets() {
    Tensor o = Tensor.zeros(Precision.DOUBLE, 2, 3);
    refused("halfSquaredError: targets is DOUBLE [2, 2], expected DOUBLE [2, 3]",
        () -> Loss.halfSquaredError().value(o, Tensor.zeros(Precision.DOUBLE, 2, 2)));
    refused("huber(1.0): targets has NaN at row 1, column 2, expected a finite number",
        () -> Loss.huber(1).value(o, Tensor.of(new double[] {0, 0, 0, 0, 0, Double.NaN}, 2, 3)));
    refused("softmaxCrossEntropy: targets has class 3.0 at row 1, expected a whole number from 0 to 2",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[] {0, 3}, 2)));
    refused("softmaxCrossEntropy: targets has class NaN at row 0, expected a whole number from 0 to 2",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[] {Double.NaN, 3}, 2)));
    refused("softmaxCrossEntropy: targets has class 0.5 at row 0, expected a whole number from 0 to 2",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[] {0.5, 1}, 2)));
    refused("softmaxCrossEntropy: targets has probability -0.5 at row 1, column 0, expected at least 0",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[] {1, 0, 0, -0.5, 1, 0.5}, 2, 3)));
    refused("softmaxCrossEntropy: targets has probabilities that sum to 0.5 at row 1, expected 1",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[] {1, 0, 0, 0.5, 0, 0}, 2, 3)));
    refused("softmaxCrossEntropy: targets are DOUBLE [3], expected DOUBLE probabilities [2, 3] or "
            + "class numbers of a shape without the axis of 3",
        () -> Loss.softmaxCrossEntropy().value(o, Tensor.of(new double[3], 3)));
    refused("meanSquaredError: weights has -1.0 at row 1, expected a finite number, at least 0",
        () -> Loss.meanSquaredError().value(o, o, Tensor.of(new double[] {1, -1}, 2), 1, new Workspace()));
    refused("meanSquaredError: weights are DOUBLE [3], expected DOUBLE of 2 elements, one for each row",
        () -> Loss.meanSquaredError().value(o, o, Tensor.of(new double[3], 3), 1, new Workspace()));
    refused("meanSquaredError: outputs have shape [0, 3], expected at least 1 row to take a mean of",
        () -> Loss.meanSquaredError()
        .value(Tensor.zeros(Precision.DOUBLE, 0, 3), Tensor.zeros(Precision.DOUBLE, 0, 3)));
    refused("Loss.huber: delta is 0.0, expected a positive number", () -> Loss.huber(0));
    refused("Loss.huber: delta is NaN, expected a positive number", () -> Loss.huber(Double.NaN));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  public static Tensor normal(Precision precision, Random random, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    for (int at = 0; at < tensor.size(); at++) {
      tensor.set(at, random.nextGaussian());
    }
    return tensor;
  }
}
