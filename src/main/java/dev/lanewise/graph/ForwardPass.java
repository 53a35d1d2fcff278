package dev.lanewise.graph;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.primitive.Point;

/// The value of an expression, with nothing kept for derivatives. Kept in the workspace.
///
/// A large batch without a product inside is computed in blocks of samples whose values stay in the cache: each
/// operation then reads what the one before has just written. Products take the whole batch, because threads share
/// large ones.
final class ForwardPass {

  /// The most numbers that a block of samples takes: 256 KiB of doubles, half of a small L2.
  private static final int BLOCK = 1 << 15;

  private final Program program;
  private final Point point = new Point();
  private final Tensor[][] operands;
  private final Tensor[] values;
  private final Tensor[] registers;
  /// What was last cut into blocks, and the blocks.
  private Tensor cutInput = Tensor.none();
  private Tensor cutOutput = Tensor.none();
  private Tensor[] inputs = {};
  private Tensor[] outputs = {};

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

  /// {@return the output, the only memory that stays taken in `ws`}
  Tensor run(Tensor x, Parameters theta, Workspace ws) {
    if (program.isIdentity()) {
      return x;
    }
    int batch = x.shape().dim(0);
    int rows = program.streams ? (int) Math.max(1, BLOCK / program.width) : batch;
    Tensor y = ws.tensor(x.precision(), batch, program.shapes[program.output()]);
    int mark = ws.mark();
    if (batch <= 2 * (long) rows) {
      takeRegisters(x.precision(), batch, ws);
      compute(x, y, 0, theta, ws);
    } else {
      int blocks = cut(x, y, rows);
      takeRegisters(x.precision(), rows, ws);
      int inner = ws.mark();
      for (int block = 0; block < blocks; block++) {
        compute(inputs[block], outputs[block], block, theta, ws);
        ws.release(inner);
      }
    }
    ws.release(mark);
    return y;
  }

  /// Cuts both into blocks, unless they are those of the last call: a loop allocates nothing.
  private int cut(Tensor x, Tensor y, int rows) {
    int batch = x.shape().dim(0);
    int blocks = (batch + rows - 1) / rows;
    if (x == cutInput && y == cutOutput) {
      return blocks;
    }
    inputs = new Tensor[blocks];
    outputs = new Tensor[blocks];
    for (int block = 0; block < blocks; block++) {
      int from = block * rows;
      int count = Math.min(rows, batch - from);
      inputs[block] = x.slice(from, count);
      outputs[block] = y.slice(from, count);
    }
    cutInput = x;
    cutOutput = y;
    return blocks;
  }

  private void takeRegisters(Precision precision, int batch, Workspace ws) {
    for (int register = 0; register < registers.length; register++) {
      int rows = program.registers.isBatched(register) ? batch : 1;
      registers[register] = ws.matrix(precision, rows, program.registers.size(register));
    }
  }

  /// Values that are not batched are computed with the first block.
  private void compute(Tensor x, Tensor y, int block, Parameters theta, Workspace ws) {
    int batch = x.shape().dim(0);
    int last = values.length - 1;
    values[0] = x;
    for (int v = 1; v <= last; v++) {
      if (block > 0 && !program.batched[v]) {
        continue;
      }
      values[v] = switch (program.kinds[v]) {
        case INPUT -> x;
        case CONSTANT -> program.constants[v].at(x.precision());
        case PARAMETER -> program.of(v, theta).get(0);
        case OPERATION -> operation(v, v == last ? y : place(v, batch, ws), ws);
        case LAYER -> layer(v, v == last ? y : place(v, batch, ws), theta, ws);
      };
    }
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
