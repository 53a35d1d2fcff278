package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.UpdateRule;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where training ends, what it refuses, and what it must not allocate.
class TrainerLimitsTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void earlyStoppingPutsTheBestParametersBack() {
    Problem problem = Problem.of(Precision.DOUBLE);
    // Labels of the validation set that nothing can learn: its loss rises soon.
    Tensor labels = problem.validation().targets();
    for (int n = 0; n < labels.size(); n++) {
      labels.set(n, (labels.get(n) + n % 2) % 3);
    }
    List<double[]> parameters = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    Trainer trainer = problem.trainer(TrainerOptions.defaults().withRate(0.03)
        .withEarlyStopping(EarlyStopping.patience(5)).withEpochs(1000))
        .validateOn(problem.validation());
    trainer.listenTo(p -> {
      parameters.add(problem.theta().flat().toDoubles());
      losses.add(p.validationLoss());
    });
    Progress last = trainer.run();
    assertTrue(last.epoch() < 1000, last.toString());
    assertEquals(last.bestEpoch() + 5, last.epoch());
    assertEquals(losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
        losses.get((int) last.bestEpoch() - 1));
    assertArrayEquals(parameters.get((int) last.bestEpoch() - 1), problem.theta().flat().toDoubles());
    assertEquals("Trainer: early stopping without validation set, expected validateOn before",
        assertThrows(IllegalStateException.class,
        () -> problem.trainer(TrainerOptions.defaults().withEarlyStopping(EarlyStopping.patience(5))).run())
        .getMessage());
  }

  @Test
  void aLeastGainCountsSmallOnesAsNone() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Progress last = problem.trainer(TrainerOptions.defaults().withRate(1e-6)
        .withEarlyStopping(new EarlyStopping(3, 0.1)))
        .validateOn(problem.validation()).run();
    assertEquals(4, last.epoch());
    assertEquals(1, last.bestEpoch());
  }

  @Test
  void aListenerMayStop() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Trainer trainer = problem.trainer(TrainerOptions.defaults());
    trainer.listenTo(p -> {
      if (p.epoch() == 3) {
        trainer.stop();
      }
    });
    assertEquals(3, trainer.run().epoch());
    assertEquals(100, trainer.listenTo(_ -> {}).run().epoch(), "and it can go on");
  }

  @ParameterizedTest
  @EnumSource
  void aDivergingTrainingKeepsTheLastGoodEpoch(Precision precision) {
    Problem problem = Problem.of(precision);
    List<double[]> parameters = new ArrayList<>();
    parameters.add(problem.theta().flat().toDoubles());
    Trainer trainer = new Trainer(problem.network(), problem.theta(), Loss.meanSquaredError(),
        new Dataset(problem.set().inputs(), LossTest.normal(precision, new Random(1), Problem.SAMPLES, 3)),
        TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withBatches(Batches.shuffled(75)).withRate(30)
        .withEpochs(1000));
    trainer.listenTo(p -> parameters.add(problem.theta().flat().toDoubles()));
    DivergedException diverged = assertThrows(DivergedException.class, trainer::run);
    assertEquals(parameters.size(), diverged.epoch());
    assertTrue(diverged.getMessage().contains(" epoch " + diverged.epoch()), diverged.getMessage());
    assertTrue(diverged.getMessage().endsWith("; the parameters are those after epoch " + (diverged.epoch() - 1)
        + ". A smaller rate may help"), diverged.getMessage());
    assertArrayEquals(parameters.getLast(), problem.theta().flat().toDoubles());
    assertArrayEquals(parameters.getLast(), trainer.state().parameters().toDoubles());
    assertThrows(IllegalStateException.class, trainer::step);
  }

  @Test
  void proximalStepsMakeWeightsExactlyZeroAndExemptBiases() {
    Problem problem = Problem.of(Precision.FLOAT);
    Regularization sparse = Regularization.l1(0.02);
    assertEquals(0, sparse.zeros(problem.theta()));
    problem.trainer(TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(0.1).withRegularization(sparse)
        .withEpochs(100)).run();
    long zeros = sparse.zeros(problem.theta());
    assertTrue(zeros > 20 && zeros < 2 * 12 + 12 * 7 + 7 * 3, zeros + " zeros");
    Problem emptied = problem.again();
    emptied.trainer(TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(0.1)
        .withRegularization(Regularization.l1(10)).withEpochs(20)).run();
    assertEquals(2 * 12 + 12 * 7 + 7 * 3, sparse.zeros(emptied.theta()), "all weights");
    assertTrue(emptied.theta().get("2.bias").toDoubles()[0] != 0, "biases are exempt");
    assertEquals(emptied.theta().flat().size() - 12 - 7 - 3, sparse.zeros(emptied.theta()));
  }

  /// With a gradient of 0, decay alone moves parameters: w·(1 − ρ·2λ) for l2, w·(1 − ρ·decay) for AdamW; biases only if
  /// asked for.
  @Test
  void decayShrinksWeightsAndSparesBiases() {
    Sequential network = Sequential.of(new Dense(2, 1));
    Tensor x = Tensor.zeros(Precision.DOUBLE, 2, 2);
    for (boolean biases : new boolean[] {false, true}) {
      for (UpdateRule rule : new UpdateRule[] {Optimizer.sgd(), Optimizer.adamW(0.5)}) {
        Parameters theta = Parameters.zeros(network.parameters(), Precision.DOUBLE);
        theta.flat().fill(2);
        Tensor y = Tensor.of(new double[] {2, 2}, 2, 1);
        Regularization decay = new Regularization(rule.decays() ? 0 : 0.25, 0, biases);
        new Trainer(network, theta, Loss.halfSquaredError(), new Dataset(x, y),
            TrainerOptions.defaults().withOptimizer(rule).withBatches(Batches.whole()).withRate(0.1)
            .withRegularization(decay)).step();
        double kept = 2 * (1 - 0.1 * 0.5);
        assertArrayEquals(new double[] {kept, kept, biases ? kept : 2}, theta.flat().toDoubles(), 1e-15,
            rule + " " + biases);
      }
    }
    Parameters theta = Parameters.of(network.parameters(), Tensor.row(3.0, -4, 100));
    assertEquals(0.1 * 25 + 0.01 * 7, new Regularization(0.1, 0.01, false).penalty(theta), 1e-15);
    assertEquals(0.1 * 10025 + 0.01 * 107, new Regularization(0.1, 0.01, true).penalty(theta), 1e-12);
  }

  /// Measured on the portable kernels: the Vector API boxes vectors until C2 has compiled the loop.
  @ParameterizedTest
  @EnumSource
  void aStepAllocatesNothing(Precision precision) {
    assumeFalse(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    for (UpdateRule rule : new UpdateRule[] {Optimizer.sgd(), Optimizer.momentum(0.9), Optimizer.adamW(0.1)}) {
      for (Batches batches : new Batches[] {Batches.whole(), Batches.one(), Batches.shuffled(32), Batches.drawn(8)}) {
        Problem problem = Problem.of(precision);
        Trainer trainer = problem.trainer(TrainerOptions.defaults().withOptimizer(rule).withBatches(batches)
            .withRegularization(Regularization.l2(0.01))).validateOn(problem.validation());
        int updates = batches.updates(Problem.SAMPLES);
        for (int update = 0; update < updates; update++) {
          trainer.step();
        }
        long least = Long.MAX_VALUE;
        for (int epoch = 0; epoch < 4; epoch++) {
          long overhead = THREADS.getCurrentThreadAllocatedBytes();
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int update = 0; update < updates; update++) {
            trainer.step();
          }
          long after = THREADS.getCurrentThreadAllocatedBytes();
          least = Math.min(least, after - before - (before - overhead));
        }
        assertEquals(0, least, rule + ", " + batches);
      }
    }
  }

  @Test
  void badSets() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    Tensor y = Tensor.of(new double[] {0, 1}, 2);
    refused("Dataset: inputs has NaN at row 1, column 0, expected a finite number",
        () -> new Dataset(Tensor.of(new double[] {1, 2, Double.NaN, 4}, 2, 2), y));
    refused("Dataset: inputs has Infinity at row 0, column 1, expected a finite number",
        () -> new Dataset(Tensor.of(new double[] {1, Double.POSITIVE_INFINITY, 3, 4}, 2, 2), y));
    refused("Dataset: targets has NaN at row 1, column 0, expected a finite number",
        () -> new Dataset(x, Tensor.of(new double[] {1, Double.NaN}, 2)));
    refused("Dataset: has 0 samples, expected at least 1",
        () -> new Dataset(Tensor.zeros(Precision.DOUBLE, 0, 2), Tensor.zeros(Precision.DOUBLE, 0)));
    refused("Dataset: targets has 3 rows, expected 2 as inputs has",
        () -> new Dataset(x, Tensor.zeros(Precision.DOUBLE, 3)));
    refused("Dataset: targets is FLOAT [2], expected DOUBLE with an axis of samples",
        () -> new Dataset(x, Tensor.zeros(Precision.FLOAT, 2)));
    refused("Dataset: weights has -2.0 at row 1, expected a finite number, at least 0",
        () -> new Dataset(x, y, Tensor.of(new double[] {1, -2}, 2)));
    refused("Dataset: weights have shape [2, 1], expected [2]",
        () -> new Dataset(x, y, Tensor.zeros(Precision.DOUBLE, 2, 1)));
    refused("RowOps.gather: row 2, expected one of the 2 of x", () -> new Dataset(x, y).select(0, 2));
    refused("Dataset: has 0 samples, expected at least 1", () -> new Dataset(x, y).select());
  }

  @Test
  void badTrainings() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Sequential network = problem.network();
    Parameters theta = problem.theta();
    Loss loss = Loss.softmaxCrossEntropy();
    TrainerOptions options = TrainerOptions.defaults();
    refused("Trainer: the training set has 1 sample, expected at least 2",
        () -> new Trainer(network, theta, loss, problem.set().select(0), options.withBatches(Batches.whole())));
    Tensor labels = problem.set().targets().copy();
    labels.set(3, 5);
    refused("softmaxCrossEntropy: targets has class 5.0 at row 3, expected a whole number from 0 to 2",
        () -> new Trainer(network, theta, loss, new Dataset(problem.set().inputs(), labels), options));
    refused("Dense[in=2, out=12, TANH]: input has 3 features, expected 2",
        () -> new Trainer(network, theta, loss,
        new Dataset(Tensor.zeros(Precision.DOUBLE, 40, 3), Tensor.zeros(Precision.DOUBLE, 40)), options));
    refused("Trainer: Dataset[FLOAT inputs [40, 2], targets [40]], expected DOUBLE as the parameters are",
        () -> problem.trainer(options).validateOn(Problem.points(Precision.FLOAT, 40, 1)));
    refused("Trainer: parameters are [1, 39], expected [1, 151] of the network, and at least one",
        () -> new Trainer(network, Parameters.zeros(new Dense(2, 13).parameters(), Precision.DOUBLE), loss,
        problem.set(), options));
    Parameters broken = Parameters.of(theta.spec(), theta.flat().copy());
    broken.flat().set(40, Double.NaN);
    refused("Trainer: parameters has NaN at row 0, column 40, expected a finite number",
        () -> new Trainer(network, broken, loss, problem.set(), options));
    refused("TrainerOptions: 0 epochs, expected at least 1", () -> options.withEpochs(0));
    refused("TrainerOptions: lbfgs(3) with Batches[kind=SHUFFLED, size=9], expected Batches.whole()",
        () -> options.withOptimizer(Optimizer.lbfgs(3)).withBatches(Batches.shuffled(9)));
    refused("TrainerOptions: conjugateGradient with an l1 penalty, expected a smooth cost or an update rule",
        () -> options.withRegularization(Regularization.l1(1)).withOptimizer(Optimizer.conjugateGradient()));
    refused("Regularization: l2 is -1.0 and l1 0.0, expected numbers, at least 0", () -> Regularization.l2(-1));
    refused("EarlyStopping: patience of 0 epochs, expected at least 1", () -> EarlyStopping.patience(0));
    refused("Optimizer.momentum: friction is 1.0, expected at least 0 and less than 1", () -> Optimizer.momentum(1));
    refused("Optimizer.adam: beta1 is 0.9 and beta2 1.0, expected at least 0 and less than 1",
        () -> Optimizer.adam(0.9, 1, 1e-8));
    refused("Optimizer.adam: epsilon is 0.0, expected a positive number", () -> Optimizer.adam(0.9, 0.99, 0));
    refused("Optimizer.adamW: decay is -1.0, expected a number, at least 0", () -> Optimizer.adamW(-1));
    refused("Optimizer.lbfgs: memory of 0 pairs, expected at least 1", () -> Optimizer.lbfgs(0));
  }

  @Test
  void statesOfOthersAreRefusedAndNothingIsTakenOver() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Trainer adam = problem.trainer(TrainerOptions.defaults());
    double[] before = problem.theta().flat().toDoubles();
    Problem other = problem.again();
    Trainer momentum = other.trainer(TrainerOptions.defaults().withOptimizer(Optimizer.momentum(0.9))
        .withBatches(Batches.one()));
    momentum.step();
    refused("Trainer: state's optimizer vectors is DOUBLE [1, 151], expected DOUBLE [2, 151]",
        () -> adam.restore(state(momentum.state(), 0)));
    TrainerState fits = adam.state();
    refused("Trainer: state's good optimizer vectors is DOUBLE [1, 151], expected DOUBLE [2, 151]",
        () -> adam.restore(new TrainerState(fits.parameters(), fits.optimizerVectors(), fits.optimizerNumbers(),
            fits.goodParameters(), momentum.state().optimizerVectors(), fits.goodOptimizerNumbers(),
            fits.bestParameters(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
    refused("Trainer: state of epoch 0, batch 0, update 3, expected 3 updates an epoch",
        () -> adam.restore(state(fits, 0, 0, 3)));
    refused("Trainer: state of epoch 2, batch 1, update 6, expected 3 updates an epoch",
        () -> adam.restore(state(fits, 2, 1, 6)));
    refused("Trainer: state of epoch 0, batch 3, update 3, expected a batch of 0 to 2",
        () -> adam.restore(state(fits, 0, 3, 3)));
    refused("Trainer: state of epoch 0, batch 70, update 70, expected a batch of 0 to 2",
        () -> adam.restore(state(momentum.state(), 70)));
    assertArrayEquals(before, problem.theta().flat().toDoubles());
    assertFalse(Double.isNaN(adam.step()));
  }

  private static TrainerState state(TrainerState s, int batch) {
    return state(s, 0, batch, batch);
  }

  private static TrainerState state(TrainerState s, long epoch, int batch, long update) {
    return new TrainerState(s.parameters(), s.optimizerVectors(), s.optimizerNumbers(), s.goodParameters(),
        s.goodOptimizerVectors(), s.goodOptimizerNumbers(), s.bestParameters(), s.seed(), epoch, batch, update,
        s.lossSum(), s.lossSamples(), s.loss(), s.validationLoss(), s.rate(), s.bestLoss(), s.bestEpoch());
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
