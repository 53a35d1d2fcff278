package dev.lanewise.graph;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;

/// Tangents of all values, pushed from the input and the parameters to the output. A tangent of 0 is none.
final class Tangents {

  private final Tape tape;
  private final Tensor[] dots;
  private final Tensor[][] operands;

  Tangents(Tape tape) {
    this.tape = tape;
    int n = tape.program.size();
    dots = new Tensor[n];
    operands = new Tensor[n][];
    for (int v = 0; v < n; v++) {
      operands[v] = new Tensor[tape.program.operands[v].length];
    }
  }

  /// Overwrites `yDot`.
  void pushTo(Tensor yDot, Tensor xDot, Parameters thetaDot, int chunk) {
    push(xDot, thetaDot, chunk, yDot);
    Tensor last = dots[dots.length - 1];
    if (last.isNone()) {
      yDot.fill(0);
    } else if (last != yDot) {
      yDot.copyFrom(last, 0);
    }
  }

  /// Pushes the tangents of all values, in the workspace.
  ///
  /// @param yDot the place of the output's tangent unless the output is a view, or none
  void push(Tensor xDot, Parameters thetaDot, int chunk, Tensor yDot) {
    Program program = tape.program;
    dots[0] = xDot;
    for (int v = 1; v < dots.length; v++) {
      Tensor place = v == dots.length - 1 ? yDot : Tensor.none();
      dots[v] = switch (program.kinds[v]) {
        case INPUT -> xDot;
        case CONSTANT -> Tensor.none();
        case PARAMETER -> parameter(v, program.of(v, thetaDot), chunk);
        case OPERATION -> operation(v, chunk, place);
        case LAYER -> layer(v, thetaDot, chunk, place);
      };
    }
  }

  Tensor of(int v) {
    return dots[v];
  }

  /// The tangents of an operation's operands.
  Tensor[] operands(int v) {
    return operands[v];
  }

  /// Whether an operand of the operation moves.
  boolean moves(int v) {
    for (Tensor dot : operands[v]) {
      if (!dot.isNone()) {
        return true;
      }
    }
    return false;
  }

  private Tensor parameter(int v, Parameters dot, int chunk) {
    if (dot.isNone()) {
      return Tensor.none();
    }
    if (chunk == 1) {
      return tape.panelOver(dot.get(0, 0), v, 1);
    }
    Tensor panel = tape.panel(v, chunk);
    for (int direction = 0; direction < chunk; direction++) {
      Tensor one = dot.get(0, direction);
      panel.copyFrom(one, direction * one.size());
    }
    return panel;
  }

  private Tensor operation(int v, int chunk, Tensor place) {
    int[] from = tape.program.operands[v];
    for (int operand = 0; operand < from.length; operand++) {
      operands[v][operand] = dots[from[operand]];
    }
    if (!moves(v)) {
      return Tensor.none();
    }
    if (tape.program.views[v]) {
      return tape.panelOver(operands[v][0], v, chunk);
    }
    Tensor dot = place.isNone() ? tape.panel(v, chunk) : place;
    tape.program.primitives[v].push(tape.points[v], operands[v], dot);
    return dot;
  }

  private Tensor layer(int v, Parameters thetaDot, int chunk, Tensor place) {
    Tensor from = dots[tape.program.operands[v][0]];
    if (from.isNone() && (thetaDot.isNone() || !tape.program.hasParameters(v))) {
      return Tensor.none();
    }
    Tensor dot = place.isNone() ? tape.panel(v, chunk) : place;
    tape.layers[v].jvp(from, tape.program.of(v, thetaDot), dot);
    return dot;
  }
}
