package dev.lanewise.graph;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Plus;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.product.MatMul;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// An expression as arrays that the passes run over: values by their numbers, in the order in which they are computed.
///
/// Value 0 is the input, the last one the output. They are one value where the output is the input.
final class Program {

  private static final int[] NOWHERE = {};

  final Vertex.Kind[] kinds;
  final Primitive[] primitives;
  final Layer[] layers;
  final Constant[] constants;
  final int[][] operands;
  /// The shape of a sample.
  final Shape[] shapes;
  /// The shape without its first axis, of a value that is not batched.
  final Shape[] rests;
  final boolean[] batched;
  final boolean[] ofInput;
  final boolean[] ofParameters;
  /// Whether the value is its operand's elements under another shape.
  final boolean[] views;
  /// Whether cotangents pass to the operands as they are.
  final boolean[] sums;
  final Registers registers;
  /// Whether samples may be computed in blocks at no cost: there is no matrix product inside, and no layer.
  final boolean streams;
  /// The numbers of a sample in a pass that keeps nothing.
  final long width;
  private final boolean[] parametrised;
  private final int[][] paths;
  private final boolean diagonal;

  Program(Expression expression, Map<String, int[]> paths) {
    List<Vertex> order = expression.order();
    int n = order.size();
    kinds = order.stream().map(vertex -> vertex.kind).toArray(Vertex.Kind[]::new);
    primitives = order.stream().map(vertex -> vertex.primitive).toArray(Primitive[]::new);
    layers = order.stream().map(vertex -> vertex.holder == null ? null : vertex.holder.layer()).toArray(Layer[]::new);
    constants = order.stream().map(vertex -> vertex.constant).toArray(Constant[]::new);
    operands = order.stream()
        .map(vertex -> vertex.operands.stream().mapToInt(expression::index).toArray()).toArray(int[][]::new);
    shapes = order.stream().map(vertex -> vertex.shape).toArray(Shape[]::new);
    rests = order.stream().map(vertex -> vertex.shape.withoutFirst()).toArray(Shape[]::new);
    batched = new boolean[n];
    ofInput = new boolean[n];
    ofParameters = new boolean[n];
    views = new boolean[n];
    sums = new boolean[n];
    parametrised = new boolean[n];
    this.paths = new int[n][];
    for (int v = 0; v < n; v++) {
      Vertex vertex = order.get(v);
      batched[v] = vertex.batched;
      ofInput[v] = vertex.ofInput;
      ofParameters[v] = vertex.ofParameters;
      views[v] = vertex.isView();
      parametrised[v] = vertex.holder != null && vertex.holder.spec().size() > 0;
      sums[v] = vertex.primitive instanceof Plus;
      this.paths[v] = vertex.holder == null ? NOWHERE : paths.get(vertex.holder.name());
    }
    diagonal = expression.isDiagonal();
    registers = Registers.of(this);
    streams = order.stream().noneMatch(vertex ->
        vertex.kind == Vertex.Kind.LAYER || vertex.primitive instanceof MatMul);
    width = (long) shapes[0].size() + shapes[n - 1].size() + registers.width();
  }

  int size() {
    return kinds.length;
  }

  int output() {
    return kinds.length - 1;
  }

  /// {@return of the whole's parameters those of value `v`}
  Parameters of(int v, Parameters whole) {
    Parameters part = whole;
    for (int at : paths[v]) {
      part = part.part(at);
    }
    return part;
  }

  /// {@return whether value `v` is a layer with parameters}
  boolean hasParameters(int v) {
    return parametrised[v];
  }

  /// {@return whether each element of the output depends on the same element of the input alone}
  boolean isDiagonal() {
    return diagonal || isIdentity();
  }

  /// {@return whether the output is the input}
  boolean isIdentity() {
    return kinds.length == 1;
  }

  boolean mixesSamplesInTraining() {
    for (Layer layer : layers) {
      if (layer != null && layer.mixesSamplesInTraining()) {
        return true;
      }
    }
    return false;
  }

  /// The Jacobian's structure for so many samples.
  JacobianStructure structure(int batch) {
    long multiplyAdds = 0;
    long kept = 0;
    long again = 0;
    for (int v = 1; v < size(); v++) {
      long samples = batched[v] ? batch : 1;
      if (kinds[v] == Vertex.Kind.LAYER) {
        JacobianStructure structure = layers[v].jacobianStructure(shapes[operands[v][0]].prepend(batch));
        multiplyAdds += ofInput[v] ? structure.multiplyAdds() : 0;
        again += ofInput[v] ? structure.recomputed() : 0;
        kept += structure.kept();
      } else if (kinds[v] == Vertex.Kind.OPERATION) {
        List<Shape> taken = Arrays.stream(operands[v]).mapToObj(operand -> shapes[operand]).toList();
        multiplyAdds += ofInput[v] && !views[v] ? samples * primitives[v].multiplyAdds(taken) : 0;
        kept += views[v] ? 0 : samples * (shapes[v].size() + primitives[v].kept(taken));
      }
    }
    return structure(multiplyAdds, batch).keeping(kept).recomputing(again);
  }

  private JacobianStructure structure(long multiplyAdds, int batch) {
    if (!isDiagonal()) {
      return JacobianStructure.implicit(multiplyAdds);
    }
    boolean only = multiplyAdds == 0; // views of the input
    return only ? JacobianStructure.identity() : JacobianStructure.diagonal(batch * shapes[output()].size());
  }
}
