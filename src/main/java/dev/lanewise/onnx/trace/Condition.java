package dev.lanewise.onnx.trace;

import dev.lanewise.graph.Node;

/// A computed boolean: true where a number is above 0; false where it is 0, below 0, or NaN. It has no derivative.
///
/// @param sign the number
public record Condition(Traced sign) implements Value {

  @Override
  public int[] dims() {
    return sign.dims();
  }

  @Override
  public int rank() {
    return sign.rank();
  }

  @Override
  public int batch() {
    return sign.batch();
  }

  /// {@return 1 where it is true, else 0}
  public Traced numbers() {
    Node node = sign.node();
    return sign.with(node.select(node.constant(1), node.constant(0)));
  }
}
