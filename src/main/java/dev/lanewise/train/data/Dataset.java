package dev.lanewise.train.data;

import dev.lanewise.LossOps;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;

/// Samples with their targets and weights. The outermost axis of each tensor counts the samples.
///
/// Tensors are shared, not copied: they must not change while the set is used.
///
/// @param inputs x_n, `[N, …]`, finite
/// @param targets y_n, `[N, …]`, or `[N]` for class numbers, finite
/// @param weights w_n, `[N]`, finite and at least 0, or [Tensor#none()] if all are 1
public record Dataset(Tensor inputs, Tensor targets, Tensor weights) {

  /// @throws IllegalArgumentException if there is no sample, numbers of samples or precisions differ, or a number is
  ///     not finite, naming its row and column
  public Dataset {
    Precision precision = inputs.precision();
    int samples = samples(inputs, "inputs", precision);
    if (samples < 1) {
      throw new IllegalArgumentException("Dataset: has 0 samples, expected at least 1");
    }
    requireSamples(targets, "targets", precision, samples);
    if (!weights.isNone()) {
      requireSamples(weights, "weights", precision, samples);
      if (weights.shape().rank() != 1) {
        throw new IllegalArgumentException("Dataset: weights have shape " + weights.shape() + ", expected [" + samples
            + "]");
      }
    }
    inputs.requireFinite("Dataset", "inputs");
    targets.requireFinite("Dataset", "targets");
    LossOps.requireNotNegative(weights, "Dataset", "weights");
  }

  /// All of weight 1.
  ///
  /// @throws IllegalArgumentException as the other constructor does
  public Dataset(Tensor inputs, Tensor targets) {
    this(inputs, targets, Tensor.none());
  }

  private static int samples(Tensor tensor, String name, Precision precision) {
    if (tensor.shape().rank() == 0 || tensor.precision() != precision) {
      throw new IllegalArgumentException("Dataset: " + name + " is " + tensor.precision() + " " + tensor.shape()
          + ", expected " + precision + " with an axis of samples");
    }
    return tensor.shape().dim(0);
  }

  private static void requireSamples(Tensor tensor, String name, Precision precision, int samples) {
    if (samples(tensor, name, precision) != samples) {
      throw new IllegalArgumentException(
          "Dataset: " + name + " has " + tensor.shape().dim(0) + " rows, expected " + samples + " as inputs has");
    }
  }

  /// {@return N, the number of samples}
  public int samples() {
    return inputs.shape().dim(0);
  }

  /// {@return the number format}
  public Precision precision() {
    return inputs.precision();
  }

  /// {@return a new set of copies of these samples, in this order}
  ///
  /// @throws IllegalArgumentException if there is none, or one is not in this set
  public Dataset select(int... samples) {
    return new Dataset(
        select(inputs, samples), select(targets, samples), weights.isNone() ? weights : select(weights, samples));
  }

  private static Tensor select(Tensor from, int[] samples) {
    Tensor to = Tensor.zeros(from.precision(), from.shape().withFirst(samples.length));
    RowOps.gather(from, samples, 0, samples.length, to);
    return to;
  }

  @Override
  public String toString() {
    return "Dataset[" + precision() + " inputs " + inputs.shape() + ", targets " + targets.shape()
        + (weights.isNone() ? "" : ", weighted") + "]";
  }
}
