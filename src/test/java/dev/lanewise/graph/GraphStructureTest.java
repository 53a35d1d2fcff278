package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.JacobianStructure.Kind;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a planner sees of an expression, what its parameters are called, and what is refused.
class GraphStructureTest {

  @Test
  void aChainIsCutWhereEveryWayGoesThrough() {
    Layer layer = Graph.layer(Shape.of(4), x -> {
      Node z = x.linear("a", 8).tanh();
      Node residual = z.plus(z.linear("b", 8).tanh());
      return residual.linear("c", 2);
    });
    assertEquals(3, layer.chain().size());
    assertEquals(List.of("a.weight", "a.bias", "b.weight", "b.bias", "c.weight", "c.bias"), names(layer));
    assertEquals(Kind.DENSE, kind(layer.chain().getFirst(), 4));
    assertEquals(2, layer.chain().get(1).branches().size());
    assertEquals(Kind.DIAGONAL, kind(layer.chain().get(1).branches().getFirst(), 8), "the identity");
    assertEquals(Kind.DENSE, kind(layer.chain().get(1).branches().getLast(), 8));
    assertEquals(List.of(), layer.branches());
  }

  @Test
  void anAppliedLayerIsItselfInTheChain() {
    Dense inner = new Dense(4, 3, Activation.GELU);
    Layer layer = Graph.layer(Shape.of(4), x -> x.apply("inner", inner).times(2));
    assertEquals(inner, layer.chain().getFirst());
    assertEquals(Kind.DIAGONAL, kind(layer.chain().getLast(), 3));
    assertEquals(List.of("inner.weight", "inner.bias"), names(layer));
  }

  @Test
  void readersOfOneParameterAreNotCutApart() {
    Layer layer = Graph.layer(Shape.of(4), x -> {
      Node scale = x.parameter("scale", Shape.of(4), Initializer.normal(1));
      return x.linear("a", 4).times(scale).linear("b", 4).times(scale).linear("c", 4);
    });
    assertEquals(List.of("a.weight", "a.bias", "scale", "b.weight", "b.bias", "c.weight", "c.bias"), names(layer));
    assertEquals(3, layer.chain().size());
  }

  @Test
  void branchesShareNothing() {
    Layer sum = Graph.layer(Shape.of(4), x -> {
      Node z = x.linear("a", 4);
      return z.tanh().plus(x.linear("b", 4)).plus(z.times(x)).plus(1);
    });
    assertEquals(2, sum.chain().size(), "plus(1) stands behind the sum");
    assertEquals(2, sum.chain().getFirst().branches().size());
    Layer difference = Graph.layer(Shape.of(4), x -> x.minus(x.linear("b", 4)));
    assertEquals(2, difference.branches().size());
    Layer concat = Graph.layer(Shape.of(4), x -> Node.concat(x.linear("a", 3), x.tanh()));
    assertEquals(2, concat.branches().size());
    assertEquals(Shape.of(1, 7), concat.branches().getFirst().outputShape(Shape.of(1, 4)));
  }

  @Test
  void noParametersAreParametersOfWhatHasNone() {
    Layer chain = Graph.layer(Shape.of(4), x -> x.tanh().square());
    Layer deep = Sequential.of(chain, new Softmax());
    Tensor x = Tensor.row(0.1, 0.2, 0.3, 0.4);
    for (Layer layer : List.of(chain, deep)) {
      Tensor none = Jacobians.jacobian(layer, Parameters.none(), x);
      Tensor zero = Jacobians.jacobian(layer, Parameters.zeros(layer.parameters(), Precision.DOUBLE), x);
      assertArrayEquals(zero.doubles(), none.doubles());
    }
    Layer has = Graph.layer(Shape.of(4), z -> z.linear("w", 3).tanh().linear("v", 2));
    assertThrows(IllegalArgumentException.class, () -> Jacobians.jacobian(has, Parameters.none(), x));
    assertThrows(IllegalArgumentException.class,
        () -> Sequential.of(new Dense(4, 3)).linearize(x, Parameters.none(), new Workspace()));
  }

  @Test
  void whatIsNotTakenIsNotThere() {
    Layer layer = Graph.layer(Shape.of(4), x -> {
      x.linear("unused", 100);
      return x.tanh();
    });
    assertEquals(ParameterSpec.none().entries(), layer.parameters().entries());
  }

  @Test
  void equalExpressionsAreOne() {
    Layer once = Graph.layer(Shape.of(4), x -> x.tanh().times(x.tanh()));
    Layer shared = Graph.layer(Shape.of(4), x -> {
      Node z = x.tanh();
      return z.times(z);
    });
    assertEquals(shared.jacobianStructure(Shape.of(1, 4)), once.jacobianStructure(Shape.of(1, 4)));
    assertEquals(2, once.chain().size());
  }

  @Test
  void layersWithoutANameMaySayTheSameOfThemselves() {
    Layer one = Graph.layer(Shape.of(3), Node::tanh);
    Layer other = Graph.layer(Shape.of(3), Node::tanh);
    Layer both = Graph.layer(Shape.of(3), x -> x.apply(one).apply(other).apply(one));
    double twice = Math.tanh(Math.tanh(Math.tanh(0.5)));
    assertEquals(twice, both.forward(Tensor.row(0.5, 0, 0), Parameters.none(), new Workspace()).get(0), 1e-15);
  }

  @Test
  void layersWithoutANameDrawEachForItself() {
    Layer twice = Graph.layer(Shape.of(64), x -> x.apply(new Dropout(0.5)).minus(x.apply(new Dropout(0.5))));
    Layer once = Graph.layer(Shape.of(64), x ->
        x.apply("mask", new Dropout(0.5)).minus(x.apply("mask", new Dropout(0.5))));
    Tensor ones = Tensor.zeros(Precision.DOUBLE, 1, 64);
    ones.fill(1);
    Workspace ws = new Workspace();
    ws.beginTraining(1);
    assertTrue(PointwiseOps.norm(twice.forward(ones, Parameters.none(), ws)) > 1);
    ws.reset();
    assertEquals(0, PointwiseOps.norm(once.forward(ones, Parameters.none(), ws)));
  }

  @Test
  void expressionsMayBeDeepAndWide() {
    int many = 20_000;
    Layer deep = Graph.layer(Shape.of(2), x -> {
      Node z = x;
      for (int i = 0; i < many; i++) {
        z = i % 2 == 0 ? z.sin() : z.times(1.01);
      }
      return z.plus(x);
    });
    assertEquals(2, deep.branches().size());
    assertTrue(deep.toString().length() < 200, deep.toString());
    Layer wide = Graph.layer(Shape.of(2), x -> {
      Node sum = x;
      for (int i = 1; i < many; i++) {
        sum = sum.plus(x.times(i));
      }
      return sum;
    });
    assertEquals(many, wide.branches().size());
    Tensor sum = wide.forward(Tensor.row(1.0, 0.0), Parameters.none(), new Workspace());
    assertEquals(many * (many - 1.0) / 2 + 1, sum.get(0));
  }

  @Test
  void mistakesNameTheOperationThePlaceAndBothShapes() {
    refused("Graph: plus of x.slice(-1, 0, 12, 1) [12]: the other operand x.slice(-1, 12, 16, 1) has shape [4]",
        16, x -> x.slice(0, 12).plus(x.slice(12, 16)));
    refused("Graph: inner of x [16]: Dense[in=4, out=3]: input has 16 features, expected 4",
        16, x -> x.apply("inner", new Dense(4, 3)));
    refused("Graph: the name w stands for w: Linear[in=16, out=3] and w: Linear[in=3, out=3]",
        16, x -> x.linear("w", 3).linear("w", 3));
    refused("Graph: sum of x [16]: axis 1, expected one from -1 to 0", 16, x -> x.sum(1));
    refused("Graph: linear w of x [16]: 0 features, expected at least 1", 16, x -> x.linear("w", 0));
    assertThrows(NullPointerException.class, () -> Graph.layer(Shape.of(3), x -> null));
    refusedShape("Graph: input has shape [], expected at least one axis, none of length 0", Shape.of());
    refusedShape("Graph: input has shape [0], expected at least one axis, none of length 0", Shape.of(0));
  }

  @Test
  void nodesOfAnotherExpressionAreRefused() {
    Node[] stolen = new Node[1];
    Graph.layer(Shape.of(3), x -> {
      stolen[0] = x.tanh();
      return x;
    });
    refused("Graph: plus of x [3]: x.tanh() [3] is of another expression, expected one of this", 3,
        x -> x.plus(stolen[0]));
    refused("Graph: the result x.tanh() [3] is of another expression, expected one of this", 3, x -> stolen[0]);
    assertThrows(IllegalStateException.class, () -> stolen[0].tanh().times(2));
  }

  private static void refused(String message, int features, UnaryOperator<Node> output) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> Graph.layer(Shape.of(features), output)).getMessage();
    assertTrue(said.startsWith(message), said);
  }

  private static void refusedShape(String message, Shape shape) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Graph.layer(shape, x -> x)).getMessage());
  }

  private static List<String> names(Layer layer) {
    return layer.parameters().entries().stream().map(ParameterSpec.Entry::name).toList();
  }

  private static Kind kind(Layer layer, int features) {
    return layer.jacobianStructure(Shape.of(1, features)).kind();
  }
}
