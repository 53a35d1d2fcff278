package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.graph.Node;
import java.util.stream.IntStream;

/// The inputs of a recurrence for one sample.
///
/// @param x `[time, features]`
/// @param length the number of steps that count
/// @param h `[directions, hidden]`, null for 0
/// @param c of an LSTM, `[directions, hidden]`, null for 0
record Sample(Node x, int length, Node h, Node c) {

  /// Its outputs.
  ///
  /// @param y `[time, directions, hidden]`, null where nothing reads it
  /// @param h after the last step, `[directions, hidden]`, null where nothing reads it
  /// @param c of an LSTM, `[directions, hidden]`, null where nothing reads it
  record Result(Node y, Node h, Node c) {}

  /// {@return the steps that count, the last one first if `reverse`}
  Node steps(boolean reverse) {
    int time = x.shape().dim(0);
    Node counted = length == time ? x : x.slice(0, 0, length, 1);
    return reverse ? reversed(counted) : counted;
  }

  /// {@return the results of the steps that count, in the order of [#steps], as one for each step of x, 0 after the
  /// end}
  Node whole(Node y, boolean reverse) {
    Node ordered = reverse ? reversed(y) : y;
    int time = x.shape().dim(0);
    return length == time ? ordered : ordered.pad(0, 0, time - length);
  }

  private static Node reversed(Node node) {
    int last = node.shape().dim(0) - 1;
    return last == 0 ? node : node.gather(0, IntStream.rangeClosed(0, last).map(at -> last - at).toArray());
  }
}
