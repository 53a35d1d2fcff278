package dev.lanewise.onnx.operator.recurrent;

import dev.lanewise.graph.Node;
import java.util.stream.IntStream;

/// What goes into a recurrence for a sample.
///
/// @param x `[time, features]`
/// @param length how many of the steps count
/// @param h `[directions, hidden]`, null for 0
/// @param c of an LSTM, `[directions, hidden]`, null for 0
record Sample(Node x, int length, Node h, Node c) {

  /// What comes out of it.
  ///
  /// @param y `[time, directions, hidden]`, null where nobody reads it
  /// @param h after the last step, `[directions, hidden]`, null where nobody reads it
  /// @param c of an LSTM, `[directions, hidden]`, null where nobody reads it
  record Result(Node y, Node h, Node c) {}

  /// {@return the steps that count, from the end where `reverse`}
  Node steps(boolean reverse) {
    int time = x.shape().dim(0);
    Node counted = length == time ? x : x.slice(0, 0, length, 1);
    return reverse ? reversed(counted) : counted;
  }

  /// {@return a result of each step that counts, in the order of [#steps], as one of each step of x}
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
