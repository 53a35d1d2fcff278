package dev.lanewise.graph;

import dev.lanewise.Layer;
import dev.lanewise.graph.primitive.Activate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A function of one input, as its values in an order in which each comes after its operands. It has only values that
/// its output depends on.
final class Expression {

  private final Vertex input;
  private final List<Vertex> order;
  private final Map<Vertex, Integer> indices = new IdentityHashMap<>();
  private final int[] readers;

  private Expression(Vertex input, List<Vertex> order) {
    this.input = input;
    this.order = order;
    this.readers = new int[order.size()];
    for (int index = 0; index < order.size(); index++) {
      indices.put(order.get(index), index);
      for (Vertex operand : order.get(index).operands) {
        readers[indices.get(operand)]++;
      }
    }
  }

  /// What `output` depends on, with activations of layers' outputs fused into those layers.
  static Expression of(Vertex input, Vertex output) {
    return sorted(input, output).fused();
  }

  private static Expression sorted(Vertex input, Vertex output) {
    return new Expression(input, afterOperands(input, output));
  }

  /// The values that `value` depends on, each after its operands: `start` first, whose own operands are left out.
  static List<Vertex> afterOperands(Vertex start, Vertex value) {
    Set<Vertex> done = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Vertex> order = new ArrayList<>(List.of(start));
    done.add(start);
    Deque<Vertex> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Vertex vertex = open.peek();
      List<Vertex> missing = vertex.operands.stream().filter(operand -> !done.contains(operand)).toList();
      if (done.contains(vertex) || missing.isEmpty()) {
        open.pop();
        if (done.add(vertex)) {
          order.add(vertex);
        }
      } else {
        missing.reversed().forEach(open::push);
      }
    }
    return order;
  }

  /// Fuses φ into the layer before it, if that layer can do so, nothing else reads its output, and no other value has
  /// its parameters.
  private Expression fused() {
    Map<Holder, Integer> uses = new HashMap<>();
    order.stream().filter(vertex -> vertex.holder != null)
        .forEach(vertex -> uses.merge(vertex.holder, 1, Integer::sum));
    Map<Vertex, Vertex> now = new IdentityHashMap<>();
    for (Vertex vertex : order) {
      Optional<Layer> both = activated(vertex, uses);
      if (both.isPresent()) {
        Vertex before = vertex.operands.getFirst();
        Holder holder = Holder.of(before.holder.name(), both.get());
        now.put(vertex, Vertex.layer(holder, vertex.shape, now.get(before.operands.getFirst())));
      } else {
        List<Vertex> operands = vertex.operands.stream().map(now::get).toList();
        now.put(vertex, vertex == input ? input : vertex.with(operands, vertex.holder));
      }
    }
    return sorted(input, now.get(output()));
  }

  /// One layer for an activation and the layer before it.
  private Optional<Layer> activated(Vertex vertex, Map<Holder, Integer> uses) {
    if (!(vertex.primitive instanceof Activate activate)) {
      return Optional.empty();
    }
    Vertex before = vertex.operands.getFirst();
    boolean alone = before.kind == Vertex.Kind.LAYER && readers(before) == 1 && uses.get(before.holder) == 1;
    return alone ? before.holder.layer().activatedBy(activate.phi()) : Optional.empty();
  }

  /// The part of this expression from one value to another: a function of the first that gives the second.
  static Expression between(Vertex from, Vertex to) {
    Vertex start = Vertex.input(from.shape);
    return sorted(start, copy(start, from, to));
  }

  /// `to` as a function of `start` in the place of `from`.
  static Vertex copy(Vertex start, Vertex from, Vertex to) {
    Map<Vertex, Vertex> copies = new IdentityHashMap<>();
    copies.put(from, start);
    for (Vertex vertex : afterOperands(from, to)) {
      if (vertex != from) {
        copies.put(vertex, vertex.with(vertex.operands.stream().map(copies::get).toList(), vertex.holder));
      }
    }
    return copies.get(to);
  }

  /// The values: the input first, the output last unless it is the input.
  List<Vertex> order() {
    return order;
  }

  Vertex input() {
    return input;
  }

  Vertex output() {
    return order.getLast();
  }

  int index(Vertex vertex) {
    return indices.get(vertex);
  }

  /// How often a value is an operand of others.
  int readers(Vertex vertex) {
    return readers[indices.get(vertex)];
  }

  /// The holders of parameters, in the order of use.
  List<Holder> holders() {
    Map<String, Holder> holders = new LinkedHashMap<>();
    order.stream().filter(vertex -> vertex.holder != null)
        .forEach(vertex -> holders.putIfAbsent(vertex.holder.name(), vertex.holder));
    return List.copyOf(holders.values());
  }

  /// Whether it is one layer, applied to the input.
  boolean isOneLayer() {
    return order.size() == 2 && output().kind == Vertex.Kind.LAYER;
  }

  /// Whether each element of the output depends on the same element of the input alone.
  boolean isDiagonal() {
    return order.stream().filter(vertex -> vertex.ofInput && vertex != input)
        .allMatch(vertex -> vertex.kind == Vertex.Kind.OPERATION && (vertex.primitive.isPointwise() || vertex.isView()))
        && output().ofInput;
  }

  @Override
  public String toString() {
    return output().toString();
  }
}
