package dev.lanewise.onnx.trace;

/// A value of a file's graph while it is translated: numbers that never change, what is computed of a sample, or a
/// condition on that.
///
/// Dims are the file's, with the batch at length 1: samples are translated one at a time, and batched again by the
/// layer that comes of it.
public sealed interface Value permits Numbers, Integers, Traced, Condition {

  /// {@return the lengths of its axes, none for a single number}
  int[] dims();

  /// {@return how many axes it has}
  default int rank() {
    return dims().length;
  }

  /// {@return the axis of the batch, −1 where the value is the same for each sample}
  default int batch() {
    return -1;
  }
}
