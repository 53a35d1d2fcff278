package dev.lanewise.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cuts an expression at its articulation values: those that every path from the input to the output passes through.
///
/// Readers of one parameter are not separated, so that each part has parameters of its own.
final class Series {

  /// Values that depend on the input, in order.
  private final List<Vertex> moving;
  private final Map<Vertex, Integer> positions = new IdentityHashMap<>();

  private Series(Expression expression) {
    moving = expression.order().stream().filter(vertex -> vertex.ofInput).toList();
    for (int position = 0; position < moving.size(); position++) {
      positions.put(moving.get(position), position);
    }
  }

  /// {@return the articulation values in order, the input first, the output last}
  static List<Vertex> cuts(Expression expression) {
    if (!expression.output().ofInput || expression.output() == expression.input()) {
      return List.of(expression.input(), expression.output());
    }
    return new Series(expression).cuts();
  }

  private List<Vertex> cuts() {
    int last = moving.size() - 1;
    int[] reach = new int[moving.size()];
    for (int position = 0; position <= last; position++) {
      for (Vertex operand : moving.get(position).operands) {
        if (operand.ofInput) {
          reach[positions.get(operand)] = position;
        }
      }
    }
    List<Integer> cuts = new ArrayList<>(List.of(0));
    int furthest = reach[0];
    for (int position = 1; position <= last; position++) {
      if (furthest <= position) {
        cuts.add(position);
      }
      furthest = Math.max(furthest, reach[position]);
    }
    return withoutSharing(cuts).stream().map(moving::get).toList();
  }

  /// The cuts that do not separate two readers of one parameter.
  private List<Integer> withoutSharing(List<Integer> cuts) {
    Map<String, int[]> readers = new HashMap<>();
    for (int position = 1; position < moving.size(); position++) {
      collect(moving.get(position), position, readers);
    }
    List<Integer> left = new ArrayList<>(cuts);
    int last = moving.size() - 1;
    readers.values().forEach(range ->
        left.removeIf(cut -> cut != 0 && cut != last && range[0] <= cut && cut < range[1]));
    return left;
  }

  /// Adds the parameters that a value reads, itself or through functions of parameters alone.
  private void collect(Vertex reader, int position, Map<String, int[]> readers) {
    Deque<Vertex> open = new ArrayDeque<>(List.of(reader));
    Set<Vertex> done = new HashSet<>();
    while (!open.isEmpty()) {
      Vertex vertex = open.pop();
      if (vertex.holder != null && vertex.holder.spec().size() > 0) {
        int[] range = readers.computeIfAbsent(vertex.holder.name(), _ -> new int[] {position, position});
        range[0] = Math.min(range[0], position);
        range[1] = Math.max(range[1], position);
      }
      vertex.operands.stream().filter(operand -> !operand.ofInput && operand.ofParameters && done.add(operand))
          .forEach(open::push);
    }
  }
}
