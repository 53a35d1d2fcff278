package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.Tensor;
import dev.lanewise.graph.Axes;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// Softmax and its relatives along an axis. Before version 13 all axes from one on are one.
final class Softmaxes {

  private interface AlongAxis {

    Node of(Node x, int axis);
  }

  private static final int ONE_AXIS_ALONE = 13;

  private Softmaxes() {}

  static void addTo(Map<String, Operator> rules) {
    rules.put("Softmax", call -> of(call, Node::softmax));
    rules.put("LogSoftmax", call -> of(call, Node::logSoftmax));
    rules.put("Hardmax", call -> of(call, Softmaxes::hardmax));
  }

  private static Traced of(Call call, AlongAxis operation) {
    Traced x = call.traced(0);
    if (call.opset() >= ONE_AXIS_ALONE) {
      return x.with(operation.of(x.node(), call.inner(x, call.integer("axis", -1))));
    }
    int first = call.axis(call.integer("axis", 1), x.rank());
    int length = 1;
    for (int axis = first; axis < x.rank(); axis++) {
      length *= x.node().shape().dim(call.inner(x, axis));
    }
    if (first == x.rank() - 1) {
      return x.with(operation.of(x.node(), x.node().shape().rank() - 1));
    }
    Node rows = x.node().reshape(-1, length);
    return x.with(operation.of(rows, 1).reshape(x.node().shape().toArray()));
  }

  /// 1 at the largest number, else 0; ties go to the first. Its derivative is 0.
  private static Node hardmax(Node x, int axis) {
    int[] dims = new int[x.shape().rank()];
    Arrays.fill(dims, 1);
    int length = dims[axis] = x.shape().dim(axis);
    double[] fromEnd = IntStream.range(0, length).mapToDouble(at -> length - at).toArray();
    Node none = x.constant(0);
    Node places = x.max(Axes.kept(axis)).minus(x).select(none, x.constant(Tensor.of(fromEnd, dims)));
    return places.max(Axes.kept(axis)).minus(places).select(none, x.constant(1));
  }
}
