package dev.lanewise.autodiff.cost;

import dev.lanewise.Activation;
import dev.lanewise.MatrixOps;
import dev.lanewise.Ops;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.cost.CostTable.Work;

/// One grid point of a [CostTable] during measurement: the operation at these sizes, and its shortest time so far.
final class CostCell {

  /// The least length of a turn of several calls, against which the clock's 20 to 30 ns do not count.
  private static final double TURN_NANOS = 1_500;
  private static final int MOST_CALLS = 100;
  /// A turn shorter than this is followed by another, with caches, predictors and the number of calls set by the first.
  private static final double SHORT_NANOS = 20_000;
  private static final int MOST_TURNS_AT_ONCE = 3;

  final Work work;
  final int x;
  final int y;
  final int z;

  private final Tensor a;
  private final Tensor b;
  private final Tensor c;
  private final Workspace ws;

  private double last = Double.POSITIVE_INFINITY;
  private double best = Double.POSITIVE_INFINITY;

  /// @param operands three tensors, each as large as the largest operand of any cell
  CostCell(Work work, int x, int y, int z, Tensor[] operands, Workspace ws) {
    this.work = work;
    this.x = x;
    this.y = y;
    this.z = z;
    this.ws = ws;
    switch (work) {
      case A_B -> {
        a = matrix(operands[0], x, z);
        b = matrix(operands[1], z, y);
        c = matrix(operands[2], x, y);
      }
      case A_BT -> {
        a = matrix(operands[0], x, z);
        b = matrix(operands[1], y, z);
        c = matrix(operands[2], x, y);
      }
      case AT_B -> {
        a = matrix(operands[0], z, x);
        b = matrix(operands[1], z, y);
        c = matrix(operands[2], x, y);
      }
      case PASS -> {
        a = matrix(operands[0], 1, z);
        b = matrix(operands[1], 1, z);
        c = matrix(operands[2], 1, z);
      }
      case TRANSPOSE -> {
        a = matrix(operands[0], y, z);
        b = a;
        c = matrix(operands[2], z, y);
      }
      default -> throw new AssertionError(work);
    }
  }

  private static Tensor matrix(Tensor operand, int rows, int columns) {
    return operand.view(0, Shape.of(rows, columns));
  }

  void run(int calls) {
    for (int call = 0; call < calls; call++) {
      switch (work) {
        case A_B -> Ops.times(a, b, c, false, ws);
        case A_BT -> Ops.timesTransposed(a, b, c, false, ws);
        case AT_B -> Ops.transposedTimes(a, b, c, false, ws);
        case PASS -> PointwiseOps.scaleBySlope(Activation.TANH, a, b, c);
        case TRANSPOSE -> MatrixOps.transposeInto(a, a.shape().rows(), c, 0);
        default -> throw new AssertionError(work);
      }
    }
  }

  /// Times one or more turns of calls.
  void time() {
    turn();
    for (int more = 1; more < MOST_TURNS_AT_ONCE && last < SHORT_NANOS; more++) {
      turn();
    }
  }

  private void turn() {
    int calls = (int) Math.clamp(TURN_NANOS / best, 1, MOST_CALLS);
    long begin = System.nanoTime();
    run(calls);
    double nanos = Math.max(1.0, System.nanoTime() - begin);
    last = nanos / calls;
    best = Math.min(best, last);
  }

  double best() {
    return best;
  }

  /// x·y·z: multiply-adds, or elements.
  long size() {
    return (long) x * y * z;
  }
}
