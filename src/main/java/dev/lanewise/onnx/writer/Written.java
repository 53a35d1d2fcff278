package dev.lanewise.onnx.writer;

import dev.lanewise.Shape;

/// A value in the file.
///
/// @param name the value's
/// @param shape of one sample
/// @param batched whether the batch is in front of that; if not, there is one value for all samples
record Written(String name, Shape shape, boolean batched) {

  /// A value for each sample.
  static Written batched(String name, Shape shape) {
    return new Written(name, shape, true);
  }

  /// The number of its axes in the file.
  int rank() {
    return shape.rank() + (batched ? 1 : 0);
  }

  /// The file's axis for one of the sample's.
  int axis(int ofSample) {
    return ofSample + (batched ? 1 : 0);
  }

  /// The dims for `Reshape`, with or without the batch in front: 0 keeps an axis.
  static int[] dims(Shape shape, boolean batched) {
    return batched ? shape.prepend(0).toArray() : shape.toArray();
  }

  /// The same elements under another name.
  Written named(String other) {
    return new Written(other, shape, batched);
  }

  /// The same value under another name and shape.
  Written named(String other, Shape otherShape) {
    return new Written(other, otherShape, batched);
  }
}
