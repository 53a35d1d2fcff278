package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.GoldenLossTest;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.UpdateRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Parameter gradients and five trajectories of five steps against PyTorch's.
class GoldenTrainingTest {

  @ParameterizedTest
  @EnumSource
  void gradients(Precision precision) throws IOException {
    for (JsonNode c : Golden.read("gradient.json")) {
      Layer network = network(c);
      Parameters theta = parameters(network, precision, c);
      Parameters thetaBar = Parameters.zeros(network.parameters(), precision);
      Dataset set = set(c, precision);
      Workspace ws = new Workspace();
      Linearization at = network.linearize(set.inputs(), theta, ws);
      Tensor outputsBar = Tensor.zeros(precision, at.output().shape().prepend(1));
      double value = GoldenLossTest.loss(c.get("loss").asString()).valueAndGradient(
          at.output(), set.targets(), outputsBar.reshape(at.output().shape().toArray()));
      at.vjp(outputsBar, Tensor.none(), thetaBar);
      assertEquals(c.get("value").asDouble(), value, GoldenLossTest.tolerance(precision) * (1 + Math.abs(value)));
      assertParameters(c.get("weight_gradients"), c.get("bias_gradients"), thetaBar, "gradient");
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void fiveSteps(Rule rule) throws IOException {
    JsonNode cases = Golden.read("gradient.json");
    for (JsonNode c : cases) {
      for (Precision precision : rule.precisions()) {
        JsonNode expected = c.get("after_5_full_batch_steps").get(rule.key);
        Layer network = network(c);
        Parameters theta = parameters(network, precision, c);
        Trainer trainer = new Trainer(network, theta, GoldenLossTest.loss(c.get("loss").asString()), set(c, precision),
            rule.options());
        for (int step = 0; step < 5; step++) {
          double loss = expected.get("losses").get(step).asDouble();
          assertEquals(loss, trainer.step(), GoldenLossTest.tolerance(precision) * (1 + Math.abs(loss)),
              rule + ", loss of step " + step);
        }
        assertParameters(expected.get("weights"), expected.get("biases"), theta, rule + " " + precision);
      }
    }
    assertEquals(2, cases.size());
  }

  /// The file's five; its weight decay adds 0.01·w to the gradient, biases too.
  enum Rule {
    SGD("sgd", Optimizer.sgd(), 0.1, 0),
    WEIGHT_DECAY("sgd_weight_decay_0.01", Optimizer.sgd(), 0.1, 0.005),
    MOMENTUM("sgd_momentum_0.9", Optimizer.momentum(0.9), 0.1, 0),
    ADAM("adam", Optimizer.adam(), 0.01, 0),
    ADAM_W("adamw_0.01", Optimizer.adamW(0.01), 0.01, 0);

    private final String key;
    private final UpdateRule rule;
    private final double rate;
    private final double l2;

    Rule(String key, UpdateRule rule, double rate, double l2) {
      this.key = key;
      this.rule = rule;
      this.rate = rate;
      this.l2 = l2;
    }

    /// Adam divides a gradient by its own size, and so makes the rounding of small ones large: in double only.
    private List<Precision> precisions() {
      return this == ADAM || this == ADAM_W ? List.of(Precision.DOUBLE) : List.of(Precision.values());
    }

    private TrainerOptions options() {
      return TrainerOptions.defaults().withOptimizer(rule).withRate(rate).withBatches(Batches.whole())
          .withRegularization(Regularization.l2(l2).withBiases());
    }
  }

  private static Layer network(JsonNode c) {
    List<Layer> layers = new ArrayList<>();
    int count = c.get("weights").size();
    for (int layer = 0; layer < count; layer++) {
      String phi = layer < count - 1 ? c.get("activation").asString() : "identity";
      layers.add(new Dense(c.get("sizes").get(layer).asInt(), c.get("sizes").get(layer + 1).asInt(),
          Golden.activation(phi)));
    }
    return new Sequential(layers);
  }

  private static Parameters parameters(Layer network, Precision precision, JsonNode c) {
    Parameters theta = Parameters.zeros(network.parameters(), precision);
    for (int layer = 0; layer < c.get("weights").size(); layer++) {
      theta.get(layer + ".weight").copyFrom(like(theta.get(layer + ".weight"), c.get("weights").get(layer)));
      theta.get(layer + ".bias").copyFrom(like(theta.get(layer + ".bias"), c.get("biases").get(layer)));
    }
    return theta;
  }

  private static Tensor like(Tensor tensor, JsonNode values) {
    return Golden.tensor(tensor.precision(), values, tensor.shape().toArray());
  }

  private static Dataset set(JsonNode c, Precision precision) {
    int rows = c.get("X").size();
    return new Dataset(
        Golden.tensor(precision, c.get("X"), rows, c.get("X").get(0).size()),
        Golden.tensor(precision, c.get("T"), rows, c.get("T").get(0).size()));
  }

  private static void assertParameters(JsonNode weights, JsonNode biases, Parameters actual, String what) {
    for (int layer = 0; layer < weights.size(); layer++) {
      Golden.assertClose(weights.get(layer), actual.get(layer + ".weight"), what + ", weight " + layer);
      Golden.assertClose(biases.get(layer), actual.get(layer + ".bias"), what + ", bias " + layer);
    }
  }
}
