package dev.lanewise.graph;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Layers from expressions.
///
/// ```java
/// Layer residual = Graph.layer(Shape.of(64), x -> x.plus(x.apply("inner", new Dense(64, 64, Activation.TANH))));
/// Layer fourier  = Graph.layer(Shape.of(4), x -> {
///   Node z = x.linear("frequencies", 16);
///   return Node.concat(z.sin(), z.cos());
/// });
/// ```
///
/// The function is called once, when the layer is made. The result is a layer like any other: stateless, with
/// parameters under the names in the expression, both modes and second derivatives. Equal subexpressions are computed
/// once, constants when the layer is made, values that the result does not depend on never. Where all paths from the
/// input to the output pass through one value, the layer is a chain that is cut there. Where it is a sum of parts that
/// share nothing, it has branches. Planners see both.
public final class Graph {

  private Graph() {}

  /// {@return the layer that computes `output` of each sample}
  ///
  /// @param input the shape of a sample, at least one axis
  /// @param output what is computed of a sample; called once
  /// @throws IllegalArgumentException if the shape has no axis or one of length 0, or an operation does not fit its
  ///     operands: the message names the operation, the expression and both shapes
  public static Layer layer(Shape input, UnaryOperator<Node> output) {
    return new GraphLayer(trace(input, output));
  }

  /// {@return the function that computes one number of a sample, with its gradient and Hessian}
  ///
  /// @param input the shape of a sample, at least one axis
  /// @param output what is computed of a sample, one element; called once
  /// @throws IllegalArgumentException as for [#layer], and if the result has more than one element
  public static ScalarFunction scalar(Shape input, UnaryOperator<Node> output) {
    return new ScalarFunction(layer(input, output), input);
  }

  /// {@return the values that a layer of [#layer] computes, each after its operands: the input first, the output last;
  /// empty for any other layer} A chain or a sum has the values of all its parts.
  public static List<Step> steps(Layer layer) {
    return layer instanceof GraphLayer expression ? expression.steps() : List.of();
  }

  private static Expression trace(Shape input, UnaryOperator<Node> output) {
    Tracer tracer = new Tracer(input);
    Node result = Objects.requireNonNull(output.apply(new Node(tracer, tracer.input())), "the function's result");
    if (result.tracer() != tracer) {
      throw new IllegalArgumentException("Graph: the result " + result
          + " is of another expression, expected one of this");
    }
    Vertex last = tracer.batched(result.vertex());
    tracer.end();
    return Expression.of(tracer.input(), last);
  }
}
