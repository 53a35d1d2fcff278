package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.train.Batches;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Batch normalisation against PyTorch's, at inference and in training, its running statistics too.
class GoldenBatchNormTest {

  @ParameterizedTest
  @EnumSource
  void inference(Precision precision) throws IOException {
    int found = 0;
    for (JsonNode values : Golden.read("convolution.json")) {
      if (values.get("kind").asString().equals("batch_norm2d_inference")) {
        Layer norm = new BatchNorm(values.get("x").size());
        GoldenCase golden = GoldenCase.of(values, norm, precision, shape(values.get("x"), 1));
        fill(golden.theta().get("running_mean"), values.get("running_mean"));
        fill(golden.theta().get("running_var"), values.get("running_var"));
        golden.check();
        found++;
      }
    }
    assertEquals(1, found);
  }

  @ParameterizedTest
  @EnumSource
  void training(Precision precision) throws IOException {
    assumeTrue(System.getProperty("lanewise.golden") == null, "this project's own file");
    int found = 0;
    for (JsonNode values : Golden.read("batch_norm.json")) {
      if (values.get("kind").asString().equals("batch_norm")) {
        int[] shape = shape(values.get("x"));
        Layer norm = new BatchNorm(shape[1]);
        GoldenCase golden = GoldenCase.of(values, new InTraining(norm, 1), precision, shape);
        golden.check();
        Parameters theta = golden.theta();
        theta.get("running_mean").fill(0);
        theta.get("running_var").fill(1);
        Workspace ws = new Workspace();
        ws.beginTraining(1);
        norm.linearize(Golden.tensor(precision, values.get("x"), shape), theta, ws);
        ws.takeOverObserved();
        Golden.assertClose(values.get("running_mean"), theta.get("running_mean"), "running mean");
        Golden.assertClose(values.get("running_var"), theta.get("running_var"), "running variance");
        found++;
      }
    }
    assertEquals(3, found);
  }

  @ParameterizedTest
  @EnumSource
  void threeSteps(Precision precision) throws IOException {
    assumeTrue(System.getProperty("lanewise.golden") == null, "this project's own file");
    JsonNode values = Golden.read("batch_norm.json").get(3);
    Layer network = Sequential.of(new Dense(2, 3), new BatchNorm(3), new Elementwise(Activation.TANH), new Dense(3, 1));
    Parameters theta = Parameters.zeros(network.parameters(), precision);
    values.get("parameters").properties().forEach(entry -> fill(theta.get(entry.getKey()), entry.getValue()));
    Tensor x = Golden.tensor(precision, values.get("x"), 7, 2);
    Trainer trainer = new Trainer(network, theta, Loss.meanSquaredError(),
        new Dataset(x, Golden.tensor(precision, values.get("target"), 7, 1)),
        TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withBatches(Batches.whole()).withRate(0.1));
    for (JsonNode loss : values.get("losses")) {
      assertEquals(loss.asDouble(), trainer.step(), precision == Precision.FLOAT ? 1e-5 : 1e-9);
    }
    values.get("after").properties()
        .forEach(entry -> Golden.assertClose(entry.getValue(), theta.get(entry.getKey()), entry.getKey()));
    Golden.assertClose(values.get("y"), network.forward(x, theta, new Workspace()), "y at inference");
  }

  private static void fill(Tensor tensor, JsonNode values) {
    tensor.copyFrom(Golden.tensor(tensor.precision(), values, tensor.size()), 0);
  }

  /// The lengths of nested arrays' axes behind those given.
  private static int[] shape(JsonNode values, int... before) {
    int[] dims = Arrays.copyOf(before, before.length + (values.isArray() ? 1 : 0));
    if (!values.isArray()) {
      return dims;
    }
    dims[before.length] = values.size();
    return shape(values.get(0), dims);
  }
}
