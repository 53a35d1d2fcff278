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
/// The function is called once, when the layer is made. The result is a layer like any other: stateless, its parameters
/// named as the expression names them, with both modes and second derivatives. Equal subexpressions are computed once,
/// constants when the layer is made, and what the result does not take not at all. Where every way from the input to
/// the output goes through one value, the layer is a chain that is cut there; where it is a sum of parts that share
/// nothing, it has branches: planners take both apart.
public final class Graph {

  private Graph() {}

  /// {@return the layer that computes `output` of each sample}
  ///
  /// @param input the shape of a sample, at least one axis
  /// @param output what is computed of it; called once
  /// @throws IllegalArgumentException if the shape has no axis or an empty one, or what is asked for cannot be
  ///     computed: the message names the operation, the expression and both shapes
  public static Layer layer(Shape input, UnaryOperator<Node> output) {
    return new GraphLayer(trace(input, output));
  }

  /// {@return the function that computes one number of a sample, with its gradient and Hessian}
  ///
  /// @param input the shape of a sample, at least one axis
  /// @param output what is computed of it, one element; called once
  /// @throws IllegalArgumentException as for [#layer], and if the result has more than one element
  public static ScalarFunction scalar(Shape input, UnaryOperator<Node> output) {
    return new ScalarFunction(layer(input, output), input);
  }

  /// {@return the values that a layer of [#layer] computes, each behind its operands: the input first, the output last;
  /// empty for a layer that is no expression} All of them are those of the whole, whatever it is a chain or a sum of.
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
