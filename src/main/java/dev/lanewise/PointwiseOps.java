package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;

/// Sums and products of tensors element by element.
///
/// | operation   | formula  | shapes                            |
/// |-------------|----------|-----------------------------------|
/// | [#add]      | V += U   | b×n, kb×n                         |
/// | [#multiply] | V ⊙= U   | b×n, kb×n                         |
///
/// The b rows of the one serve each of the k directions of the other.
public final class PointwiseOps {

  private PointwiseOps() {}

  /// V += U, for each direction of `v`. `u` may be `v`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void add(Tensor u, Tensor v) {
    int n = period(u, v, "PointwiseOps.add");
    for (int from = 0; from < v.size(); from += n) {
      if (v.precision() == Precision.FLOAT) {
        FloatKernels.BEST.add(n, u.floats(), u.offset(), v.floats(), v.offset() + from);
      } else {
        DoubleKernels.BEST.add(n, u.doubles(), u.offset(), v.doubles(), v.offset() + from);
      }
    }
  }

  /// V ⊙= U, for each direction of `v`. `u` may be `v`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void multiply(Tensor u, Tensor v) {
    int n = period(u, v, "PointwiseOps.multiply");
    for (int from = 0; from < v.size(); from += n) {
      if (v.precision() == Precision.FLOAT) {
        FloatKernels.BEST.multiply(n, u.floats(), u.offset(), v.floats(), v.offset() + from);
      } else {
        DoubleKernels.BEST.multiply(n, u.doubles(), u.offset(), v.doubles(), v.offset() + from);
      }
    }
  }

  /// The elements of `u`, which `v` has a whole number of times.
  private static int period(Tensor u, Tensor v, String op) {
    int n = u.size();
    if (u.precision() != v.precision() || u.shape().last() != v.shape().last() || (n == 0 ? v.size() != 0 : v.size() % n != 0)) {
      throw new IllegalArgumentException(
          op + ": u is " + u.describe() + ", expected " + v.precision() + " rows that serve each direction of " + v.shape());
    }
    return n;
  }
}
