package dev.lanewise.nn;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;

/// The door of [dev.lanewise.Linearization#vjpDot] that the built-in layers share.
final class Doors {

  private Doors() {}

  /// Checks all but the parameters of a layer from `x` to `y`.
  ///
  /// @return the chunk
  /// @throws IllegalArgumentException if shape or precision do not fit
  static int requirePullDot(Object layer, Shape x, Tensor y, Tensor xDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot) {
    int chunk = yBarDot.requireChunk(y.precision(), y.shape(), layer, "yBarDot");
    yBar.require(y.precision(), 1, y.shape(), layer, "yBar");
    if (!xDot.isNone()) {
      xDot.require(y.precision(), chunk, x, layer, "xDot");
    }
    if (!xBarDot.isNone()) {
      xBarDot.require(y.precision(), chunk, x, layer, "xBarDot");
    }
    return chunk;
  }
}
