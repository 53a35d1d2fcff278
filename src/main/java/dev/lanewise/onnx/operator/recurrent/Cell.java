package dev.lanewise.onnx.operator.recurrent;

import java.util.List;

/// The kind of a recurrence, with the order of the gates in its weights.
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

  /// The default nonlinearities of a direction.
  List<String> functions() {
    return functions;
  }

  int gates() {
    return order.length;
  }

  /// For each block of our rows, the file's block.
  int[] order() {
    return order.clone();
  }

  boolean hasCells() {
    return this == LSTM;
  }
}
