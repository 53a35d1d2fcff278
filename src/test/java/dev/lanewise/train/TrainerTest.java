package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.Schedule;
import dev.lanewise.train.optimizer.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That training learns, the same from the same seed, on any number of threads, and from where it was interrupted.
class TrainerTest {

  /// The three ways of gradient descent, all update rules, and methods for the whole set.
  enum Way {
    BATCH(Optimizer.nesterov(0.9), Batches.whole(), 0.3, 150),
    STOCHASTIC(Optimizer.sgd(), Batches.one(), 0.05, 20),
    SHUFFLED(Optimizer.adam(), Batches.shuffled(8), 0.02, 20),
    DRAWN(Optimizer.momentum(0.9), Batches.drawn(8), 0.05, 20),
    DECAYING(Optimizer.adamW(0.01), Batches.shuffled(32), 0.03, 40),
    CONJUGATE(Optimizer.conjugateGradient(), 40),
    LBFGS(Optimizer.lbfgs(5), 40);

    private final TrainerOptions options;

    Way(UpdateRule rule, Batches batches, double rate, int epochs) {
      options = TrainerOptions.defaults().withOptimizer(rule).withBatches(batches).withRate(rate).withEpochs(epochs)
          .withSeed(3);
    }

    Way(BatchMethod method, int epochs) {
      options = TrainerOptions.defaults().withOptimizer(method).withRegularization(Regularization.l2(1e-4))
          .withEpochs(epochs);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWayLearns(Way way) {
    for (Precision precision : Precision.values()) {
      Problem problem = Problem.of(precision);
      List<Double> losses = new ArrayList<>();
      Progress last = problem.trainer(way.options).validateOn(problem.validation()).listenTo(p -> losses.add(p.loss()))
          .run();
      assertTrue(losses.getFirst() > 0.6 || way.options.optimizer() instanceof BatchMethod, way + ": " + losses);
      assertTrue(last.loss() < 0.2, way + " " + precision + ": " + losses);
      assertTrue(last.validationLoss() < 0.5, way + " " + precision + ": " + last);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aResumedTrainingIsTheUninterruptedOneToTheBit(Way way) {
    TrainerOptions options = way.options.withEpochs(3);
    int epoch = options.batches().updates(Problem.SAMPLES);
    int updates = 3 * epoch;
    for (int interrupted : new int[] {0, 1, epoch, updates / 2, 2 * epoch, updates - 1, updates}) {
      Problem whole = Problem.of(Precision.FLOAT);
      Problem first = whole.again();
      Problem second = whole.again();
      List<Progress> expected = new ArrayList<>();
      List<Progress> resumed = new ArrayList<>();
      whole.trainer(options).validateOn(whole.validation()).listenTo(expected::add).run();
      Trainer before = first.trainer(options).validateOn(whole.validation()).listenTo(resumed::add);
      for (int update = 0; update < interrupted; update++) {
        before.step();
      }
      second.theta().flat().fill(0.25);
      Trainer after = second.trainer(options.withSeed(99)).validateOn(whole.validation());
      after.step();
      after.restore(before.state());
      after.listenTo(resumed::add);
      after.run();
      assertArrayEquals(whole.theta().flat().toDoubles(), second.theta().flat().toDoubles(),
          way + " interrupted at " + interrupted);
      assertEquals(expected.stream().map(TrainerTest::numbers).toList(),
          resumed.stream().map(TrainerTest::numbers).toList());
    }
  }

  private static List<Double> numbers(Progress p) {
    return List.of((double) p.epoch(), (double) p.updates(), p.loss(), p.validationLoss(), (double) p.bestEpoch(),
        p.rate());
  }

  @ParameterizedTest
  @EnumSource
  void aStateAtAnEpochsEndIsOfThatEpoch(Way way) {
    Problem problem = Problem.of(Precision.FLOAT);
    int updates = way.options.batches().updates(Problem.SAMPLES);
    Trainer trainer = problem.trainer(way.options.withEpochs(2)).validateOn(problem.validation());
    List<TrainerState> heard = new ArrayList<>();
    trainer.listenTo(p -> {
      TrainerState state = trainer.state();
      heard.add(state);
      assertEquals(List.of(p.epoch(), 0L, p.epoch() * updates, 0L, p.bestEpoch()),
          List.of(state.epoch(), (long) state.batch(), state.update(), state.lossSamples(), state.bestEpoch()));
      assertEquals(List.of(p.loss(), p.validationLoss(), p.rate(), 0.0),
          List.of(state.loss(), state.validationLoss(), state.rate(), state.lossSum()));
      assertArrayEquals(problem.theta().flat().toDoubles(), state.parameters().toDoubles());
      assertArrayEquals(state.parameters().toDoubles(), state.goodParameters().toDoubles());
      assertArrayEquals(state.optimizerVectors().toDoubles(), state.goodOptimizerVectors().toDoubles());
      assertArrayEquals(state.optimizerNumbers().toDoubles(), state.goodOptimizerNumbers().toDoubles());
    });
    trainer.run();
    assertEquals(2, heard.size());
    assertEquals(Math.min(heard.get(0).validationLoss(), heard.get(1).validationLoss()), heard.getLast().bestLoss());
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Sequential network = Sequential.of(new Dense(200, 180, Activation.RELU), new Dense(180, 150, Activation.TANH),
        new Dense(150, 10));
    Random random = new Random(1);
    Tensor classes = Tensor.zeros(Precision.FLOAT, 300);
    for (int n = 0; n < 300; n++) {
      classes.set(n, random.nextInt(10));
    }
    Dataset set = new Dataset(LossTest.normal(Precision.FLOAT, random, 300, 200), classes);
    TrainerOptions options = TrainerOptions.defaults().withBatches(Batches.shuffled(128)).withEpochs(2);
    List<double[]> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      for (int threads = 1; threads <= 4; threads++) {
        Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 5);
        new Trainer(network, theta, Loss.softmaxCrossEntropy(), set, options, new Workspace(executor, threads)).run();
        results.add(theta.flat().toDoubles());
      }
    }
    results.forEach(result -> assertArrayEquals(results.getFirst(), result));
  }

  /// Equation 45's average, whatever the slices: the gradient of many samples is that of one pass.
  @Test
  void manySamplesAreTakenInSlices() {
    Sequential network = Sequential.of(new Dense(2, 3, Activation.TANH), new Dense(3, 3));
    Dataset set = Problem.points(Precision.DOUBLE, 2500, 4);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 5);
    Backpropagation all = Backpropagation.of(
        List.of(network, new LossLayer(Loss.softmaxCrossEntropy(), set.targets())), withLoss(network, set, theta),
        set.inputs());
    Parameters sum = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    LossPass pass = new LossPass(network, Loss.softmaxCrossEntropy(), theta, set, new Workspace());
    assertEquals(all.loss(), pass.gradient(sum, true, 1), 1e-14);
    assertArrayEquals(all.g().flat().toDoubles(), sum.flat().toDoubles(), 1e-14);
    int[] order = new int[2500];
    for (int n = 0; n < 2500; n++) {
      order[n] = 2499 - n;
    }
    sum.flat().fill(0);
    assertEquals(all.loss(), pass.gradient(order, 0, 2500, sum, 1), 1e-14);
    assertArrayEquals(all.g().flat().toDoubles(), sum.flat().toDoubles(), 1e-14);
    assertEquals(all.loss(), pass.value(), 1e-14);
  }

  private static Parameters withLoss(Layer network, Dataset set, Parameters theta) {
    Sequential both = Sequential.of(network, new LossLayer(Loss.softmaxCrossEntropy(), set.targets()));
    return Parameters.of(both.parameters(), theta.flat());
  }

  @Test
  void weightsWeighSamples() {
    Problem weighted = Problem.of(Precision.DOUBLE);
    Problem repeated = weighted.again();
    Tensor weights = Tensor.zeros(Precision.DOUBLE, Problem.SAMPLES);
    weights.fill(1);
    weights.set(4, 2);
    weights.set(9, 0);
    int[] rows = new int[Problem.SAMPLES];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = n == 9 ? 4 : n;
    }
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withBatches(Batches.whole())
        .withRate(0.1).withEpochs(3);
    Dataset set = weighted.set();
    new Trainer(weighted.network(), weighted.theta(), Loss.softmaxCrossEntropy(),
        new Dataset(set.inputs(), set.targets(), weights), options).run();
    new Trainer(repeated.network(), repeated.theta(), Loss.softmaxCrossEntropy(), set.select(rows), options).run();
    assertArrayEquals(repeated.theta().flat().toDoubles(), weighted.theta().flat().toDoubles(), 1e-14);
    options = options.withBatches(Batches.shuffled(16));
    Problem all = weighted.again();
    Problem batches = weighted.again();
    Tensor ones = Tensor.zeros(Precision.DOUBLE, Problem.SAMPLES);
    ones.fill(1);
    new Trainer(all.network(), all.theta(), Loss.softmaxCrossEntropy(), set, options).run();
    new Trainer(batches.network(), batches.theta(), Loss.softmaxCrossEntropy(),
        new Dataset(set.inputs(), set.targets(), ones), options).run();
    assertArrayEquals(all.theta().flat().toDoubles(), batches.theta().flat().toDoubles(), 1e-14);
  }

  /// Adds to its input what the workspace draws: inference adds nothing.
  private record Noise(List<Long> drawn) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.none();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      if (ws.isTraining()) {
        drawn.add(ws.nextDraw());
      }
      return new Linearization() {
        @Override
        public Tensor output() {
          return x;
        }

        @Override
        public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
          yDot.copyFrom(xDot);
        }

        @Override
        public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
          if (!xBar.isNone()) {
            xBar.copyFrom(yBar);
          }
        }
      };
    }
  }

  @Test
  void layersDrawAnewAtEachUpdateTheSameFromTheSameSeedAndNotInValidation() {
    List<Long> first = drawn(1);
    assertEquals(2 * 2 * 10, first.size(), "two layers, two epochs of ten updates");
    assertEquals(first.size(), first.stream().distinct().count());
    assertEquals(first, drawn(1));
    assertNotEquals(first, drawn(2));
  }

  private static List<Long> drawn(long seed) {
    List<Long> drawn = new ArrayList<>();
    Sequential network = Sequential.of(new Noise(drawn), new Dense(2, 3), new Noise(drawn));
    Dataset set = Problem.points(Precision.DOUBLE, 75, 1);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 1);
    new Trainer(network, theta, Loss.softmaxCrossEntropy(), set,
        TrainerOptions.defaults().withBatches(Batches.shuffled(8)).withEpochs(2).withSeed(seed)).validateOn(set).run();
    return drawn;
  }

  @Test
  void ratesCountWhatTheOptionsSay() {
    Problem problem = Problem.of(Precision.DOUBLE);
    TrainerOptions options = TrainerOptions.defaults().withBatches(Batches.shuffled(25)).withEpochs(3);
    List<Double> rates = new ArrayList<>();
    problem.trainer(options.withRatePerUpdate(Schedule.inverse(0.6))).listenTo(p -> rates.add(p.rate())).run();
    problem.trainer(options.withRatePerEpoch(Schedule.inverse(0.6))).listenTo(p -> rates.add(p.rate())).run();
    assertEquals(List.of(0.6 / 3, 0.6 / 6, 0.6 / 9, 0.6, 0.6 / 2, 0.6 / 3), rates);
  }
}
