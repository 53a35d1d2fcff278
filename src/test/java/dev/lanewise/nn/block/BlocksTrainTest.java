package dev.lanewise.nn.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Networks of blocks train as others do, and their parameters go through files.
class BlocksTrainTest {

  private static final int TIME = 4;
  private static final int WORDS = 5;
  private static final int FEATURES = 8;

  /// A word a step, attention among them, one number.
  private static Sequential attention() {
    return Sequential.of(new Embedding(WORDS, FEATURES),
        new Residual(Sequential.of(new LayerNorm(FEATURES), new MultiHeadAttention(TIME, FEATURES, 2))),
        new RmsNorm(FEATURES), new Flatten(), new Dense(TIME * FEATURES, 1));
  }

  /// How often the first word stands in a sequence: what one step has to ask the others.
  private static Dataset counts(Precision precision) {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(precision, 64, TIME);
    Tensor y = Tensor.zeros(precision, 64, 1);
    for (int sample = 0; sample < 64; sample++) {
      int count = 0;
      for (int step = 0; step < TIME; step++) {
        x.set(sample * TIME + step, random.nextInt(WORDS));
        count += x.get(sample, step) == x.get(sample, 0) ? 1 : 0;
      }
      y.set(sample, count);
    }
    return new Dataset(x, y);
  }

  @ParameterizedTest
  @EnumSource
  void attentionLearnsToCount(Precision precision) {
    Sequential network = attention();
    Parameters theta = Parameters.initialize(network.parameters(), precision, 2);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.adam()).withRate(0.01).withEpochs(60);
    List<Double> losses = new ArrayList<>();
    new Trainer(network, theta, Loss.halfSquaredError(), counts(precision), options)
        .listenTo(p -> losses.add(p.loss())).run();
    assertTrue(losses.getLast() < 0.05 * losses.getFirst(), losses.toString());
  }

  /// What draws and what observes its batch does so inside blocks as well.
  @Test
  void branchesTrainWithDropoutAndBatchNormalisationInside() {
    Sequential network = Sequential.of(
        new Residual(Sequential.of(new Dense(3, 3), new BatchNorm(3), new Dropout(0.1))),
        Parallel.concatenated(Shape.of(3), new Dense(3, 4, Activation.TANH),
            Sequential.of(new Dense(3, 4), new BatchNorm(4))),
        new Dense(8, 1));
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(Precision.DOUBLE, 64, 3);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 64, 1);
    for (int sample = 0; sample < 64; sample++) {
      for (int feature = 0; feature < 3; feature++) {
        x.set(sample * 3 + feature, 2 + random.nextGaussian());
      }
      y.set(sample, Math.sin(x.get(sample, 0)) + x.get(sample, 1));
    }
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 2);
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.adam()).withRate(0.01).withEpochs(60);
    Trainer trainer = new Trainer(network, theta, Loss.halfSquaredError(), new Dataset(x, y), options);
    List<Double> losses = new ArrayList<>();
    trainer.listenTo(p -> losses.add(p.loss())).run();
    assertTrue(losses.getLast() < 0.2 * losses.getFirst(), losses.toString());
    assertTrue(Math.abs(trainer.parameters().get("0.inner.1.running_mean").get(0)) > 0.01,
        "observed in a residual block");
    assertTrue(Math.abs(trainer.parameters().get("1.1.1.running_mean").get(0)) > 0.01, "observed in a branch");
  }

  @Test
  void parametersGoThroughAFileUnderPyTorchsNames(@TempDir Path folder) throws Exception {
    Parameters theta = Parameters.initialize(attention().parameters(), Precision.FLOAT, 3);
    Path file = folder.resolve("attention.safetensors");
    Safetensors.of(theta, Map.of()).write(file);
    Parameters read = Safetensors.read(file).parameters(attention().parameters(), Precision.FLOAT);
    assertArrayEquals(theta.flat().floats(), read.flat().floats());
    assertTrue(theta.spec().toString().contains("1.inner.1.in_proj_weight [24, 8]"), theta.spec().toString());
  }
}
