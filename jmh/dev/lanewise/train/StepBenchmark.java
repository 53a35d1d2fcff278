package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// One step of training: gather a batch, linearize, the loss's cotangent, pull, one pass of SGD over the parameters.
/// The loss is the cross-entropy of softmax, or half the squared error with one output.
public class StepBenchmark extends TimedBenchmark {

  private static final double RATE = 1e-3;
  /// The steps of an epoch, each of which counts its share of the epoch's end.
  private static final int STEPS = 16;

  /// Names of [StepNetwork].
  @Param({"4-8-6-4-2", "10-100-100-1", "64-32-16-10", "64-100-100-10", "784-300-100-10", "784-1024-1024-10",
      "cnn-8x8", "cnn-28x28", "lstm-50x2-64"})
  public String network;

  @Param({"1", "32", "256"})
  public int batch;

  @Param("FLOAT")
  public Precision precision;

  @Param("1")
  public int threads;

  private ExecutorService executor;
  private Trainer trainer;

  @Setup
  public void prepare() {
    executor = Executors.newFixedThreadPool(Math.max(1, threads - 1));
    StepNetwork of = StepNetwork.of(network);
    List<Layer> layers = of.layers();
    Loss loss = of.loss();
    Dataset set = set(of);
    check(layers, loss, set);
    trainer = trainer(layers, loss, set, Batches.shuffled(batch));
    SteadyState.reach(trainer::step);
  }

  private Trainer trainer(List<Layer> layers, Loss loss, Dataset set, Batches batches) {
    Sequential network = new Sequential(layers);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(RATE)
        .withBatches(batches);
    return new Trainer(network, Parameters.initialize(network.parameters(), precision, 1), loss, set, options,
        new Workspace(executor, threads));
  }

  private Dataset set(StepNetwork of) {
    int outputs = of.outputs();
    SplittableRandom random = new SplittableRandom(7);
    int samples = batch * STEPS;
    Tensor x = Uniform.fill(Tensor.zeros(precision, of.sample().prepend(samples)), random, 1);
    Tensor y = outputs == 1 ? Tensor.zeros(precision, samples, 1) : Tensor.zeros(precision, samples);
    for (int at = 0; at < samples; at++) {
      y.set(at, outputs == 1 ? random.nextDouble(-1, 1) : random.nextInt(outputs));
    }
    return new Dataset(x, y);
  }

  /// Checks a step over the whole set against the gradient of the slides' algorithm, step by step.
  private void check(List<Layer> layers, Loss loss, Dataset set) {
    List<Layer> withLoss = new ArrayList<>(layers);
    withLoss.add(new LossLayer(loss, set.targets()));
    Trainer whole = trainer(layers, loss, set, Batches.whole());
    Tensor before = whole.parameters().flat().copy();
    Parameters theta = Parameters.of(new Sequential(withLoss).parameters(), before);
    Tensor gradient = Backpropagation.of(withLoss, theta, set.inputs()).g().flat();
    whole.step();
    double largest = 0;
    for (int at = 0; at < before.size(); at++) {
      largest = Math.max(largest, Math.abs(gradient.get(at)));
    }
    for (int at = 0; at < before.size(); at++) {
      double expected = before.get(at) - RATE * gradient.get(at);
      double found = whole.parameters().flat().get(at);
      double roundoff = precision.unitRoundoff() * (4 * Math.abs(expected) + 256 * RATE * largest);
      if (!(Math.abs(found - expected) <= roundoff)) {
        throw new IllegalStateException(
            network + " " + precision + ": parameter " + at + " is " + found + " after a step, expected " + expected);
      }
    }
  }

  @Benchmark
  public double step() {
    return trainer.step();
  }

  @TearDown
  public void end() {
    executor.shutdown();
  }
}
