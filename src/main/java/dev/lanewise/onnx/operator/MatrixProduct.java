package dev.lanewise.onnx.operator;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import java.util.Arrays;

/// The product of two values along the last axis of the first and the last but one of the second. Axes before those
/// broadcast; a vector is a matrix of one row or column, as in NumPy's `matmul`.
///
/// The batch is an axis before those in either operand, or the rows of the first, or the columns of the second.
final class MatrixProduct {

  private final Call call;
  private final Traced a;
  private final Traced b;
  private final int rank;
  private final int batch;
  private final Traced one;
  private final boolean merged;
  private final int[] dims;

  private MatrixProduct(Call call, Traced a, Traced b) {
    this.call = call;
    this.a = a;
    this.b = b;
    this.rank = Math.max(a.rank(), b.rank());
    int k = a.dim(a.rank() - 1);
    call.inner(a, -1);
    call.inner(b, -2);
    if (b.dim(b.rank() - 2) != k) {
      throw misfit();
    }
    int ofA = aligned(a);
    int ofB = aligned(b);
    if (ofA >= 0 && ofB >= 0 && (ofA != ofB || !a.isMergedAs(b))) {
      throw call.refusal("operands have shapes " + a + " and " + b
          + ", expected the batch along the same axis of both: samples would meet each other");
    }
    this.batch = Math.max(ofA, ofB);
    this.one = ofA >= 0 ? a : b;
    this.merged = one.isMerged();
    this.dims = dims();
  }

  /// @throws dev.lanewise.onnx.trace.Refusal if shapes do not fit, or samples would meet each other
  static Traced of(Call call, Traced a, Traced b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw call.refusal("operands have shapes " + a + " and " + b + ", expected at least 1 axis of both");
    }
    boolean row = a.rank() == 1;
    boolean column = b.rank() == 1;
    call.inner(a, -1);
    call.inner(b, column ? -1 : -2);
    Traced left = row ? Traced.of(a.node().reshape(1, a.dim(0)), new int[] {1, a.dim(0)}, -1) : a;
    Traced right = column ? Traced.of(b.node().reshape(b.dim(0), 1), new int[] {b.dim(0), 1}, -1) : b;
    return new MatrixProduct(call, left, right).result(row, column);
  }

  private RuntimeException misfit() {
    return call.refusal("operands have shapes " + a + " and " + b
        + ", expected […, m, k] by […, k, n], with axes before those as long as each other's, or 1 long");
  }

  private int aligned(Traced operand) {
    return operand.isBatched() ? operand.batch() + rank - operand.rank() : -1;
  }

  /// Of the result.
  private int[] dims() {
    int[] all = new int[rank];
    for (int axis = 0; axis < rank - 2; axis++) {
      int one = length(a, axis);
      int other = length(b, axis);
      if (one != other && one != 1 && other != 1) {
        throw misfit();
      }
      all[axis] = one == 1 ? other : one;
    }
    all[rank - 2] = a.dim(a.rank() - 2);
    all[rank - 1] = b.dim(b.rank() - 1);
    return all;
  }

  private int length(Traced operand, int axis) {
    int own = axis - (rank - operand.rank());
    return own < 0 ? 1 : operand.dim(own);
  }

  private Traced result(boolean row, boolean column) {
    Node product = operand(a).matmul(operand(b));
    int at = row && batch > rank - 2 ? batch - 1 : batch;
    int[] kept = dims;
    kept = column ? without(kept, kept.length - 1) : kept;
    kept = row ? without(kept, rank - 2) : kept;
    Node node = product.reshape(Traced.inner(kept, merged ? -1 : at));
    return Traced.like(one, node, kept, at);
  }

  private static int[] without(int[] dims, int axis) {
    int[] fewer = new int[dims.length - 1];
    for (int from = 0, to = 0; from < dims.length; from++) {
      if (from != axis) {
        fewer[to++] = dims[from];
      }
    }
    return fewer;
  }

  /// The operand's node as matrices: of two axes for a single matrix, else of as many as the result.
  private Node operand(Traced operand) {
    boolean inFront = batch >= 0 && batch < rank - 2;
    if (inFront && !operand.isBatched() && length(operand, batch) != 1) {
      throw call.refusal("an operand of shape " + operand + " has one matrix for each sample of a batch of "
          + length(operand, batch) + ", expected an axis of length 1 there");
    }
    int skipped = inFront && !merged ? batch : -1;
    int[] whole = new int[rank - (skipped < 0 ? 0 : 1)];
    int[] own = new int[whole.length];
    boolean alone = true;
    for (int axis = 0, to = 0; axis < rank; axis++) {
      if (axis != skipped) {
        boolean leading = axis < rank - 2;
        own[to] = length(operand, axis);
        whole[to] = leading ? dims[axis] : own[to];
        alone &= !leading || own[to] == 1;
        to++;
      }
    }
    if (alone) {
      return operand.node().reshape(Arrays.copyOfRange(own, own.length - 2, own.length));
    }
    Node node = operand.node().reshape(own);
    for (int axis = 0; axis < own.length; axis++) {
      node = own[axis] == whole[axis] ? node : node.repeat(axis, whole[axis]);
    }
    return node;
  }
}
