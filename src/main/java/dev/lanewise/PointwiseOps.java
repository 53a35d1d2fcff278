package dev.lanewise;

/// Functions, sums and products of tensors element by element, and reductions over all elements.
///
/// | operation                 | formula                                               | shapes               |
/// |---------------------------|-------------------------------------------------------|----------------------|
/// | [#exp], [#erf]            | Y = e^Z, Y = erf(Z)                                   | any shape, the same  |
/// | [#activate]               | Y = φ(Z), S = φ′(Z) where it is kept                  | any shape, the same  |
/// | [#scaleBySlope]           | V = φ′ ⊙ U                                            | residual b×n, kb×n   |
/// | [#slope]                  | S = φ′                                                | residual, the same   |
/// | [#curvature]              | V = φ″(Z)                                             | any shape, the same  |
/// | [#add]                    | V += U                                                | b×n, kb×n            |
/// | [#multiply(Tensor,Tensor)] | V ⊙= U                                               | b×n, kb×n            |
/// | [#multiply(Tensor,Tensor,Tensor)] | z = x ⊙ y                                     | n, n, n              |
/// | [#scale]                  | v = factor·u                                          | n, n                 |
/// | [#addScaled]              | v += factor·u                                         | n, n                 |
/// | [#move]                   | point = base + factor·direction, and whether that changed it | n, n, n       |
/// | [#normalise]              | v = u/‖u‖                                             | n, n                 |
/// | [#dot]                    | ⟨u, v⟩                                                | n, n                 |
/// | [#norm]                   | ‖u‖                                                   | n                    |
///
/// The b rows of one operand serve each of the k directions of the other; n counts elements, whatever their shape.
/// Scalars are in double whatever the tensors are. Norms and dot products do not over- or underflow unless the result
/// does.
public final class PointwiseOps {

  private PointwiseOps() {}

  /// Y = e^Z, elementwise, within an ulp: ∞ beyond the largest number's logarithm, 0 or subnormal below the smallest
  /// one's. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void exp(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "PointwiseOps.exp", "y");
    TensorKernels.exp(z.size(), z, y);
  }

  /// Y = erf(Z) = 2/√π ∫₀ᶻ e^(−t²) dt, elementwise, within an ulp in float and two in double. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void erf(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "PointwiseOps.erf", "y");
    TensorKernels.erf(z.size(), z, y);
  }

  /// Y = φ(Z), elementwise; where `slope` is a tensor, S = φ′(Z) as well, in the same pass. `y` may be `z`.
  ///
  /// @param slope the place for φ′, or [Tensor#none()] where it is not to be kept
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void activate(Activation phi, Tensor z, Tensor y, Tensor slope) {
    y.require(z.precision(), z.shape(), "PointwiseOps.activate", "y");
    if (!slope.isNone()) {
      slope.require(z.precision(), z.shape(), "PointwiseOps.activate", "slope");
    }
    TensorKernels.activate(phi, z, y, slope);
  }

  /// V = φ′ ⊙ U. `v` may be `u`.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope; its b rows serve each
  ///     direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void scaleBySlope(Activation phi, Tensor residual, Tensor u, Tensor v) {
    v.require(u.precision(), u.shape(), "PointwiseOps.scaleBySlope", "v");
    Ops.period(residual, u.shape().rows(), u.shape().last(), u, "PointwiseOps.scaleBySlope");
    TensorKernels.scaleBySlope(phi, residual, u, v);
  }

  /// S = φ′ from the residual, elementwise.
  ///
  /// @param residual the output where [Activation#slopeFromOutput()], else the kept slope
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void slope(Activation phi, Tensor residual, Tensor s) {
    s.require(residual.precision(), residual.shape(), "PointwiseOps.slope", "s");
    s.fill(1);
    scaleBySlope(phi, residual, s, s);
  }

  /// V = φ″(Z), elementwise: 0 for the piecewise linear ones. `v` must not overlap `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `v` and `z` share an array's part
  public static void curvature(Activation phi, Tensor z, Tensor v) {
    v.require(z.precision(), z.shape(), "PointwiseOps.curvature", "v");
    if (TensorKernels.overlap(z, v)) {
      throw new IllegalArgumentException(
          "PointwiseOps.curvature: v is " + v.describe() + " in the memory of z, expected memory of its own");
    }
    TensorKernels.curvature(phi, z.size(), z, v);
  }

  /// V += U, for each direction of `v`. `u` may be `v`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void add(Tensor u, Tensor v) {
    TensorKernels.add(period(u, v, "PointwiseOps.add", "u"), u, v);
  }

  /// V ⊙= U, for each direction of `v`. `u` may be `v`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void multiply(Tensor u, Tensor v) {
    TensorKernels.multiply(period(u, v, "PointwiseOps.multiply", "u"), u, v);
  }

  /// z = x ⊙ y. `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void multiply(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "PointwiseOps.multiply", "x");
    requireSame(y, z, "PointwiseOps.multiply", "y");
    TensorKernels.scaleColumns(1, z.size(), y, 0, 0, z, 0, 0, x);
  }

  /// v = factor·u. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void scale(double factor, Tensor u, Tensor v) {
    requireSame(u, v, "PointwiseOps.scale", "u");
    if (u.precision().keepsDigitsOf(factor)) {
      TensorKernels.scale(u.size(), factor, u, 0, v, 0);
    } else {
      TensorKernels.scaleInDouble(u.size(), factor, u, v);
    }
  }

  /// v += factor·u.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addScaled(double factor, Tensor u, Tensor v) {
    requireSame(u, v, "PointwiseOps.addScaled", "u");
    if (u.precision().keepsDigitsOf(factor)) {
      TensorKernels.addScaled(u.size(), factor, u, v);
    } else {
      TensorKernels.move(u.size(), v, factor, u, v);
    }
  }

  /// point = base + factor·direction, in double until it is stored. `point` may be `base`.
  ///
  /// @return whether any number of the point has changed
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static boolean move(Tensor base, double factor, Tensor direction, Tensor point) {
    requireSame(base, point, "PointwiseOps.move", "base");
    requireSame(direction, point, "PointwiseOps.move", "direction");
    return TensorKernels.move(point.size(), base, factor, direction, point);
  }

  /// v = u/‖u‖; zeros stay zeros. `v` may be `u`.
  ///
  /// @return ‖u‖
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static double normalise(Tensor u, Tensor v) {
    requireSame(u, v, "PointwiseOps.normalise", "u");
    double norm = norm(u);
    TensorKernels.divide(u.size(), u, norm == 0 ? 1 : norm, v);
    return norm;
  }

  /// {@return ‖u‖ = √⟨u, u⟩, with squares that neither over- nor underflow}
  public static double norm(Tensor u) {
    return TensorKernels.norm(u.size(), u);
  }

  /// {@return ⟨u, v⟩, summed in double, in a fixed order}
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static double dot(Tensor u, Tensor v) {
    requireSame(u, v, "PointwiseOps.dot", "u");
    return TensorKernels.dot(u.size(), u, v);
  }

  /// The elements of `u`, which `v` has a whole number of times.
  static int period(Tensor u, Tensor v, String op, String name) {
    int n = u.size();
    boolean serves = n == 0 ? v.size() == 0 : v.size() % n == 0;
    if (u.precision() != v.precision() || u.shape().last() != v.shape().last() || !serves) {
      throw new IllegalArgumentException(op + ": " + name + " is " + u.describe() + ", expected " + v.precision()
          + " rows that serve each direction of " + v.shape());
    }
    return n;
  }

  /// Checks that a tensor has the size and precision of another.
  static void requireSame(Tensor tensor, Tensor like, String op, String name) {
    if (tensor.size() != like.size() || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe() + ", expected "
          + like.precision() + " of " + like.size() + " elements");
    }
  }
}
