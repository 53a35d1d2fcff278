package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Networks that are no chains, each as an expression, against PyTorch's values, pushes, pulls, Jacobians in every mode
/// and chunk, Hessians and gradients by parameters.
class GoldenGraphTest {

  /// From the file's names of weights to those of affine maps.
  private static final Map<String, String> NAMES = Map.of("w1", "1.weight", "b1", "1.bias",
      "w2", "2.weight", "b2", "2.bias", "b", "frequencies.weight",
      "gate", "gate.weight", "up", "up.weight", "down", "down.weight");

  private static final Set<String> KINDS = Set.of("residual", "layer_norm", "rms_norm", "fourier", "rbf",
      "mixture_log_likelihood", "swiglu", "state_and_control", "elementwise", "cosine_similarity",
      "bilinear_attention_pool", "gather_pad_stride", "self_attention");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Set<String> found = new HashSet<>();
    for (JsonNode c : Golden.read("graph.json")) {
      String kind = c.get("kind").asString();
      found.add(kind);
      Shape sample = shape(c.get("x"));
      Layer layer = Graph.layer(sample, x -> expression(kind, x, c));
      for (Precision precision : Precision.values()) {
        tests.add(dynamicTest(kind + " of " + sample + " " + tests.size() + " " + precision,
            () -> GoldenCase.of(c, layer, precision, names(layer), sample.prepend(1).toArray()).check()));
      }
    }
    assertTrue(found.containsAll(KINDS) || System.getProperty("lanewise.golden") != null, "found " + found);
    return tests.stream();
  }

  /// Those of the names that the layer has.
  private static Map<String, String> names(Layer layer) {
    List<String> own = layer.parameters().entries().stream().map(ParameterSpec.Entry::name).toList();
    Map<String, String> names = new HashMap<>(NAMES);
    names.values().retainAll(own);
    return names;
  }

  private static Node expression(String kind, Node x, JsonNode c) {
    return switch (kind) {
      case "residual" -> x.plus(x.linear("1", rows(c, "w1")).tanh().linear("2", rows(c, "w2")));
      case "layer_norm" -> layerNorm(x);
      case "rms_norm" -> x.dividedBy(x.square().mean(Axes.kept(-1)).plus(1e-6).sqrt()).times(parameter(x, c, "weight"));
      case "fourier" -> {
        Node z = x.linear("frequencies", rows(c, "b"), false);
        yield parameter(x, c, "w").times(Node.concat(z.sin(), z.cos())).sum(-1);
      }
      case "rbf" -> x.minus(parameter(x, c, "centers")).squaredNorm(-1)
          .times(parameter(x, c, "log_gamma").activate(Activation.SOFTPLUS)).negate().exp();
      case "mixture_log_likelihood" -> mixture(x, c);
      case "swiglu" -> x.linear("gate", rows(c, "gate"), false).activate(Activation.SILU)
          .times(x.linear("up", rows(c, "up"), false)).linear("down", rows(c, "down"), false);
      case "state_and_control" -> {
        int n = x.shape().last();
        Node state = x.slice(0, n - 2);
        Node both = Node.concat(state.sin(), x.slice(n - 2, n).square());
        yield state.plus(both.reshape(1, n).matmulTransposed(parameter(x, c, "w")).flatten().tanh().times(0.1));
      }
      case "elementwise" -> elementwise(x);
      case "cosine_similarity" -> {
        Node keys = parameter(x, c, "keys");
        Node norms = keys.squaredNorm(-1).sqrt().times(x.squaredNorm().sqrt());
        yield keys.dot(x.reshape(1, x.shape().last()).repeat(0, rows(c, "keys"))).dividedBy(norms);
      }
      case "bilinear_attention_pool" -> {
        Node weights = x.times(parameter(x, c, "q")).sum(-1).softmax();
        yield weights.unsqueeze(0).matmul(x).flatten();
      }
      case "gather_pad_stride" -> places(x);
      case "self_attention" -> attention(x, c);
      default -> throw new IllegalArgumentException("no expression for " + kind);
    };
  }

  private static Node layerNorm(Node x) {
    Node centered = x.minus(x.mean(Axes.kept(-1)));
    Node deviation = centered.square().mean(Axes.kept(-1)).plus(1e-5).sqrt();
    Shape features = Shape.of(x.shape().last());
    return centered.dividedBy(deviation).times(x.parameter("weight", features, Initializer.zeros()))
        .plus(x.parameter("bias", features, Initializer.zeros()));
  }

  private static Node mixture(Node x, JsonNode c) {
    Node logVariance = parameter(x, c, "log_var");
    Node distance = x.minus(parameter(x, c, "mean")).square().times(logVariance.negate().exp());
    return parameter(x, c, "logits").logSoftmax().minus(distance.plus(logVariance).sum(-1).times(0.5)).logSumExp();
  }

  private static Node elementwise(Node x) {
    Node square = x.square();
    return Node.stack(0, square.plus(1).sqrt(), x.exp().log1p(), x.pow(3), square.plus(0.5).reciprocal(), x.abs(),
        square.plus(1).log(), x.expm1(), x.clamp(-0.5, 0.5), x.max(x.sin()), x.min(square), square.plus(0.1).pow(0.7),
        x.times(3).cos());
  }

  private static Node places(Node x) {
    int n = x.shape().last();
    int[] reversed = new int[n - 1];
    for (int place = 0; place < reversed.length; place++) {
      reversed[place] = n - 2 - place;
    }
    Node copies = x.unsqueeze(0).repeat(0, 3);
    return Node.concat(x.pad(-1, 1, 2).slice(-1, 0, n + 3, 2), x.gather(-1, reversed), x.plus(x), copies.mean(0));
  }

  private static Node attention(Node x, JsonNode c) {
    int time = x.shape().dim(0);
    int features = x.shape().last();
    int heads = c.get("heads").asInt();
    Node all = x.matmulTransposed(parameter(x, c, "in_proj_weight")).plus(parameter(x, c, "in_proj_bias"));
    UnaryOperator<Node> ofHeads = part -> part.reshape(time, heads, features / heads).permute(1, 0, 2);
    Node queries = ofHeads.apply(all.slice(0, features)).times(1 / Math.sqrt((double) features / heads));
    Node scores = queries.matmulTransposed(ofHeads.apply(all.slice(features, 2 * features)));
    if (c.get("causal").asBoolean()) {
      scores = scores.plus(x.constant(later(time)));
    }
    Node means = scores.softmax().matmul(ofHeads.apply(all.slice(2 * features, 3 * features)));
    return means.permute(1, 0, 2).reshape(time, features).linear("out_proj", features);
  }

  /// −∞ where the column is later than the row.
  private static Tensor later(int time) {
    Tensor mask = Tensor.zeros(Precision.DOUBLE, time, time);
    for (int place = 0; place < mask.size(); place++) {
      mask.set(place, place % time > place / time ? Double.NEGATIVE_INFINITY : 0);
    }
    return mask;
  }

  private static Node parameter(Node x, JsonNode c, String name) {
    return x.parameter(name, shape(c.get("parameters").get(name)), Initializer.zeros());
  }

  private static int rows(JsonNode c, String name) {
    return c.get("parameters").get(name).size();
  }

  private static Shape shape(JsonNode values) {
    List<Integer> dims = new ArrayList<>();
    for (JsonNode at = values; at.isArray(); at = at.get(0)) {
      dims.add(at.size());
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
