package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.io.Safetensors;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Running statistics of batch normalisation follow the batches, once a step, and nothing else moves them.
class RunningStatisticsTest {

  private static final Sequential NETWORK = Sequential.of(
      new Dense(2, 6), new BatchNorm(6), new Elementwise(Activation.TANH), new Dense(6, 5), new BatchNorm(5),
      new Dense(5, 3));
  private static final List<String> STATISTICS = List.of("1.running_mean", "1.running_var", "4.running_mean",
      "4.running_var");

  private static Parameters theta(Precision precision) {
    return Parameters.initialize(NETWORK.parameters(), precision, 7);
  }

  private static TrainerOptions adam() {
    return TrainerOptions.defaults().withOptimizer(Optimizer.adam()).withBatches(Batches.shuffled(15)).withRate(0.02)
        .withEpochs(6).withSeed(3);
  }

  private static Trainer trainer(Parameters theta, TrainerOptions options) {
    return new Trainer(NETWORK, theta, Loss.softmaxCrossEntropy(),
        Problem.points(theta.precision(), Problem.SAMPLES, 1), options);
  }

  private static double[][] statistics(Parameters theta) {
    return STATISTICS.stream().map(name -> theta.get(name).toDoubles()).toArray(double[][]::new);
  }

  private static boolean same(double[][] some, double[][] others) {
    return Arrays.deepEquals(some, others);
  }

  /// The first layer's statistics by hand, from the batches that the weights before them saw.
  @Test
  void eachStepTakesOverItsBatchOnce() {
    Parameters theta = theta(Precision.DOUBLE);
    Dataset set = Problem.points(Precision.DOUBLE, Problem.SAMPLES, 1);
    Trainer trainer = trainer(theta, adam().withBatches(Batches.whole()));
    double[] mean = new double[6];
    double[] variance = new double[6];
    Arrays.fill(variance, 1);
    for (int step = 0; step < 3; step++) {
      double[] z = NETWORK.layers().get(0).forward(set.inputs(), theta.part(0), new Workspace()).toDoubles();
      for (int channel = 0; channel < 6; channel++) {
        double sum = 0;
        double squares = 0;
        for (int i = channel; i < z.length; i += 6) {
          sum += z[i];
        }
        for (int i = channel; i < z.length; i += 6) {
          squares += (z[i] - sum / Problem.SAMPLES) * (z[i] - sum / Problem.SAMPLES);
        }
        mean[channel] = 0.9 * mean[channel] + 0.1 * sum / Problem.SAMPLES;
        variance[channel] = 0.9 * variance[channel] + 0.1 * squares / (Problem.SAMPLES - 1);
      }
      trainer.step();
      assertArrayEquals(mean, theta.get("1.running_mean").toDoubles(), 1e-12);
      assertArrayEquals(variance, theta.get("1.running_var").toDoubles(), 1e-12);
    }
  }

  @Test
  void penaltiesAndDecayLeaveThemAlone() {
    List<TrainerOptions> all = List.of(
        adam(), adam().withOptimizer(Optimizer.adamW(0.5)), adam().withOptimizer(Optimizer.momentum(0.9)),
        adam().withRegularization(Regularization.l2(0.5).withBiases()),
        adam().withRegularization(Regularization.l1(0.5).withBiases()));
    for (TrainerOptions options : all) {
      Parameters theta = theta(Precision.DOUBLE);
      // Those of the first weights, whatever the step then is.
      trainer(theta, adam().withOptimizer(Optimizer.sgd())).step();
      double[][] expected = statistics(theta);
      Parameters trained = theta(Precision.DOUBLE);
      trainer(trained, options).step();
      assertTrue(same(expected, statistics(trained)), options.toString());
      assertFalse(same(statistics(theta(Precision.DOUBLE)), expected));
    }
    assertEquals(Regularization.l2(1).penalty(theta(Precision.DOUBLE)) + weightsOf1d(),
        Regularization.l2(1).withBiases().penalty(theta(Precision.DOUBLE)), 1e-12);
  }

  /// Σw² of γ, which begin as ones; β and biases begin as zeros.
  private static double weightsOf1d() {
    return 6 + 5;
  }

  @Test
  void methodsForTheWholeSetLeaveThemAlone() {
    for (BatchMethod method : List.of(Optimizer.lbfgs(5), Optimizer.conjugateGradient())) {
      Parameters theta = theta(Precision.DOUBLE);
      double[][] before = statistics(theta);
      double first = trainer(theta, TrainerOptions.defaults().withOptimizer(method).withEpochs(20)).run().loss();
      assertTrue(same(before, statistics(theta)), method.toString());
      assertTrue(first < 0.4, "it learns: " + first);
      assertNotEquals(1, theta.get("1.weight").get(0), "γ is trained");
    }
  }

  @Test
  void aTrainingResumedBetweenUpdatesHasTheSameBits() {
    for (Precision precision : Precision.values()) {
      Parameters whole = theta(precision);
      trainer(whole, adam()).run();
      Parameters begun = theta(precision);
      Trainer first = trainer(begun, adam());
      for (int update = 0; update < 8; update++) {
        first.step();
      }
      TrainerState state = first.state();
      Parameters resumed = theta(precision);
      Trainer second = trainer(resumed, adam());
      second.restore(state);
      second.run();
      assertArrayEquals(whole.flat().toDoubles(), resumed.flat().toDoubles());
    }
  }

  @Test
  void aStepThatFailsLeavesNoTrace() {
    Parameters theta = theta(Precision.DOUBLE);
    Dataset set = Problem.points(Precision.DOUBLE, Problem.SAMPLES, 1);
    Tensor x = set.inputs();
    Trainer trainer = new Trainer(NETWORK, theta, Loss.softmaxCrossEntropy(), set, adam());
    for (int update = 0; update < 5; update++) {
      trainer.step();
    }
    double[] good = theta.flat().toDoubles();
    trainer.step();
    assertFalse(Arrays.equals(good, theta.flat().toDoubles()));
    double[] kept = x.toDoubles();
    x.fill(Double.NaN);
    assertThrows(DivergedException.class, trainer::step);
    assertArrayEquals(good, theta.flat().toDoubles());
    for (int i = 0; i < kept.length; i++) {
      x.set(i, kept[i]);
    }
  }

  /// More samples than a slice has are taken at once, as their statistics are of all.
  @Test
  void aBatchIsNotTakenInSlices() {
    Sequential network = Sequential.of(new Dense(2, 3), new BatchNorm(3), new Dense(3, 1));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 2);
    Dataset set = new Dataset(LossTest.normal(Precision.DOUBLE, new Random(2), 2500, 2),
        LossTest.normal(Precision.DOUBLE, new Random(3), 2500, 1));
    Workspace ws = new Workspace();
    ws.beginTraining(0);
    double[] outputs = network.forward(set.inputs(), theta, ws).toDoubles();
    double expected = 0;
    for (int n = 0; n < 2500; n++) {
      expected += 0.5 * Math.pow(outputs[n] - set.targets().get(n), 2) / 2500;
    }
    LossPass pass = new LossPass(network, Loss.halfSquaredError(), theta, set, new Workspace());
    int[] order = new int[2500];
    Arrays.setAll(order, n -> 2499 - n);
    assertEquals(expected, pass.gradient(Parameters.zeros(theta.spec(), Precision.DOUBLE), true, 0), 1e-12);
    assertEquals(expected, pass.gradient(order, 0, 2500, Parameters.zeros(theta.spec(), Precision.DOUBLE), 0), 1e-12);
  }

  /// PyTorch counts batches in an integer beside them.
  @Test
  void pyTorchsFilesAreRead() throws IOException {
    String header = "{\"0.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}";
    List<String> names = List.of("weight", "bias", "running_mean", "running_var");
    for (int index = 0; index < 4; index++) {
      header += ",\"0." + names.get(index) + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":["
          + (8 + 4 * index) + "," + (12 + 4 * index) + "]}";
    }
    byte[] json = (header + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).putLong(7);
    for (float value : new float[] {1, 2, 3, 4}) {
      bytes.putFloat(value);
    }
    Parameters read = Safetensors.read(bytes.flip())
        .parameters(Sequential.of(new BatchNorm(1)).parameters(), Precision.FLOAT);
    assertArrayEquals(new double[] {1, 2, 3, 4}, read.flat().toDoubles());
  }

  @Test
  void aFileHasThem(@TempDir Path folder) throws IOException {
    Parameters theta = theta(Precision.FLOAT);
    trainer(theta, adam()).run();
    Path file = folder.resolve("norm.safetensors");
    Safetensors.of(theta, Map.of()).write(file);
    Parameters read = Safetensors.read(file).parameters(NETWORK.parameters(), Precision.FLOAT);
    assertArrayEquals(theta.flat().toDoubles(), read.flat().toDoubles());
    assertNotEquals(1, theta.get("1.running_var").get(0));
  }
}
