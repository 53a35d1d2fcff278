package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Objective;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is left of a training that fails: the best parameters, and the last good epoch to go on from as if nothing had
/// happened.
class DivergenceTest {

  private static final String HINT = ". A smaller rate may help";
  private static final String NO_STEP = ". No step was taken before: look at inputs, targets and initial parameters";

  private static Trainer trainer(Trouble trouble, Parameters theta, TrainerOptions options) {
    return new Trainer(network(trouble), theta, Loss.softmaxCrossEntropy(),
        Problem.points(Precision.FLOAT, 75, 1), options).validateOn(Problem.points(Precision.FLOAT, 40, 2));
  }

  private static Sequential network(Trouble trouble) {
    return Sequential.of(new Dense(2, 8), trouble, new Dense(8, 3));
  }

  private static Parameters theta() {
    return Parameters.initialize(network(new Trouble(Trouble.Kind.OUTPUT)).parameters(), Precision.FLOAT, 3);
  }

  /// Five updates an epoch, which draw, and a rule that remembers.
  private static TrainerOptions options() {
    return TrainerOptions.defaults().withBatches(Batches.drawn(15)).withRatePerUpdate(Schedule.inverse(0.1))
        .withEpochs(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"OUTPUT", "COTANGENT", "PULL"})
  void whatFollowsAFailedStepIsWhatWouldHaveFollowed(Trouble.Kind kind) {
    Parameters expected = theta();
    Progress end = trainer(new Trouble(kind), expected, options()).run();
    for (int update : new int[] {0, 3, 5, 12, 14}) {
      Trouble trouble = new Trouble(kind);
      Parameters theta = theta();
      Trainer trainer = trainer(trouble, theta, options());
      List<double[]> good = new ArrayList<>(List.of(theta.flat().toDoubles()));
      trainer.listenTo(_ -> good.add(theta.flat().toDoubles()));
      trouble.after(update);
      RuntimeException failure = assertThrows(RuntimeException.class, trainer::run);
      TrainerState state = trainer.state();
      assertArrayEquals(good.getLast(), state.parameters().toDoubles(), kind + " in update " + update);
      assertEquals(List.of(update / 5L, 0L, update / 5 * 5L, 0L),
          List.of(state.epoch(), (long) state.batch(), state.update(), state.lossSamples()));
      if (failure instanceof DivergedException) {
        trainer.restore(state);
      }
      assertEquals(numbers(end), numbers(trainer.run()));
      assertArrayEquals(expected.flat().toDoubles(), theta.flat().toDoubles(), kind + " in update " + update);
    }
  }

  private static List<Object> numbers(Progress p) {
    return List.of(p.epoch(), p.updates(), p.loss(), p.validationLoss(), p.bestEpoch(), p.rate(), p.status());
  }

  /// The good epoch is part of a state: also of one in the middle of an epoch.
  @Test
  void aResumedTrainingGoesBackToTheSameEpoch() {
    Trouble trouble = new Trouble(Trouble.Kind.OUTPUT);
    Trainer whole = trainer(trouble, theta(), options());
    Trouble otherTrouble = new Trouble(Trouble.Kind.OUTPUT);
    Trainer resumed = trainer(otherTrouble, theta(), options());
    for (int update = 0; update < 8; update++) {
      whole.step();
    }
    resumed.restore(whole.state());
    trouble.after(1);
    otherTrouble.after(1);
    assertThrows(DivergedException.class, whole::run);
    assertThrows(DivergedException.class, resumed::run);
    TrainerState expected = whole.state();
    TrainerState state = resumed.state();
    assertEquals(5, state.update());
    assertArrayEquals(expected.parameters().toDoubles(), state.parameters().toDoubles());
    assertArrayEquals(expected.optimizerVectors().toDoubles(), state.optimizerVectors().toDoubles());
  }

  @Test
  void theBestParametersAreThereAndTheLastGoodOnesToGoOnFrom() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Dataset set = squares(problem, 1);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.momentum(0.5))
        .withBatches(Batches.shuffled(25)).withEpochs(1000)
        .withRatePerEpoch(epoch -> epoch < 6 ? 0.05 : 20);
    Trainer trainer = new Trainer(problem.network(), problem.theta(), Loss.meanSquaredError(), set, options)
        .validateOn(set);
    List<double[]> parameters = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    trainer.listenTo(p -> {
      parameters.add(problem.theta().flat().toDoubles());
      losses.add(p.validationLoss());
    });
    DivergedException diverged = assertThrows(DivergedException.class, trainer::run);
    Progress last = diverged.progress();
    assertEquals(Progress.Status.DIVERGED, last.status());
    assertEquals(diverged.epoch() - 1, last.epoch());
    assertEquals(parameters.size(), last.epoch());
    assertEquals(5, last.bestEpoch());
    assertEquals(losses.getLast(), last.validationLoss());
    assertTrue(last.epoch() > last.bestEpoch()
        && diverged.getMessage().endsWith("; the parameters are those after epoch 5" + HINT),
        diverged.getMessage());
    assertArrayEquals(parameters.get(4), problem.theta().flat().toDoubles());
    TrainerState state = trainer.state();
    assertArrayEquals(parameters.getLast(), state.parameters().toDoubles());
    assertArrayEquals(parameters.get(4), state.bestParameters().toDoubles());
    assertThrows(IllegalStateException.class, trainer::step);
    assertThrows(IllegalStateException.class, trainer::run);
    Trainer smaller = new Trainer(problem.network(), problem.theta(), Loss.meanSquaredError(), set,
        options.withRatePerEpoch(_ -> 0)).validateOn(set);
    smaller.restore(state);
    smaller.step();
    assertArrayEquals(parameters.getLast(), problem.theta().flat().toDoubles(), "those that another rate goes on from");
  }

  private static Dataset squares(Problem problem, double scale) {
    Tensor y = LossTest.normal(problem.set().precision(), new Random(1), Problem.SAMPLES, 3);
    for (int position = 0; position < y.size(); position++) {
      y.set(position, scale * y.get(position));
    }
    return new Dataset(problem.set().inputs(), y);
  }

  @Test
  void messagesSayWhereAndBlameTheRateWhereItMayBeTheCause() {
    Problem problem = Problem.of(Precision.DOUBLE);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withBatches(Batches.shuffled(15));
    Dataset far = squares(problem, 1e6);
    Dataset wild = squares(problem, 1e200);
    assertDiverged("loss is Infinity in epoch 1, update 1 of 5; the parameters are those of the beginning" + NO_STEP,
        problem, wild, far, options);
    assertDiverged("a parameter is not finite at the end of epoch 1; the parameters are those of the beginning" + HINT,
        problem, far, far, options.withRatePerUpdate(r -> r < 5 ? 0 : Double.MAX_VALUE));
    assertDiverged("a parameter is not finite at the end of epoch 3; the parameters are those after epoch 1" + HINT,
        problem, far, far, options.withRatePerUpdate(r -> r < 15 ? 0 : Double.MAX_VALUE));
    assertDiverged("loss is NaN in epoch 3, update 2 of 5; the parameters are those after epoch 1" + HINT,
        problem, far, far, options.withRatePerUpdate(r -> r < 11 ? 0 : Double.MAX_VALUE));
    double loss = new Trainer(problem.network(), problem.again().theta(), Loss.meanSquaredError(), far,
        options.withBatches(Batches.whole())).step();
    assertDiverged("validation loss is Infinity beside a training loss of " + loss + " at the end of epoch 1; "
        + "the parameters are those of the beginning", problem, far, wild,
        options.withBatches(Batches.whole()).withRate(1e-9));
    assertDiverged("cost is NaN in epoch 3, update 1 of 1; the parameters are those after epoch 1", 
        problem, far, far, options.withOptimizer(new Wild()));
  }

  @Test
  void aGradientThatIsNotFiniteBeforeAnyStepIsNotTheRatesFault() {
    Trouble trouble = new Trouble(Trouble.Kind.COTANGENT);
    Trainer trainer = trainer(trouble, theta(), options());
    trouble.after(0);
    assertEquals(
        "Trainer: the gradient is not finite in epoch 1, update 1 of 5; the parameters are those of the beginning"
        + NO_STEP,
        assertThrows(DivergedException.class, trainer::step).getMessage());
  }

  private static void assertDiverged(String message, Problem problem, Dataset set, Dataset validation,
      TrainerOptions options) {
    Problem again = problem.again();
    Trainer trainer = new Trainer(again.network(), again.theta(), Loss.meanSquaredError(), set, options)
        .validateOn(validation);
    assertEquals("Trainer: " + message, assertThrows(DivergedException.class, trainer::run).getMessage());
  }

  /// Adds 1 to each parameter, and knows no value at its third iteration.
  private record Wild() implements BatchMethod {

    @Override
    public int stateVectors() {
      return 1;
    }

    @Override
    public int stateNumbers() {
      return 1;
    }

    @Override
    public double iterate(Objective objective, OptimizerState state) {
      state.numbers().set(0, state.numbers().get(0) + 1);
      state.vector(0).fill(7);
      for (int position = 0; position < objective.point().size(); position++) {
        objective.point().set(position, objective.point().get(position) + 1);
      }
      return state.numbers().get(0) == 3 ? Double.NaN : 1;
    }

    @Override
    public boolean hasStalled(OptimizerState state) {
      return false;
    }
  }

  @Test
  void aMethodForTheWholeSetBeginsAnewAtTheLastGoodEpoch() {
    Problem problem = Problem.of(Precision.DOUBLE);
    double[] begin = problem.theta().flat().toDoubles();
    Trainer trainer = problem.trainer(TrainerOptions.defaults().withOptimizer(new Wild()));
    assertThrows(DivergedException.class, trainer::run);
    TrainerState state = trainer.state();
    assertEquals(2, state.epoch());
    assertEquals(begin[0] + 2, state.parameters().get(0), 1e-15);
    assertEquals(0, state.optimizerNumbers().get(0));
    assertArrayEquals(new double[begin.length], state.optimizerVectors().toDoubles());
    trainer.restore(state);
    trainer.step();
    trainer.step();
    assertEquals(4, trainer.progress().epoch());
  }
}
