package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;

/// Functions, sums and products of tensors element by element.
///
/// | operation          | formula              | shapes                 |
/// |--------------------|----------------------|------------------------|
/// | [#exp], [#erf]     | Y = e^Z, Y = erf(Z)  | any shape, the same    |
/// | [#slope]           | S = φ′               | residual, the same     |
/// | [#curvature]       | V = φ″(Z)            | any shape, the same    |
/// | [#add]             | V += U               | b×n, kb×n              |
/// | [#multiply]        | V ⊙= U               | b×n, kb×n              |
///
/// The b rows of the one serve each of the k directions of the other.
public final class PointwiseOps {

  private PointwiseOps() {}

  /// Y = e^Z, elementwise, within an ulp: ∞ beyond the largest number's logarithm, 0 or subnormal below the smallest one's. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void exp(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "PointwiseOps.exp", "y");
    if (z.precision() == Precision.FLOAT) {
      FloatKernels.BEST.exp(z.size(), z.floats(), z.offset(), y.floats(), y.offset());
    } else {
      DoubleKernels.BEST.exp(z.size(), z.doubles(), z.offset(), y.doubles(), y.offset());
    }
  }

  /// Y = erf(Z) = 2/√π ∫₀ᶻ e^(−t²) dt, elementwise, within an ulp in float and two in double. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void erf(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "PointwiseOps.erf", "y");
    if (z.precision() == Precision.FLOAT) {
      FloatKernels.BEST.erf(z.size(), z.floats(), z.offset(), y.floats(), y.offset());
    } else {
      DoubleKernels.BEST.erf(z.size(), z.doubles(), z.offset(), y.doubles(), y.offset());
    }
  }

  /// S = φ′ from the residual, elementwise.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void slope(Activation phi, Tensor residual, Tensor s) {
    s.require(residual.precision(), residual.shape(), "PointwiseOps.slope", "s");
    s.fill(1);
    Ops.scaleBySlope(phi, residual, s, s);
  }

  /// V = φ″(Z), elementwise: 0 for the piecewise linear ones. `v` must not overlap `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `v` and `z` share an array's part
  public static void curvature(Activation phi, Tensor z, Tensor v) {
    v.require(z.precision(), z.shape(), "PointwiseOps.curvature", "v");
    if (overlap(z, v)) {
      throw new IllegalArgumentException("PointwiseOps.curvature: v is " + v.describe() + " in the memory of z, expected memory of its own");
    }
    if (z.precision() == Precision.FLOAT) {
      FloatKernels.BEST.curvature(phi.nonlinearity(), z.size(), z.floats(), z.offset(), v.floats(), v.offset());
    } else {
      DoubleKernels.BEST.curvature(phi.nonlinearity(), z.size(), z.doubles(), z.offset(), v.doubles(), v.offset());
    }
  }

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

  private static boolean overlap(Tensor x, Tensor y) {
    boolean sameArray = x.precision() == Precision.FLOAT ? x.floats() == y.floats() : x.doubles() == y.doubles();
    return sameArray && x.offset() < y.offset() + y.size() && y.offset() < x.offset() + x.size();
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
