package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.Schedule;
import dev.lanewise.train.optimizer.UpdateRule;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Numbers of optimizers, losses, schedules and penalties that are good in double and not in float: refused there
/// before anything is written, or of no influence.
class RoundedNumbersTest {

  private static void refusedInFloat(String message, TrainerOptions options, Loss loss) {
    Problem inFloat = Problem.of(Precision.FLOAT);
    Dataset set = numbers(Precision.FLOAT);
    double[] before = inFloat.theta().flat().toDoubles();
    assertEquals(message, assertThrows(IllegalArgumentException.class,
        () -> new Trainer(inFloat.network(), inFloat.theta(), loss, set, options)).getMessage());
    assertArrayEquals(before, inFloat.theta().flat().toDoubles());
    Problem inDouble = Problem.of(Precision.DOUBLE);
    new Trainer(inDouble.network(), inDouble.theta(), loss, numbers(Precision.DOUBLE), options.withEpochs(1)).run();
  }

  private static Dataset numbers(Precision precision) {
    Random random = new Random(1);
    return new Dataset(LossTest.normal(precision, random, 40, 2), LossTest.normal(precision, random, 40, 3));
  }

  private static void refusedInFloat(String message, TrainerOptions options) {
    refusedInFloat(message, options, Loss.meanSquaredError());
  }

  @Test
  void whatRoundsToWhatItMustNotBeIsRefused() {
    TrainerOptions options = TrainerOptions.defaults();
    refusedInFloat("Optimizer.adam: beta2 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        options.withOptimizer(Optimizer.adam(0.9, 1 - 1e-8, 1e-8)));
    refusedInFloat("Optimizer.adam: beta1 is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        options.withOptimizer(Optimizer.adamW(1 - 1e-8, 0.999, 1e-8, 0.1)));
    refusedInFloat("Optimizer.adam: epsilon is 1.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withOptimizer(Optimizer.adam(0.9, 0.999, 1e-50)));
    refusedInFloat("Optimizer.momentum: friction is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        options.withOptimizer(Optimizer.momentum(1 - 1e-8)));
    refusedInFloat("Optimizer.momentum: friction is 0.99999999, which is 1.0 in FLOAT, expected less than 1",
        options.withOptimizer(Optimizer.nesterov(1 - 1e-8)));
    refusedInFloat("Loss.huber: delta is 1.0E-46, which is 0.0 in FLOAT, expected a positive number",
        options, Loss.huber(1e-46));
    refusedInFloat("Loss.huber: delta is 1.0E40, which is Infinity in FLOAT, expected a positive number",
        options, Loss.huber(1e40));
    refusedInFloat("Regularization: 2·l2 is 2.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withRegularization(Regularization.l2(1e-50)));
    refusedInFloat("Regularization: 2·l2 is 2.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withOptimizer(Optimizer.lbfgs(3)).withRegularization(Regularization.l2(1e-50)));
    refusedInFloat("Regularization: l1 is 1.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withRegularization(Regularization.l1(1e-50)));
    refusedInFloat("TrainerOptions: the first rate is 1.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withRate(1e-50));
    refusedInFloat("TrainerOptions: the first rate is 1.0E-50, which is 0.0 in FLOAT, expected a positive number",
        options.withRatePerEpoch(Schedule.exponential(1e-50, 0.5)));
  }

  @Test
  void ratesThatFadeAreNone() {
    Problem problem = Problem.of(Precision.FLOAT);
    problem.trainer(TrainerOptions.defaults().withRatePerEpoch(Schedule.exponential(1e-3, 1e-30)).withEpochs(4)).run();
    problem.again().trainer(TrainerOptions.defaults().withRatePerUpdate(r -> r == 1 ? 0 : 1e-3).withEpochs(1)).run();
    new Trainer(problem.network(), problem.theta(), Loss.softmaxCrossEntropy(), problem.set(),
        TrainerOptions.defaults().withRate(1e-50).withOptimizer(Optimizer.lbfgs(2)).withEpochs(1)).run();
  }

  /// With a gradient that does not change, m̂/√v̂ is its sign at every t, whatever the β: their corrections are those
  /// of the β used.
  @ParameterizedTest
  @EnumSource
  void adamsCorrectionsAreOfTheBetaThatIsUsed(Precision precision) {
    double least = precision == Precision.FLOAT ? 1e-7 : 1e-15;
    for (double rest : new double[] {0.1, 1e-3, 10 * least, least}) {
      UpdateRule rule = Optimizer.adam(1 - rest, 1 - rest, 1e-30);
      Tensor w = Tensor.zeros(precision, 1, 1);
      Tensor g = Tensor.zeros(precision, 1, 1);
      OptimizerState state = OptimizerState.initial(rule, precision, 1);
      PenalisedStep step = new PenalisedStep();
      for (int t = 1; t <= 3; t++) {
        g.fill(-0.25);
        step.begin(t, 1);
        step.penalise(Regularization.none(), true);
        rule.update(w, g, state.vectors(), 0, 1, step);
        assertEquals(t, w.get(0), 32 * precision.unitRoundoff(), "1 − β = " + rest + ", t = " + t);
      }
    }
  }

  /// The mean of a float network's losses is that of its outputs in double: squares of more than 1.8e19 among them.
  @Test
  void lossesOfFloatsAreSummedInDouble() {
    Random random = new Random(4);
    for (double scale : new double[] {1e-25, 1, 1e25}) {
      int rows = 1500;
      Tensor o = Tensor.zeros(Precision.FLOAT, rows, 2);
      Tensor y = Tensor.zeros(Precision.FLOAT, rows, 2);
      BigDecimal squares = BigDecimal.ZERO;
      BigDecimal sizes = BigDecimal.ZERO;
      BigDecimal hubers = BigDecimal.ZERO;
      double delta = (float) (0.7 * scale);
      for (int i = 0; i < o.size(); i++) {
        o.set(i, scale * random.nextGaussian());
        y.set(i, scale * random.nextGaussian());
        BigDecimal r = new BigDecimal(o.get(i)).subtract(new BigDecimal(y.get(i))).abs();
        BigDecimal d = new BigDecimal(delta);
        squares = squares.add(r.multiply(r));
        sizes = sizes.add(r);
        BigDecimal half = new BigDecimal(0.5);
        BigDecimal straight = d.multiply(r.subtract(d.multiply(half)));
        hubers = hubers.add(r.compareTo(d) <= 0 ? r.multiply(r).multiply(half) : straight);
      }
      assertMean(squares, rows, Loss.halfSquaredError(), o, y, 0.5);
      assertMean(squares, rows, Loss.meanSquaredError(), o, y, 0.5);
      assertMean(sizes, rows, Loss.meanAbsoluteError(), o, y, 0.5);
      assertMean(hubers, rows, Loss.huber(0.7 * scale), o, y, 0.5);
    }
  }

  private static void assertMean(BigDecimal sum, int rows, Loss loss, Tensor o, Tensor y, double factor) {
    double expected = sum.doubleValue() * factor / rows;
    assertEquals(expected, loss.value(o, y), 1e-14 * expected, loss.toString());
  }

  /// Half of 1, 2^-24 and 2^-24 are lost in a sum of floats.
  @Test
  void crossEntropiesOfFloatsAreSummedInDouble() {
    Tensor logits = Tensor.zeros(Precision.FLOAT, 3000, 2);
    Tensor classes = Tensor.zeros(Precision.FLOAT, 3000);
    for (int row = 0; row < 3000; row++) {
      logits.set(2 * row, row == 0 ? -30000 : 6);
    }
    double each = Loss.softmaxCrossEntropy().value(logits.slice(1, 1), classes.slice(1, 1));
    assertTrue(each > 1e-3 && each < 1e-2, "loss " + each);
    assertEquals((30000 + 2999 * each) / 3000, Loss.softmaxCrossEntropy().value(logits, classes), 1e-12);
  }

  @Test
  void penaltiesOfLargeWeights() {
    Dense layer = new Dense(1, 1, false, Activation.IDENTITY);
    Parameters theta = Parameters.of(layer.parameters(), Tensor.row(1e200));
    assertEquals(1e198, Regularization.l1(0.01).penalty(theta), 1e184);
    assertEquals(1e100, Regularization.l2(1e-300).penalty(theta), 1e86);
  }
}
