package dev.lanewise.testkit;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;

/// One sample of a batch, which is axis 0, or axis 1 of a panel: element (o, s, i) of the tensor viewed as `[outer,
/// batch, inner]`.
final class Samples {

  private Samples() {}

  /// A copy of sample `sample` along `axis`, that axis having length 1.
  static Tensor take(Tensor batch, int axis, int sample) {
    int[] dims = batch.shape().toArray();
    dims[axis] = 1;
    Tensor taken = Tensor.zeros(batch.precision(), dims);
    int inner = inner(batch.shape(), axis);
    for (int i = 0; i < taken.size(); i++) {
      taken.set(i, batch.get(position(i, inner, batch.shape().dim(axis), sample)));
    }
    return taken;
  }

  /// Overwrites sample `sample` along `axis`.
  static void put(Tensor values, Tensor batch, int axis, int sample) {
    int inner = inner(batch.shape(), axis);
    for (int i = 0; i < values.size(); i++) {
      batch.set(position(i, inner, batch.shape().dim(axis), sample), values.get(i));
    }
  }

  private static int position(int i, int inner, int batch, int sample) {
    return (i / inner * batch + sample) * inner + i % inner;
  }

  private static int inner(Shape shape, int axis) {
    int inner = 1;
    for (int after = axis + 1; after < shape.rank(); after++) {
      inner *= shape.dim(after);
    }
    return inner;
  }
}
