package dev.lanewise.graph;

import dev.lanewise.graph.primitive.Minus;
import dev.lanewise.graph.primitive.Plus;
import dev.lanewise.graph.primitive.Scale;
import dev.lanewise.graph.primitive.form.Concat;
import dev.lanewise.graph.primitive.form.Pad;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes an expression that is a sum apart into parallel branches: groups of terms that share neither values nor
/// parameters.
///
/// Concatenated nodes are a sum too, each padded with zeros. Terms that do not depend on the input go with the first
/// branch.
final class Parallel {

  /// One term: a value, its sign, and its padding, which may be null.
  private record Term(Vertex vertex, boolean negative, Pad place) {}

  private final Expression expression;
  private final List<Term> terms = new ArrayList<>();

  private Parallel(Expression expression) {
    this.expression = expression;
  }

  /// {@return the branches, at least two; none if it cannot be taken apart}
  static List<Expression> branches(Expression expression) {
    return new Parallel(expression).branches();
  }

  private List<Expression> branches() {
    Vertex output = expression.output();
    if (output.primitive instanceof Concat concat) {
      place(concat, output);
    } else {
      takeApart(output);
    }
    List<Term> still = terms.stream().filter(term -> !term.vertex.ofInput).toList();
    List<List<Term>> groups = groups(terms.stream().filter(term -> term.vertex.ofInput).toList());
    if (groups.size() < 2 || sharesParameters(still, groups)) {
      return List.of();
    }
    groups.getFirst().addAll(still);
    return groups.stream().map(this::sum).toList();
  }

  private void place(Concat concat, Vertex output) {
    int axis = concat.axis();
    int before = 0;
    for (Vertex operand : output.operands) {
      int length = operand.shape.dim(axis);
      terms.add(new Term(operand, false, Pad.of(operand.shape, axis, before,
          output.shape.dim(axis) - before - length)));
      before += length;
    }
  }

  /// Takes sums and differences that nothing else reads apart into terms, in the order in which they are written.
  private void takeApart(Vertex output) {
    Deque<Term> open = new ArrayDeque<>(List.of(new Term(output, false, null)));
    while (!open.isEmpty()) {
      Term term = open.pop();
      Vertex vertex = term.vertex;
      boolean own = vertex == output || expression.readers(vertex) == 1;
      if (own && (vertex.primitive instanceof Plus || vertex.primitive instanceof Minus)) {
        open.push(new Term(vertex.operands.getLast(), term.negative ^ vertex.primitive instanceof Minus, null));
        open.push(new Term(vertex.operands.getFirst(), term.negative, null));
      } else {
        terms.add(term);
      }
    }
  }

  /// Groups terms that share a value or a parameter.
  private List<List<Term>> groups(List<Term> moving) {
    Map<Object, Integer> owner = new HashMap<>();
    int[] group = new int[moving.size()];
    for (int term = 0; term < group.length; term++) {
      group[term] = term;
      for (Object shared : own(moving.get(term))) {
        Integer before = owner.putIfAbsent(shared, term);
        if (before != null) {
          unite(group, before, term);
        }
      }
    }
    Map<Integer, List<Term>> groups = new LinkedHashMap<>();
    for (int term = 0; term < group.length; term++) {
      groups.computeIfAbsent(first(group, term), _ -> new ArrayList<>()).add(moving.get(term));
    }
    return List.copyOf(groups.values());
  }

  private static void unite(int[] group, int one, int other) {
    int first = first(group, one);
    int second = first(group, other);
    group[Math.max(first, second)] = Math.min(first, second);
  }

  private static int first(int[] group, int term) {
    int at = term;
    while (group[at] != at) {
      group[at] = group[group[at]];
      at = group[at];
    }
    return at;
  }

  private boolean sharesParameters(List<Term> still, List<List<Term>> groups) {
    Set<Object> own = new HashSet<>();
    still.forEach(term -> own.addAll(own(term)));
    return groups.subList(1, groups.size()).stream().flatMap(List::stream)
        .anyMatch(term -> !Collections.disjoint(own, own(term)));
  }

  /// The values of a term that depend on the input, and the names of its parameters.
  private Set<Object> own(Term term) {
    Set<Object> own = new HashSet<>();
    for (Vertex vertex : Expression.afterOperands(expression.input(), term.vertex)) {
      if (vertex.ofInput && vertex != expression.input()) {
        own.add(vertex);
      }
      if (vertex.holder != null && vertex.holder.spec().size() > 0) {
        own.add(vertex.holder.name());
      }
    }
    return own;
  }

  private Expression sum(List<Term> group) {
    Vertex start = Vertex.input(expression.input().shape);
    Vertex sum = null;
    for (Term term : group) {
      Vertex value = Expression.copy(start, expression.input(), term.vertex);
      if (term.negative) {
        value = Vertex.operation(new Scale(-1), value.shape, value.batched, List.of(value), "negate");
      }
      if (term.place != null) {
        value = Vertex.operation(term.place, expression.output().shape, value.batched, List.of(value), "pad");
      }
      sum = sum == null ? value : Vertex.operation(new Plus(), sum.shape, true, List.of(sum, value), "plus");
    }
    return Expression.of(start, sum);
  }
}
