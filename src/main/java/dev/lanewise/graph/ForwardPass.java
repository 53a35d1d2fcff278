package dev.lanewise.graph;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.primitive.Point;

/// An expression's value without anything for derivatives. Kept in the workspace.
final class ForwardPass {

  private final Program program;
  private final Point point = new Point();
  private final Tensor[][] operands;
  private final Tensor[] values;
  private final Tensor[] registers;

  ForwardPass(Program program) {
    this.program = program;
    values = new Tensor[program.size()];
    registers = new Tensor[program.registers.count()];
    operands = new Tensor[program.size()][];
    for (int v = 0; v < program.size(); v++) {
      operands[v] = new Tensor[program.operands[v].length];
    }
  }

  boolean isOf(Program program) {
    return this.program == program;
  }

  /// The output, behind which nothing in `ws` is taken any more.
  Tensor run(Tensor x, Parameters theta, Workspace ws) {
    if (program.isIdentity()) {
      return x;
    }
    Precision precision = x.precision();
    int batch = x.shape().dim(0);
    int last = program.output();
    Tensor y = ws.tensor(precision, batch, program.shapes[last]);
    int mark = ws.mark();
    for (int register = 0; register < registers.length; register++) {
      int rows = program.registers.isBatched(register) ? batch : 1;
      registers[register] = ws.matrix(precision, rows, program.registers.size(register));
    }
    values[0] = x;
    for (int v = 1; v < values.length; v++) {
      values[v] = switch (program.kinds[v]) {
        case INPUT -> x;
        case CONSTANT -> program.constants[v].at(precision);
        case PARAMETER -> program.of(v, theta).get(0);
        case OPERATION -> operation(v, v == last ? y : place(v, batch, ws), ws);
        case LAYER -> layer(v, v == last ? y : place(v, batch, ws), theta, ws);
      };
    }
    ws.release(mark);
    return y;
  }

  /// A view of the value's register, or of what the value is a view of.
  private Tensor place(int v, int batch, Workspace ws) {
    int register = program.registers.of(v);
    Tensor whole = program.views[v] ? values[program.operands[v][0]] : registers[register];
    return program.batched[v] ? ws.view(whole, 0, batch, program.shapes[v])
        : ws.view(whole, 0, program.shapes[v].dim(0), program.rests[v]);
  }

  private Tensor operation(int v, Tensor y, Workspace ws) {
    if (program.views[v] && v != program.output()) {
      return y;
    }
    int[] from = program.operands[v];
    for (int operand = 0; operand < from.length; operand++) {
      operands[v][operand] = values[from[operand]];
    }
    point.in = operands[v];
    point.y = y;
    point.ws = ws;
    program.primitives[v].value(point, false);
    return y;
  }

  private Tensor layer(int v, Tensor y, Parameters theta, Workspace ws) {
    Tensor x = values[program.operands[v][0]];
    if (program.layers[v] instanceof AffineLayer affine) {
      affine.forward(x, program.of(v, theta), y, ws);
    } else {
      int mark = ws.mark();
      y.copyFrom(program.layers[v].forward(x, program.of(v, theta), ws));
      ws.release(mark);
    }
    return y;
  }
}
