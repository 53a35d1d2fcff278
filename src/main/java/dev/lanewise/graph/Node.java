package dev.lanewise.graph;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.form.Concat;
import dev.lanewise.graph.primitive.form.Gather;
import dev.lanewise.graph.primitive.form.Pad;
import dev.lanewise.graph.primitive.form.Permute;
import dev.lanewise.graph.primitive.form.Repeat;
import dev.lanewise.graph.primitive.form.Reshape;
import dev.lanewise.graph.primitive.form.Slice;
import dev.lanewise.graph.primitive.form.Stack;
import dev.lanewise.graph.primitive.product.Dot;
import dev.lanewise.graph.primitive.product.MatMul;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/// A value in an expression: a symbol for what is computed of each sample, with a known shape.
///
/// Nodes are made from nodes by the methods here, while [Graph#layer] runs its function. Shapes are those of one
/// sample; the batch does not appear. An operation that does not fit its operands is refused at once: the message names
/// the operation, the expression and both shapes. All operands of an operation belong to one expression.
///
/// The table of primitives in `docs/math.md` has the rules of each operation, forward and reverse.
public final class Node extends ReducibleNode {

  private final Tracer tracer;
  private final Vertex vertex;

  Node(Tracer tracer, Vertex vertex) {
    this.tracer = tracer;
    this.vertex = vertex;
  }

  Vertex vertex() {
    return vertex;
  }

  Tracer tracer() {
    return tracer;
  }

  /// {@return the shape of this value, of one sample}
  public Shape shape() {
    return vertex.shape;
  }

  /// {@return a parameter of the layer that is being made} The same name, shape and initializer stand for the same
  /// parameter.
  ///
  /// @throws IllegalArgumentException if the name is taken by something else
  public Node parameter(String name, Shape shape, Initializer initializer) {
    return new Node(tracer, tracer.parameter(name, shape, initializer));
  }

  /// {@return numbers that never change} They are copied, and rounded where the layer computes in float.
  public Node constant(Tensor values) {
    return new Node(tracer, tracer.constant(values, "constant" + values.shape()));
  }

  /// {@return a number that never changes, one element}
  public Node constant(double value) {
    return new Node(tracer, tracer.constant(Tensor.of(new double[] {value}, 1), Double.toString(value)));
  }

  /// {@return y = W·x + b along the last axis} Its parameters are `name.weight`, `[out, in]`, and `name.bias`, `[out]`,
  /// as those of `nn.Dense`. An activation that is its only reader is computed in the product's pass.
  public Node linear(String name, int out) {
    return linear(name, out, true);
  }

  /// {@return y = W·x, or W·x + b where `bias`, along the last axis}
  public Node linear(String name, int out, boolean bias) {
    return apply(name, checked("linear " + name, () -> AffineLayer.of(name, shape(), out, bias)));
  }

  /// {@return the output of a layer} Its parameters, if any, are named after the number of such calls before.
  public Node apply(Layer layer) {
    return new Node(tracer, tracer.applyAgain(tracer.nameOf(layer), layer, vertex));
  }

  /// {@return the output of a layer} Its parameters are named `name.…`; the same layer under the same name has the same
  /// parameters. An activation that is its only reader is computed in its pass where the layer can do that
  /// ([Layer#activatedBy(dev.lanewise.Activation)]).
  ///
  /// @throws IllegalArgumentException if the layer does not take such a sample or mixes samples, or the name stands for
  ///     something else
  public Node apply(String name, Layer layer) {
    return new Node(tracer, tracer.apply(name, layer, vertex));
  }

  /// {@return the matrix product along the last two axes, for all matrices along the axes before them} One matrix on
  /// one side is multiplied with all matrices of the other.
  public Node matmul(Node b) {
    return product("matmul", b, false, false);
  }

  /// {@return A·Bᵀ along the last two axes}
  public Node matmulTransposed(Node b) {
    return product("matmulTransposed", b, false, true);
  }

  /// {@return Aᵀ·B along the last two axes}
  public Node transposedMatmul(Node b) {
    return product("transposedMatmul", b, true, false);
  }

  private Node product(String label, Node b, boolean transposeA, boolean transposeB) {
    return operation(checked(label, () -> new MatMul(shape(), b.shape(), transposeA, transposeB)), label, b);
  }

  /// {@return Σ a ⊙ b along the last axis, which is removed; for vectors, one element}
  public Node dot(Node b) {
    boolean batched = vertex.batched || b.vertex.batched;
    return expand(shape(), batched).operation(new Dot(), "dot", b.expand(b.shape(), batched));
  }

  /// {@return the same elements in another shape} One axis may be −1: its length follows from the others.
  public Node reshape(int... dims) {
    Shape shape = checked("reshape" + Arrays.toString(dims), () -> completed(dims));
    return shape.equals(shape()) ? this : operation(new Reshape(shape), "reshape" + shape);
  }

  private Shape completed(int[] dims) {
    int[] whole = dims.clone();
    int others = 1;
    int open = -1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] == -1 && open < 0) {
        open = axis;
      } else {
        others = Math.multiplyExact(others, dims[axis]);
      }
    }
    if (open >= 0 && others > 0) {
      whole[open] = shape().size() / others;
    }
    return Shape.of(whole);
  }

  /// {@return all elements along one axis}
  public Node flatten() {
    return reshape(shape().size());
  }

  /// {@return the same elements with an axis of length 1 inserted before axis `axis`}
  public Node unsqueeze(int axis) {
    int at = checked("unsqueeze", () -> Axes.position(axis, shape().rank() + 1));
    List<Integer> dims = new ArrayList<>(Arrays.stream(shape().toArray()).boxed().toList());
    dims.add(at, 1);
    return reshape(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  /// {@return the same elements with the axes in another order: axis i is this one's axis `order[i]`}
  public Node permute(int... order) {
    return operation(checked("permute", () -> Permute.of(shape(), order)), "permute" + Arrays.toString(order));
  }

  /// {@return elements `from`, included, to `to`, excluded, of the last axis}
  public Node slice(int from, int to) {
    return slice(-1, from, to, 1);
  }

  /// {@return every `step`-th of the elements `from`, included, to `to`, excluded, of an axis}
  public Node slice(int axis, int from, int to, int step) {
    return operation(checked("slice", () -> Slice.of(shape(), Axes.position(axis, shape().rank()), from, to, step)),
        "slice(" + axis + ", " + from + ", " + to + ", " + step + ")");
  }

  /// {@return this value with zeros before and after it along an axis}
  public Node pad(int axis, int before, int after) {
    return operation(checked("pad", () -> Pad.of(shape(), Axes.position(axis, shape().rank()), before, after)),
        "pad(" + axis + ", " + before + ", " + after + ")");
  }

  /// {@return this value repeated along an axis: [a b] twice is [a b a b]}
  public Node repeat(int axis, int times) {
    return operation(checked("repeat", () -> Repeat.of(shape(), Axes.position(axis, shape().rank()), times)),
        "repeat(" + axis + ", " + times + ")");
  }

  /// {@return the elements at these coordinates of an axis}
  public Node gather(int axis, int... places) {
    return operation(checked("gather", () -> Gather.of(shape(), Axes.position(axis, shape().rank()), places)),
        "gather(" + axis + ", " + Arrays.toString(places) + ")");
  }

  /// {@return the nodes concatenated along the last axis}
  public static Node concat(Node... nodes) {
    return concat(-1, nodes);
  }

  /// {@return the nodes concatenated along an axis}
  public static Node concat(int axis, Node... nodes) {
    Node first = first(nodes, "concat");
    int rank = first.shape().rank();
    return joined(first.checked("concat", () -> new Concat(Axes.position(axis, rank), rank)), "concat", nodes);
  }

  /// {@return the nodes, of one shape, stacked along a new axis before axis `axis`}
  public static Node stack(int axis, Node... nodes) {
    Node first = first(nodes, "stack");
    int rank = first.shape().rank();
    return joined(first.checked("stack", () -> new Stack(Axes.position(axis, rank + 1), rank)), "stack", nodes);
  }

  private static Node first(Node[] nodes, String label) {
    if (nodes.length == 0) {
      throw new IllegalArgumentException("Graph: " + label + " of 0 nodes, expected at least 1");
    }
    return nodes[0];
  }

  private static Node joined(Primitive primitive, String label, Node[] nodes) {
    boolean batched = Arrays.stream(nodes).anyMatch(node -> node.vertex.batched);
    Node[] all = Arrays.stream(nodes).map(node -> node.expand(node.shape(), batched)).toArray(Node[]::new);
    return all[0].operation(primitive, label, Arrays.copyOfRange(all, 1, all.length));
  }

  @Override
  Node self() {
    return this;
  }

  @Override
  Node operation(Primitive primitive, String label, Node... others) {
    List<Vertex> operands = new ArrayList<>(Collections.singleton(vertex));
    for (Node other : others) {
      requireSameGraph(other, label);
      operands.add(other.vertex);
    }
    return new Node(tracer, tracer.operation(primitive, List.copyOf(operands), label));
  }

  Node expand(Shape to, boolean batched) {
    return new Node(tracer, tracer.expand(vertex, to, batched));
  }

  void requireSameGraph(Node other, String label) {
    if (other.tracer != tracer) {
      throw Tracer.refusal(vertex, label, other.vertex + " " + other.shape()
          + " is of another expression, expected one of this");
    }
  }

  /// Makes something; a failure names the operation and this value.
  <T> T checked(String label, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Tracer.refusal(vertex, label, e.getMessage());
    }
  }

  /// The expression and the shape, for example `x.slice(-1, 0, 12, 1) [12]`.
  @Override
  public String toString() {
    return vertex + " " + shape();
  }
}
