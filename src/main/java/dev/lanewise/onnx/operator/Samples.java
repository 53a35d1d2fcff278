package dev.lanewise.onnx.operator;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Applies layers to the parts of a value along its first axis, be it the batch or not.
final class Samples {

  /// The most parts that are written out one by one.
  static final int MOST = 1_000;

  private Samples() {}

  /// {@return the value of a function of each part}
  ///
  /// @throws dev.lanewise.onnx.trace.Refusal if the batch is another axis than the first, or there are too many parts
  static Traced each(Call call, Traced x, UnaryOperator<Node> function) {
    if (x.batch() > 0) {
      throw call.refusal("input has shape " + x + ", expected the batch as axis 0");
    }
    boolean one = x.batch() == 0 && !x.isMerged();
    Node y = one ? function.apply(x.node()) : ofParts(call, x.node(), function);
    return Traced.like(x, y, one ? y.shape().prepend(1).toArray() : y.shape().toArray(), x.batch());
  }

  private static Node ofParts(Call call, Node x, UnaryOperator<Node> function) {
    int[] dims = x.shape().toArray();
    if (dims[0] > MOST) {
      throw call.refusal("input has " + dims[0] + " samples along axis 0 that is not the batch, expected at most "
          + MOST);
    }
    int[] part = Arrays.copyOfRange(dims, 1, dims.length);
    if (dims[0] == 1) {
      return function.apply(x.reshape(part)).unsqueeze(0);
    }
    Node[] outputs = new Node[dims[0]];
    for (int at = 0; at < outputs.length; at++) {
      outputs[at] = function.apply(x.slice(0, at, at + 1, 1).reshape(part));
    }
    return Node.stack(0, outputs);
  }
}
