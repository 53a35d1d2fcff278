package dev.lanewise.graph;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.primitive.Expand;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Primitive;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Records an expression while it is being made: equal values once, operations on constants by their result.
final class Tracer {

  /// What makes two values equal: what computes them, of which operands, for each sample or for all.
  private record Key(Object what, List<Vertex> operands, boolean batched) {}

  private final Vertex input;
  private final Map<Key, Vertex> known = new HashMap<>();
  private final Map<String, Holder> holders = new LinkedHashMap<>();
  private int unnamed;
  private boolean ended;

  Tracer(Shape input) {
    requireNumbers("input", input);
    this.input = Vertex.input(input);
  }

  private static void requireNumbers(String name, Shape shape) {
    if (shape.rank() == 0 || shape.size() == 0) {
      throw new IllegalArgumentException("Graph: " + name + " has shape " + shape
          + ", expected at least one axis, none of length 0");
    }
  }

  Vertex input() {
    return input;
  }

  /// Ends the recording: the layer is made.
  void end() {
    ended = true;
  }

  Vertex constant(Tensor values, String label) {
    requireNumbers("constant", values.shape());
    Constant constant = new Constant(values);
    return once(new Key(constant, List.of(), false), () -> Vertex.constant(constant, label));
  }

  Vertex parameter(String name, Shape shape, Initializer initializer) {
    requireNumbers("parameter " + name, shape);
    Holder holder = hold(Holder.of(name, shape, initializer));
    return once(new Key(holder, List.of(), false), () -> Vertex.parameter(holder));
  }

  /// A layer's output. The same layer under the same name has the same parameters, and for the same operand the same
  /// output.
  Vertex apply(String name, Layer layer, Vertex operand) {
    Vertex applied = applyAgain(name, layer, operand);
    return once(new Key(applied.holder, applied.operands, true), () -> applied);
  }

  /// The same, computed anew each time: a layer that draws at random in training draws for each.
  Vertex applyAgain(String name, Layer layer, Vertex operand) {
    if (layer.mixesSamples()) {
      throw refusal(operand, name, "layer " + layer + " mixes samples, expected one that keeps them apart");
    }
    Shape shape = checked(operand, name, () -> sampleShape(layer, operand.shape));
    return Vertex.layer(hold(Holder.of(name, layer)), shape, batched(operand));
  }

  /// A name for a layer that was given none: a number if the layer has parameters, else the layer's own text.
  String nameOf(Layer layer) {
    if (layer.parameters().size() > 0) {
      return Integer.toString(unnamed++);
    }
    String name = layer.toString();
    for (int more = 2; holders.containsKey(name) && !layer.equals(holders.get(name).layer()); more++) {
      name = layer + "#" + more;
    }
    return name;
  }

  private static Shape sampleShape(Layer layer, Shape sample) {
    Shape two = layer.outputShape(sample.prepend(2));
    if (two.rank() < 2 || two.dim(0) != 2 || two.size() == 0) {
      throw new IllegalArgumentException(layer + " makes " + two + " of a batch of 2, expected [2, …]");
    }
    return two.withoutFirst();
  }

  /// The value of an operation whose operands have the shapes that it takes.
  Vertex operation(Primitive primitive, List<Vertex> operands, String label) {
    operands.forEach(this::requireOpen);
    Shape shape = checked(operands.getFirst(), label,
        () -> primitive.outputShape(operands.stream().map(operand -> operand.shape).toList()));
    boolean batched = operands.stream().anyMatch(operand -> operand.batched);
    if (operands.stream().allMatch(operand -> operand.kind == Vertex.Kind.CONSTANT)) {
      return constant(folded(primitive, shape, operands), label);
    }
    return once(
        new Key(primitive, operands, batched), () -> Vertex.operation(primitive, shape, batched, operands, label));
  }

  private static Tensor folded(Primitive primitive, Shape shape, List<Vertex> operands) {
    Point at = new Point();
    at.in = operands.stream().map(operand -> operand.constant.at(Precision.DOUBLE)).toArray(Tensor[]::new);
    at.y = Tensor.zeros(Precision.DOUBLE, shape);
    at.ws = new Workspace();
    primitive.value(at, false);
    return at.y;
  }

  /// The value, repeated for each sample unless there is one for each.
  Vertex batched(Vertex operand) {
    requireOpen(operand);
    return operand.batched ? operand : expand(operand, operand.shape, true);
  }

  /// The value repeated along axes that are missing or 1 long, and for each sample.
  Vertex expand(Vertex operand, Shape to, boolean batched) {
    requireOpen(operand);
    if (operand.shape.equals(to) && operand.batched == batched) {
      return operand;
    }
    Expand expand = Expand.of(operand.shape, to);
    if (operand.kind == Vertex.Kind.CONSTANT && !batched) {
      return operation(expand, List.of(operand), "expand");
    }
    return once(new Key(expand, List.of(operand), batched),
        () -> Vertex.operation(expand, to, batched, List.of(operand), "expand"));
  }

  private Holder hold(Holder holder) {
    Holder before = holders.putIfAbsent(holder.name(), holder);
    if (before != null && !before.equals(holder)) {
      throw new IllegalArgumentException("Graph: the name " + holder.name() + " stands for " + before + " and " + holder
          + ", expected one thing for each name");
    }
    return before == null ? holder : before;
  }

  private Vertex once(Key key, Supplier<Vertex> make) {
    Vertex vertex = known.get(key);
    if (vertex == null) {
      vertex = make.get();
      known.put(key, vertex);
    }
    return vertex;
  }

  private void requireOpen(Vertex operand) {
    if (ended) {
      throw new IllegalStateException("Graph: " + operand
          + " belongs to a layer that is made, expected a node of the one being made");
    }
  }

  private static Shape checked(Vertex operand, String label, Supplier<Shape> shape) {
    try {
      return shape.get();
    } catch (IllegalArgumentException e) {
      throw refusal(operand, label, e.getMessage());
    }
  }

  /// A refusal that names the operation and the value.
  static IllegalArgumentException refusal(Vertex operand, String label, String what) {
    return new IllegalArgumentException("Graph: " + label + " of " + operand + " " + operand.shape + ": " + what);
  }
}
