package dev.lanewise.graph;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.nn.Dense;
import dev.lanewise.testkit.LayerContract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Layers from expressions keep the contract: values with several readers, parameters of their own, layers inside
/// layers.
class GraphLayersTest {

  @TestFactory
  Stream<DynamicTest> laws() {
    Map<String, LayerContract> contracts = new LinkedHashMap<>();
    add(contracts, "the input itself", 5, x -> x);
    add(contracts, "affine", 5, x -> x.linear("w", 3));
    add(contracts, "a perceptron", 5, x -> x.linear("a", 9).tanh().linear("b", 2));
    add(contracts, "gelu behind an affine map", 5, x -> x.linear("a", 9).activate(Activation.GELU));
    add(contracts, "an affine map that two read", 5, x -> {
      Node z = x.linear("a", 5);
      return z.tanh().plus(z);
    });
    add(contracts, "residual", 6, x -> x.plus(x.apply("inner", new Dense(6, 6, Activation.TANH))));
    add(contracts, "residual around two layers", 6, x -> x.plus(x.linear("a", 3).tanh().linear("b", 6)));
    add(contracts, "a value with three readers", 4, x -> {
      Node z = x.linear("a", 4).tanh();
      return z.times(z).plus(z).plus(x);
    });
    add(contracts, "a value times itself", 4, x -> x.times(x));
    add(contracts, "a parameter times the input", 4,
        x -> x.times(x.parameter("scale", Shape.of(4), Initializer.normal(1))));
    add(contracts, "a parameter twice", 4, x -> {
      Node scale = x.parameter("scale", Shape.of(4), Initializer.normal(1));
      return x.times(scale).tanh().times(scale);
    });
    add(contracts, "a function of parameters", 4, x -> {
      Node scale = x.parameter("scale", Shape.of(4), Initializer.normal(1));
      return x.tanh().times(scale.times(scale).tanh());
    });
    add(contracts, "a scalar parameter", 4,
        x -> x.tanh().times(x.parameter("scale", Shape.of(1), Initializer.normal(1))));
    add(contracts, "one layer with the same parameters twice", 4, x -> {
      Dense dense = new Dense(4, 4, Activation.TANH);
      return x.apply("shared", dense).apply("shared", dense);
    });
    Layer block = Graph.layer(Shape.of(6), z -> z.plus(z.linear("w", 6).tanh()));
    add(contracts, "nested", 6, x -> x.apply("block", block).linear("out", 2));
    add(contracts, "independent of the input", 3, x -> x.parameter("b", Shape.of(4), Initializer.normal(1)));
    contracts.put("affine along the last of two axes",
        LayerContract.of(Graph.layer(Shape.of(3, 4), x -> x.linear("w", 5).tanh()), Shape.of(3, 4)));
    return contracts.entrySet().stream().flatMap(entry -> entry.getValue().laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + entry.getKey(), law::check)));
  }

  private static void add(Map<String, LayerContract> contracts, String name, int features, UnaryOperator<Node> output) {
    Layer layer = Graph.layer(Shape.of(features), output);
    contracts.put(name, LayerContract.of(layer, Shape.of(features)));
  }
}
