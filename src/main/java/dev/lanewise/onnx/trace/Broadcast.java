package dev.lanewise.onnx.trace;

import dev.lanewise.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;

/// Operands of an element-by-element operation, with their axes aligned at the last as in NumPy and the batch's axis
/// removed: their nodes broadcast against each other.
///
/// @param nodes the operands'
/// @param dims of the result, the batch at length 1
/// @param batch the batch's axis in the result, or −1
/// @param one an operand with the result's batch, if there is one
public record Broadcast(List<Node> nodes, int[] dims, int batch, Traced one) {

  /// @throws Refusal if shapes do not fit, or samples would meet each other
  public static Broadcast of(Call call, List<Traced> operands) {
    int rank = operands.stream().mapToInt(Traced::rank).max().orElseThrow();
    int batch = -1;
    Traced one = operands.getFirst();
    for (Traced operand : operands) {
      if (operand.isBatched()) {
        int at = operand.batch() + rank - operand.rank();
        if (batch >= 0 && (at != batch || !one.isMergedAs(operand))) {
          throw call.refusal("operands " + operands + " have the batch along different axes, expected one");
        }
        batch = at;
        one = operand;
      }
    }
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    List<Node> nodes = new ArrayList<>();
    for (Traced operand : operands) {
      merge(call, operands, operand, dims);
      nodes.add(aligned(call, operand, rank, batch, one.isMerged()));
    }
    return new Broadcast(nodes, dims, batch, one);
  }

  /// {@return an operation on two operands}
  ///
  /// @throws Refusal if shapes do not fit, or samples would meet each other
  public static Traced of(Call call, Traced a, Traced b, BinaryOperator<Node> operation) {
    Broadcast both = of(call, List.of(a, b));
    return both.result(operation.apply(both.nodes.get(0), both.nodes.get(1)));
  }

  /// {@return an operation on x and an operand that broadcasts to it, in x's shape}
  ///
  /// @param what the operand is, for messages
  /// @throws Refusal if it does not broadcast to x
  public static Traced onto(Call call, Traced x, Traced other, String what, BinaryOperator<Node> operation) {
    Traced result = of(call, x, other, operation);
    if (!Arrays.equals(result.dims(), x.dims()) || result.batch() != x.batch()) {
      throw call.refusal(what + " has shape " + other + ", expected one that broadcasts to " + x);
    }
    return result;
  }

  private static void merge(Call call, List<Traced> operands, Traced operand, int[] dims) {
    int missing = dims.length - operand.rank();
    for (int axis = 0; axis < operand.rank(); axis++) {
      int length = operand.dim(axis);
      int before = dims[missing + axis];
      if (length != before && length != 1 && before != 1) {
        throw call.refusal("operands have shapes " + operands + ", expected axes as long as each other's, or 1 long");
      }
      dims[missing + axis] = length == 1 ? before : length;
    }
  }

  /// The operand without the axis that the batch has in the result.
  private static Node aligned(Call call, Traced operand, int rank, int batch, boolean merged) {
    int at = batch - (rank - operand.rank());
    if (batch < 0 || at < 0 || operand.isBatched()) {
      return operand.node();
    }
    if (operand.dim(at) != 1) {
      throw call.refusal("an operand of shape " + operand + " has one value for each sample of a batch of "
          + operand.dim(at) + " along axis " + at + ", expected an axis of length 1 there");
    }
    return merged ? operand.node() : operand.node().reshape(Traced.inner(operand.dims(), at));
  }

  /// {@return the result's value}
  public Traced result(Node node) {
    return Traced.like(one, node, dims, batch);
  }
}
