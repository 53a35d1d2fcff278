package dev.lanewise.onnx.trace;

/// A value of a file's graph during translation: known numbers, a value computed from a sample, or a condition on one.
///
/// Dims are the file's, with the batch at length 1: samples are translated one at a time, and the resulting layer
/// batches them again.
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
