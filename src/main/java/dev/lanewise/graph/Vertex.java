package dev.lanewise.graph;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Primitive;
import java.util.List;

/// One value of an expression, and its source. Compared by identity.
final class Vertex {

  private static final int LONGEST_TEXT = 120;
  private static final int DEEPEST_TEXT = 12;

  /// Where a value comes from.
  enum Kind {
    /// The layer's input.
    INPUT,
    /// A number, or several, that never change.
    CONSTANT,
    /// A parameter of the expression's own.
    PARAMETER,
    /// An operation on other values.
    OPERATION,
    /// A layer's output.
    LAYER
  }

  final Kind kind;
  /// The shape of one sample.
  final Shape shape;
  /// Whether there is a value for each sample, or one for all.
  final boolean batched;
  /// Whether it depends on the input.
  final boolean ofInput;
  /// Whether it depends on parameters.
  final boolean ofParameters;
  final List<Vertex> operands;
  /// Of an operation.
  final Primitive primitive;
  /// Of a parameter or a layer.
  final Holder holder;
  /// Of a constant.
  final Constant constant;
  private final String label;

  private Vertex(Kind kind, Shape shape, boolean batched, List<Vertex> operands, Primitive primitive, Holder holder,
      Constant constant, String label) {
    this.kind = kind;
    this.shape = shape;
    this.batched = batched;
    this.ofInput = kind == Kind.INPUT || operands.stream().anyMatch(operand -> operand.ofInput);
    this.ofParameters = holder != null && holder.spec().size() > 0
        || operands.stream().anyMatch(operand -> operand.ofParameters);
    this.operands = operands;
    this.primitive = primitive;
    this.holder = holder;
    this.constant = constant;
    this.label = label;
  }

  static Vertex input(Shape shape) {
    return new Vertex(Kind.INPUT, shape, true, List.of(), null, null, null, "x");
  }

  static Vertex constant(Constant constant, String label) {
    return new Vertex(Kind.CONSTANT, constant.shape(), false, List.of(), null, null, constant, label);
  }

  static Vertex parameter(Holder holder) {
    return new Vertex(Kind.PARAMETER, holder.shape(), false, List.of(), null, holder, null, holder.name());
  }

  static Vertex operation(Primitive primitive, Shape shape, boolean batched, List<Vertex> operands, String label) {
    return new Vertex(Kind.OPERATION, shape, batched, operands, primitive, null, null, label);
  }

  static Vertex layer(Holder holder, Shape shape, Vertex operand) {
    return new Vertex(Kind.LAYER, shape, true, List.of(operand), null, holder, null, holder.name());
  }

  /// The same value of other operands, or of another layer.
  Vertex with(List<Vertex> operands, Holder holder) {
    return new Vertex(kind, shape, batched, operands, primitive, holder, constant, label);
  }

  boolean isView() {
    return kind == Kind.OPERATION && primitive.isView();
  }

  /// The expression as it would be written, without what is nested too deep and what is too long.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text, DEEPEST_TEXT);
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text.toString();
  }

  private void write(StringBuilder text, int depth) {
    if (text.length() > LONGEST_TEXT) {
      return;
    }
    if (depth == 0 && !operands.isEmpty()) {
      text.append('…');
      return;
    }
    if (operands.isEmpty()) {
      text.append(label);
      return;
    }
    operands.getFirst().write(text, depth - 1);
    text.append('.').append(label);
    if (label.endsWith(")")) {
      return; // said with what the operation is told
    }
    text.append('(');
    for (int operand = 1; operand < operands.size(); operand++) {
      text.append(operand == 1 ? "" : ", ");
      operands.get(operand).write(text, depth - 1);
    }
    text.append(')');
  }
}
