package dev.lanewise.ops;

import dev.lanewise.Tensor;

/// Moves the elements of each sample to other places, and their cotangents back.
///
/// | operation | formula                                                     | shapes                              |
/// |-----------|-------------------------------------------------------------|-------------------------------------|
/// | [#take]   | y_i = x_p(i), or 0                                          | `[samples/r, …m]`, `[samples, …n]`  |
/// | [#give]   | x̄_j = Σ ȳ_i over all i with p(i) = j, sample by sample      | `[samples, …n]`, `[samples/r, …m]`  |
///
/// If an operand has fewer samples than the result, each serves r consecutive ones: a parameter serves all samples of a
/// direction, and its cotangent is the sum over them. Sums have one order: by sample, then by i, except that neighbours
/// from the same place are summed as a row first.
public final class RearrangementOps {

  private RearrangementOps() {}

  /// y_i = x_p(i) in each sample, 0 where p(i) is none. Must not overlap.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void take(Places places, Tensor x, Tensor y) {
    int samples = samples(places.size(), y, "RearrangementOps.take", "y");
    int operands = samples(places.operandSize(), x, "RearrangementOps.take", "x");
    int each = each(operands, x, samples, y, "RearrangementOps.take");
    if (y.size() > 0) {
      RearrangementKernels.take(places, samples, each, x, y);
    }
  }

  /// x̄_j = Σ ȳ_i over all i with p(i) = j, and over the samples that x_j served. Overwrites `bar`. Must not overlap.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void give(Places places, Tensor yBar, Tensor bar) {
    int samples = samples(places.size(), yBar, "RearrangementOps.give", "yBar");
    int operands = samples(places.operandSize(), bar, "RearrangementOps.give", "bar");
    int each = each(operands, bar, samples, yBar, "RearrangementOps.give");
    if (bar.size() == 0) {
      return;
    }
    if (places.inverse() != null && each == 1 && samples == operands) {
      RearrangementKernels.take(places.inverse(), samples, 1, yBar, bar);
      return;
    }
    bar.fill(0);
    if (yBar.size() > 0) {
      RearrangementKernels.give(places, samples, each, yBar, bar);
    }
  }

  /// The number of samples of n elements; −1 if samples are empty, so that it is unknown.
  private static int samples(int n, Tensor tensor, String op, String name) {
    if (tensor.isNone() || (n == 0 ? tensor.size() > 0 : tensor.size() % n != 0)) {
      throw new IllegalArgumentException(
          op + ": " + name + " is " + tensor.describe() + ", expected samples of " + n + " elements");
    }
    return n == 0 ? -1 : tensor.size() / n;
  }

  /// The number of the result's samples that each sample of the operand serves.
  private static int each(int operands, Tensor operand, int samples, Tensor result, String op) {
    boolean serves = operands < 0 || samples < 0 || (operands == 0 ? samples == 0 : samples % operands == 0);
    if (!serves || operand.precision() != result.precision()) {
      throw new IllegalArgumentException(op + ": an operand " + operand.describe() + " of " + operands
          + " samples for a result " + result.describe() + " of " + samples
          + ", expected one precision, and samples that serve equally many");
    }
    return operands <= 0 || samples <= 0 ? 1 : samples / operands;
  }
}
