package dev.lanewise.io;

import dev.lanewise.MatrixOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;

/// A kernel `[in, out]` as a weight `[out, in]`.
final class Transposed {

  private Transposed() {}

  /// The matrix transposed, in new memory; a tensor of one axis or none as it is.
  ///
  /// @param source the file, for messages
  /// @throws IllegalArgumentException if there are more than two axes
  static Tensor of(String source, String name, Tensor tensor) {
    Shape shape = tensor.shape();
    if (shape.rank() < 2) {
      return tensor;
    }
    if (shape.rank() > 2) {
      throw new IllegalArgumentException(source + ": tensor " + Excerpt.of(name) + " is " + shape
          + ", expected a matrix to transpose");
    }
    Tensor transposed = Tensor.zeros(tensor.precision(), shape.dim(1), shape.dim(0));
    if (tensor.size() > 0) {
      MatrixOps.transposeInto(tensor, shape.dim(0), transposed, 0);
    }
    return transposed;
  }
}
