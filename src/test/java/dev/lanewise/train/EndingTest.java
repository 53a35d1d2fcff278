package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Objective;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.OptimizerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Why a training ends, and that it goes on as if it had not.
class EndingTest {

  private static final int EPOCHS = 12;

  /// Labels of the validation set that nothing can learn: its loss rises soon.
  private static Dataset unlearnable(Problem problem) {
    Tensor labels = problem.validation().targets().copy();
    for (int n = 0; n < labels.size(); n++) {
      labels.set(n, (labels.get(n) + n % 2) % 3);
    }
    return new Dataset(problem.validation().inputs(), labels);
  }

  private static TrainerOptions patient(int patience) {
    return TrainerOptions.defaults().withRate(0.03).withEpochs(EPOCHS)
        .withEarlyStopping(EarlyStopping.patience(patience));
  }

  private static Trainer trainer(Problem problem, int patience) {
    return problem.trainer(patient(patience)).validateOn(unlearnable(problem));
  }

  private static void stopAt(Trainer trainer, long epoch) {
    trainer.listenTo(p -> {
      if (p.epoch() == epoch) {
        trainer.stop();
      }
    });
  }

  /// Each way to go on from a stop: another run, a state taken then, steps.
  @Test
  void whatFollowsAStopIsWhatWouldHaveFollowed() {
    Problem whole = Problem.of(Precision.FLOAT);
    Progress expected = trainer(whole, 100).run();
    assertTrue(expected.bestEpoch() < EPOCHS - 3, expected.toString());
    for (long epoch = 1; epoch < EPOCHS; epoch++) {
      Problem problem = whole.again();
      problem.theta().flat().copyFrom(Problem.of(Precision.FLOAT).theta().flat());
      Problem other = problem.again();
      Problem third = problem.again();
      Trainer stopped = trainer(problem, 100);
      stopAt(stopped, epoch);
      assertEquals(Status.STOPPED, stopped.run().status());
      assertEquals(epoch, stopped.run().epoch() - (EPOCHS - epoch), "a second run goes on");
      requireSame(whole, expected, problem, stopped.progress(), epoch);

      Trainer again = trainer(other, 100);
      stopAt(again, epoch);
      again.run();
      Trainer resumed = trainer(third, 100);
      resumed.restore(again.state());
      requireSame(whole, expected, third, resumed.run(), epoch);
      again.step();
      requireSame(whole, expected, other, again.run(), epoch);
    }
  }

  private static void requireSame(Problem whole, Progress expected, Problem problem, Progress last, long epoch) {
    assertArrayEquals(whole.theta().flat().toDoubles(), problem.theta().flat().toDoubles(),
        "stopped after epoch " + epoch);
    assertEquals(numbers(expected), numbers(last));
  }

  private static List<Object> numbers(Progress p) {
    return List.of(p.epoch(), p.epochs(), p.updates(), p.loss(), p.validationLoss(), p.bestEpoch(), p.rate(),
        p.status());
  }

  @Test
  void aTrainingThatRanOutOfPatienceGoesOnWithMore() {
    Problem whole = Problem.of(Precision.FLOAT);
    Problem hasty = whole.again();
    Problem resumed = whole.again();
    Progress expected = trainer(whole, 100).run();
    Trainer trainer = trainer(hasty, 2);
    Progress end = trainer.run();
    assertEquals(Status.EARLY_STOPPING, end.status());
    assertEquals(end.bestEpoch() + 2, end.epoch());
    assertEquals(numbers(end), numbers(trainer.run()), "there is nothing left to do");
    Trainer patient = trainer(resumed, 100);
    patient.restore(trainer.state());
    requireSame(whole, expected, resumed, patient.run(), end.epoch());
  }

  /// Who changes parameters between epochs, as by keeping weights within bounds, finds them so when it goes on.
  @Test
  void whatAListenerChangedIsKept() {
    List<double[]> results = new ArrayList<>();
    for (long stop : new long[] {0, 7}) {
      Problem problem = Problem.of(Precision.FLOAT);
      Trainer trainer = trainer(problem, 100);
      Tensor theta = problem.theta().flat();
      trainer.listenTo(p -> {
        for (int position = 0; position < theta.size(); position++) {
          theta.set(position, Math.clamp(theta.get(position), -0.3, 0.3));
        }
        if (p.epoch() == stop) {
          trainer.stop();
        }
      });
      trainer.run();
      trainer.run();
      results.add(trainer.state().parameters().toDoubles());
    }
    assertArrayEquals(results.get(0), results.get(1));
    assertTrue(Arrays.stream(results.get(1)).allMatch(w -> Math.abs(w) <= 0.3f));
  }

  @Test
  void theMostPatientStillPutsTheBestBackAndNeverDoesNot() {
    Problem patient = Problem.of(Precision.FLOAT);
    Problem never = patient.again();
    List<double[]> parameters = new ArrayList<>();
    Progress end = trainer(patient, Integer.MAX_VALUE)
        .listenTo(_ -> parameters.add(patient.theta().flat().toDoubles())).run();
    assertEquals(EPOCHS, end.epoch());
    assertTrue(end.bestEpoch() < EPOCHS);
    assertArrayEquals(parameters.get((int) end.bestEpoch() - 1), patient.theta().flat().toDoubles());
    TrainerOptions last = patient(1).withEarlyStopping(EarlyStopping.never());
    never.trainer(last).run();
    assertArrayEquals(parameters.getLast(), never.theta().flat().toDoubles());
    assertThrows(IllegalStateException.class,
        () -> Problem.of(Precision.FLOAT).trainer(patient(Integer.MAX_VALUE)).run());
    assertEquals(new EarlyStopping(false, 0, 0), EarlyStopping.never());
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(false, 3, 0));
  }

  @Test
  void aStopBeforeTheRunIsHeard() {
    Problem problem = Problem.of(Precision.FLOAT);
    double[] begin = problem.theta().flat().toDoubles();
    Trainer trainer = problem.trainer(TrainerOptions.defaults().withEpochs(3));
    trainer.stop();
    Progress none = trainer.run();
    assertEquals(Status.STOPPED, none.status());
    assertEquals(0, none.updates());
    assertArrayEquals(begin, problem.theta().flat().toDoubles());
    assertEquals(Optional.empty(), none.left(), "nobody knows before the first update");
    assertEquals(Status.LAST_EPOCH, trainer.run().status(), "and a second run goes on");
    assertEquals(Status.LAST_EPOCH, trainer.run().status());
  }

  /// A stop that comes while an epoch is done lets it end.
  @Test
  void aStopEndsTheEpochThatIsBeingDone() {
    Trouble trouble = new Trouble(Trouble.Kind.CALL);
    Sequential network = Sequential.of(new Dense(2, 5, Activation.TANH), trouble, new Dense(5, 3));
    Trainer trainer = new Trainer(network, Parameters.initialize(network.parameters(), Precision.FLOAT, 1),
        Loss.softmaxCrossEntropy(), Problem.points(Precision.FLOAT, 75, 1),
        TrainerOptions.defaults().withBatches(Batches.shuffled(15)));
    trouble.after(7, trainer::stop);
    Progress end = trainer.run();
    assertEquals(2, end.epoch());
    assertEquals(10, end.updates());
    trainer.step();
    trainer.stop();
    assertEquals(15, trainer.run().updates(), "the epoch that steps began");
    trouble.after(0, () -> {
      trainer.stop();
      throw new UnsupportedOperationException("after a stop");
    });
    assertThrows(UnsupportedOperationException.class, trainer::run);
    assertEquals(Status.LAST_EPOCH, trainer.run().status(), "that stop was of the run that failed");
  }

  @Test
  void theListenerHearsWhyItEnds() {
    assertEquals(List.of(Status.TRAINING, Status.TRAINING, Status.LAST_EPOCH),
        heard(TrainerOptions.defaults().withEpochs(3), _ -> {}));
    List<Status> statuses = heard(patient(2), trainer -> trainer.validateOn(unlearnable(Problem.of(Precision.FLOAT))));
    assertEquals(Status.EARLY_STOPPING, statuses.getLast());
    assertFalse(statuses.subList(0, statuses.size() - 1).contains(Status.EARLY_STOPPING));
    assertEquals(Status.STALLED, heard(TrainerOptions.defaults().withOptimizer(new Still()), _ -> {}).getLast());
  }

  private static List<Status> heard(TrainerOptions options, Consumer<Trainer> change) {
    Trainer trainer = Problem.of(Precision.FLOAT).trainer(options);
    change.accept(trainer);
    List<Status> statuses = new ArrayList<>();
    Progress end = trainer.listenTo(p -> statuses.add(p.status())).run();
    assertEquals(statuses.getLast(), end.status());
    return statuses;
  }

  /// Finds a smaller value twice.
  private record Still() implements BatchMethod {

    @Override
    public int stateVectors() {
      return 0;
    }

    @Override
    public int stateNumbers() {
      return 1;
    }

    @Override
    public double iterate(Objective objective, OptimizerState state) {
      state.numbers().set(0, state.numbers().get(0) + 1);
      return 3 - state.numbers().get(0);
    }

    @Override
    public boolean hasStalled(OptimizerState state) {
      return state.numbers().get(0) == 3;
    }
  }

  @Test
  void progressIsThereAtAnyTime() {
    Problem problem = Problem.of(Precision.FLOAT);
    Trainer trainer = problem.trainer(TrainerOptions.defaults().withBatches(Batches.shuffled(15)).withEpochs(2))
        .validateOn(problem.validation());
    assertEquals(Optional.empty(), trainer.progress().left());
    assertTrue(Double.isNaN(trainer.progress().rate()));
    trainer.step();
    assertTrue(trainer.progress().left().isPresent(), "known before the first epoch ends");
    assertEquals(1, trainer.progress().updates());
    Progress end = trainer.run();
    Trainer other = problem.again().trainer(TrainerOptions.defaults().withBatches(Batches.shuffled(15)).withEpochs(2))
        .validateOn(problem.validation());
    other.restore(trainer.state());
    assertEquals(numbers(end), numbers(other.run()), "of a training that is done");
  }

  /// What is told is the mean loss of the epoch's samples, without the penalty.
  @Test
  void theLossToldHasNoPenalty() {
    for (Optimizer optimizer : new Optimizer[] {Optimizer.lbfgs(3), Optimizer.conjugateGradient(), Optimizer.sgd()}) {
      Problem problem = Problem.of(Precision.DOUBLE);
      TrainerOptions options = TrainerOptions.defaults().withRegularization(Regularization.l2(0.5)).withEpochs(2)
          .withBatches(Batches.whole());
      Trainer trainer = problem.trainer(optimizer instanceof BatchMethod method ? options.withOptimizer(method)
          : options.withRate(1e-9));
      Progress end = trainer.validateOn(problem.set()).run();
      assertEquals(end.validationLoss(), end.loss(), 1e-7, optimizer.toString());
    }
  }

  /// Batches of 25, 25 and 10 samples count by their sizes.
  @Test
  void theLossToldIsTheMeanOverSamples() {
    Problem problem = Problem.of(Precision.DOUBLE);
    Dataset set = Problem.points(Precision.DOUBLE, 60, 1);
    Trainer trainer = new Trainer(problem.network(), problem.theta(), Loss.softmaxCrossEntropy(), set,
        TrainerOptions.defaults().withBatches(Batches.shuffled(25)).withRatePerUpdate(_ -> 0).withEpochs(1))
        .validateOn(set);
    Progress end = trainer.run();
    assertEquals(end.validationLoss(), end.loss(), 1e-14);
  }
}
