package dev.lanewise.graph;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedModes;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Batches;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A perceptron 64-64-64-64-64 from an expression, in turn with [Sequential] of [Dense] with the same weights: its
/// value at a row, its prepared value and Jacobian there, and a training step by SGD with half the squared error of 32
/// samples.
public class PerceptronBenchmark extends ContestBenchmark {

  /// Nanoseconds of one call, medians over an iteration's rounds, and the most bytes allocated by a turn of the
  /// expression.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double value;
    public double sequentialValue;
    public double jacobian;
    public double sequentialJacobian;
    public double step;
    public double sequentialStep;
    public double bytes;
  }

  /// One of the two networks, with all that is timed of it.
  private static final class Contestant {

    private final Layer network;
    private final Parameters theta;
    private final Tensor x;
    private final Tensor y;
    private final Tensor jacobian;
    private final Workspace ws = new Workspace();
    private final PreparedJacobian prepared;
    private final Trainer trainer;

    /// @param weights the same array for both: its alignment to cache lines is worth a quarter of a value's time
    Contestant(Layer network, Tensor weights) {
      this.network = network;
      Precision precision = weights.precision();
      theta = Parameters.of(network.parameters(), weights);
      x = Uniform.of(precision, Shape.of(1, WIDTH), 3);
      y = Tensor.zeros(precision, 1, WIDTH);
      jacobian = Tensor.zeros(precision, WIDTH, WIDTH);
      prepared = PreparedJacobian.of(network, theta, x.shape());
      Dataset set = new Dataset(Uniform.of(precision, Shape.of(STEPS * BATCH, WIDTH), 5),
          Uniform.of(precision, Shape.of(STEPS * BATCH, WIDTH), 7));
      TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(RATE)
          .withBatches(Batches.shuffled(BATCH));
      Parameters trained = Parameters.of(network.parameters(), weights.copy());
      trainer = new Trainer(network, trained, Loss.halfSquaredError(), set, options);
    }

    void value() {
      int mark = ws.mark();
      network.forward(x, theta, ws);
      ws.release(mark);
    }

    void valueAndJacobian() {
      prepared.at(x, y, jacobian);
    }

    void step() {
      trainer.step();
    }
  }

  private static final int WIDTH = 64;
  private static final int LAYERS = 4;
  private static final int BATCH = 32;
  /// The steps of an epoch, each of which counts its share of the epoch's end.
  private static final int STEPS = 16;
  private static final double RATE = 1e-3;
  private static final long SEED = 11;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Setup
  public void prepare() {
    Tensor weights = Parameters.initialize(sequential().parameters(), precision, SEED).flat();
    Contestant expression = new Contestant(expression(), weights);
    Contestant sequential = new Contestant(sequential(), weights);
    check(expression, sequential);
    contest = new Contest(expression::value, sequential::value,
        expression::valueAndJacobian, sequential::valueAndJacobian, expression::step, sequential::step);
  }

  private static Layer expression() {
    return Graph.layer(Shape.of(WIDTH), x -> {
      Node y = x;
      for (int layer = 0; layer < LAYERS; layer++) {
        y = y.linear(String.valueOf(layer), WIDTH);
        y = layer < LAYERS - 1 ? y.tanh() : y;
      }
      return y;
    });
  }

  private static Sequential sequential() {
    Layer[] layers = new Layer[LAYERS];
    for (int layer = 0; layer < LAYERS; layer++) {
      layers[layer] = new Dense(WIDTH, WIDTH, layer < LAYERS - 1 ? Activation.TANH : Activation.IDENTITY);
    }
    return Sequential.of(layers);
  }

  /// Checks that the same weights give the same value, Jacobian, and weights after an epoch.
  private void check(Contestant expression, Contestant sequential) {
    double tolerance = 64 * precision.unitRoundoff();
    PreparedModes.requireClose(sequential.network.forward(sequential.x, sequential.theta, new Workspace()),
        expression.network.forward(expression.x, expression.theta, new Workspace()), tolerance, "value by itself");
    expression.valueAndJacobian();
    sequential.valueAndJacobian();
    PreparedModes.requireClose(sequential.y, expression.y, tolerance, "value beside the Jacobian");
    PreparedModes.requireClose(sequential.jacobian, expression.jacobian, tolerance, "Jacobian");
    for (int step = 0; step < STEPS; step++) {
      expression.step();
      sequential.step();
    }
    Tensor trained = sequential.trainer.parameters().flat();
    PreparedModes.requireClose(trained, expression.trainer.parameters().flat(), tolerance, "weights after an epoch");
  }

  @Benchmark
  public void round(Spent spent) {
    contest.round();
    spent.value = contest.median(0);
    spent.sequentialValue = contest.median(1);
    spent.jacobian = contest.median(2);
    spent.sequentialJacobian = contest.median(3);
    spent.step = contest.median(4);
    spent.sequentialStep = contest.median(5);
    spent.bytes = Math.max(contest.bytes(0), Math.max(contest.bytes(2), contest.bytes(4)));
  }
}
