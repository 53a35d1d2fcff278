package dev.lanewise.train;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import java.util.Random;

/// Three classes of points in the plane, by their angle, and a network that can learn them.
public record Problem(Sequential network, Parameters theta, Dataset set, Dataset validation) {

  static final int SAMPLES = 75;

  static Problem of(Precision precision) {
    Sequential network = Sequential.of(new Dense(2, 12, Activation.TANH), new Dense(12, 7, Activation.RELU),
        new Dense(7, 3));
    return new Problem(network, Parameters.initialize(network.parameters(), precision, 7),
        points(precision, SAMPLES, 1), points(precision, 40, 2));
  }

  static Dataset points(Precision precision, int count, long seed) {
    Random random = new Random(seed);
    Tensor x = LossTest.normal(precision, random, count, 2);
    Tensor classes = Tensor.zeros(precision, count);
    for (int n = 0; n < count; n++) {
      classes.set(n, Math.floor((Math.atan2(x.get(n, 0), x.get(n, 1)) / Math.PI + 1) * 1.4999));
    }
    return new Dataset(x, classes);
  }

  /// The same from the same beginning.
  Problem again() {
    return new Problem(network, Parameters.of(theta.spec(), theta.flat().copy()), set, validation);
  }

  Trainer trainer(TrainerOptions options) {
    return new Trainer(network, theta, Loss.softmaxCrossEntropy(), set, options);
  }

  /// A training that diverged in its third epoch.
  public static DivergedException diverged() {
    return new DivergedException("loss is NaN", 3, of(Precision.FLOAT).trainer(TrainerOptions.defaults()).progress());
  }
}
