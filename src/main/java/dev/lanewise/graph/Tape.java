package dev.lanewise.graph;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.primitive.Point;

/// An expression at one point: its values, each operation's [Point], each layer's linearization.
final class Tape {

  final Program program;
  final Tensor[] values;
  final Point[] points;
  final Linearization[] layers;
  Parameters theta;
  Precision precision;
  Workspace ws;

  Tape(Program program) {
    this.program = program;
    int n = program.size();
    values = new Tensor[n];
    layers = new Linearization[n];
    points = new Point[n];
    for (int v = 0; v < n; v++) {
      points[v] = new Point();
      points[v].in = new Tensor[program.operands[v].length];
    }
  }

  /// Computes all values at `x` and keeps what the derivatives need.
  void record(Tensor x, Parameters theta, Workspace ws) {
    this.theta = theta;
    this.ws = ws;
    precision = x.precision();
    values[0] = x;
    for (int v = 1; v < values.length; v++) {
      values[v] = switch (program.kinds[v]) {
        case INPUT -> x;
        case CONSTANT -> program.constants[v].at(precision);
        case PARAMETER -> program.of(v, theta).get(0);
        case OPERATION -> program.views[v] ? view(v) : operation(v);
        case LAYER -> layer(v);
      };
    }
  }

  private Tensor view(int v) {
    Tensor whole = values[program.operands[v][0]];
    return program.batched[v] ? ws.view(whole, 0, batch(), program.shapes[v])
        : ws.view(whole, 0, program.shapes[v].dim(0), program.rests[v]);
  }

  private Tensor operation(int v) {
    int[] from = program.operands[v];
    Point at = points[v];
    for (int operand = 0; operand < from.length; operand++) {
      at.in[operand] = values[from[operand]];
    }
    at.ws = ws;
    at.kept = Tensor.none();
    at.y = program.batched[v]
        ? ws.tensor(precision, batch(), program.shapes[v])
        : ws.tensor(precision, program.shapes[v]);
    program.primitives[v].value(at, true);
    return at.y;
  }

  private Tensor layer(int v) {
    layers[v] = program.layers[v].linearize(values[program.operands[v][0]], program.of(v, theta), ws);
    return layers[v].output();
  }

  private int batch() {
    return values[0].shape().dim(0);
  }

  Tensor input() {
    return values[0];
  }

  Tensor output() {
    return values[values.length - 1];
  }

  /// Memory for so many tangents or cotangents of a value.
  Tensor panel(int v, int chunk) {
    return ws.tensor(precision, chunk, values[v].shape());
  }

  /// A panel of what a value views or is viewed by, as one of that value.
  Tensor panelOver(Tensor whole, int v, int chunk) {
    return ws.view(whole, 0, chunk, values[v].shape());
  }
}
