package dev.lanewise.kernel;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;

/// Trains small networks by gradient descent and by L-BFGS, differentiates them in both modes, and prints one number
/// that all bits of all results go into.
final class TrainedHash {

  private static final int IN = 37;
  private static final int CLASSES = 19;

  private long hash = 0xCBF29CE484222325L;

  private TrainedHash() {}

  /// @param arguments the number of threads
  public static void main(String[] arguments) {
    System.out.println(of(Precision.FLOAT, Integer.parseInt(arguments[0])) + " "
        + of(Precision.DOUBLE, Integer.parseInt(arguments[0])));
  }

  static String of(Precision precision, int threads) {
    TrainedHash result = new TrainedHash();
    Workspace ws = threads == 1 ? new Workspace() : new Workspace(ForkJoinPool.commonPool(), threads);
    result.classifier(precision, ws);
    result.regressor(precision, ws);
    return Long.toHexString(result.hash);
  }

  /// Layers narrower and wider than every vector, batches that end with a smaller one.
  private void classifier(Precision precision, Workspace ws) {
    Random random = new Random(1);
    Sequential network = Sequential.of(new Dense(IN, 70, Activation.GELU), new Dense(70, 33, Activation.TANH),
        new Dense(33, 24, Activation.SILU), new Dense(24, CLASSES));
    Tensor x = normal(precision, random, 203, IN);
    Tensor classes = Tensor.zeros(precision, 203);
    for (int n = 0; n < 203; n++) {
      classes.set(n, random.nextInt(CLASSES));
    }
    Parameters theta = Parameters.initialize(network.parameters(), precision, 5);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.adam()).withRate(0.01).withEpochs(3);
    add(new Trainer(network, theta, Loss.softmaxCrossEntropy(), new Dataset(x, classes), options, ws).run().loss());
    add(theta.flat());
    Tensor one = x.slice(0, 1);
    add(Jacobians.jacobian(network, theta, one, Mode.FORWARD, 64));
    add(Jacobians.jacobian(network, theta, one, Mode.REVERSE, 7));
    Tensor y = network.forward(x, theta, new Workspace());
    Tensor logarithms = Tensor.zeros(precision, y.shape());
    RowOps.logSoftmax(y, logarithms);
    add(logarithms);
  }

  /// A single output, and sums over rows that are longer than four of the widest vectors.
  private void regressor(Precision precision, Workspace ws) {
    Random random = new Random(2);
    Sequential network = Sequential.of(new Dense(5, 40, Activation.SIGMOID), new Dense(40, 9, Activation.SOFTPLUS),
        new Dense(9, 3, Activation.ELU), new Dense(3, 1));
    Tensor x = normal(precision, random, 50, 5);
    Tensor y = normal(precision, random, 50, 1);
    Parameters theta = Parameters.initialize(network.parameters(), precision, 6);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.lbfgs(4)).withEpochs(8);
    add(new Trainer(network, theta, Loss.meanSquaredError(), new Dataset(x, y), options, ws).run().loss());
    add(theta.flat());
  }

  private static Tensor normal(Precision precision, Random random, int rows, int columns) {
    Tensor x = Tensor.zeros(precision, rows, columns);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextGaussian());
    }
    return x;
  }

  private void add(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      add(tensor.get(i));
    }
  }

  /// By FNV-1a, of whole numbers in the place of bytes.
  private void add(double number) {
    hash = (hash ^ Double.doubleToRawLongBits(number)) * 0x100000001B3L;
    hash ^= hash >>> 32;
  }
}
