package dev.lanewise.graph;

import dev.lanewise.graph.primitive.Minus;
import dev.lanewise.graph.primitive.Plus;
import dev.lanewise.graph.primitive.Scale;
import dev.lanewise.graph.primitive.form.Concat;
import dev.lanewise.graph.primitive.form.Pad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An expression that is a sum, taken apart into terms that share neither values nor parameters: parallel branches.
///
/// Nodes concatenated are a sum too, each among zeros. What does not depend on the input goes with the first branch.
final class Parallel {

  /// One term: a value, its sign, and where it stands among zeros.
  private record Term(Vertex vertex, boolean negative, Pad place) {}

  private final Expression expression;
  private final List<Term> terms = new ArrayList<>();

  private Parallel(Expression expression) {
    this.expression = expression;
  }

  /// {@return the branches, at least two; none where there are not}
  static List<Expression> branches(Expression expression) {
    return new Parallel(expression).branches();
  }

  private List<Expression> branches() {
    Vertex output = expression.output();
    if (output.primitive instanceof Concat concat) {
      place(concat, output);
    } else {
      collect(output, false);
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

  private void collect(Vertex vertex, boolean negative) {
    boolean own = vertex == expression.output() || expression.readers(vertex) == 1;
    if (own && (vertex.primitive instanceof Plus || vertex.primitive instanceof Minus)) {
      collect(vertex.operands.getFirst(), negative);
      collect(vertex.operands.getLast(), negative ^ vertex.primitive instanceof Minus);
    } else {
      terms.add(new Term(vertex, negative, null));
    }
  }

  /// Terms that share a value or a parameter stand in one group.
  private List<List<Term>> groups(List<Term> moving) {
    List<List<Term>> groups = new ArrayList<>();
    List<Set<Object>> known = new ArrayList<>();
    for (Term term : moving) {
      List<Term> group = new ArrayList<>(List.of(term));
      Set<Object> own = new HashSet<>();
      collect(term.vertex, own);
      for (int at = groups.size() - 1; at >= 0; at--) {
        if (!Collections.disjoint(known.get(at), own)) {
          group.addAll(0, groups.remove(at));
          own.addAll(known.remove(at));
        }
      }
      groups.add(group);
      known.add(own);
    }
    return groups;
  }

  private boolean sharesParameters(List<Term> still, List<List<Term>> groups) {
    Set<Object> own = new HashSet<>();
    still.forEach(term -> collect(term.vertex, own));
    return groups.subList(1, groups.size()).stream().flatMap(List::stream).anyMatch(term -> {
      Set<Object> others = new HashSet<>();
      collect(term.vertex, others);
      return !Collections.disjoint(own, others);
    });
  }

  /// The values of a term that depend on the input, and the names of its parameters.
  private void collect(Vertex vertex, Set<Object> into) {
    if (vertex == expression.input() || vertex.ofInput && !into.add(vertex)) {
      return;
    }
    if (vertex.holder != null && vertex.holder.spec().size() > 0) {
      into.add(vertex.holder.name());
    }
    vertex.operands.forEach(operand -> collect(operand, into));
  }

  private Expression sum(List<Term> group) {
    Vertex start = Vertex.input(expression.input().shape);
    Vertex sum = null;
    for (Term term : group) {
      Vertex value = expression.copy(start, expression.input(), term.vertex);
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
