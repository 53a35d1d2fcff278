package dev.lanewise.onnx.operator.recurrent;

import java.util.List;

/// What is computed in a step, with the rows of its weights.
///
/// | cell | the file's order | ours       |
/// |------|------------------|------------|
/// | RNN  | one              | one        |
/// | LSTM | i, o, f, c       | i, f, c, o |
/// | GRU  | z, r, h          | r, z, h    |
enum Cell {
  RNN(List.of("tanh"), 0),
  LSTM(List.of("sigmoid", "tanh", "tanh"), 0, 2, 3, 1),
  GRU(List.of("sigmoid", "tanh"), 1, 0, 2);

  private final List<String> functions;
  private final int[] order;

  Cell(List<String> functions, int... order) {
    this.functions = functions;
    this.order = order;
  }

  /// The nonlinearities of a direction where the file says nothing.
  List<String> functions() {
    return functions;
  }

  int gates() {
    return order.length;
  }

  /// Which block of the file's rows each of ours is.
  int[] order() {
    return order.clone();
  }

  boolean hasCells() {
    return this == LSTM;
  }
}
