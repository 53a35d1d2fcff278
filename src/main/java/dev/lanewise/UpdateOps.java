package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;
import java.util.Objects;

/// Steps of gradient descent on flat buffers of P parameters, each one pass over parameters, gradient and state.
///
/// With ĝ = g + pull·w (the slope of weight decay), keep·w (what decoupled decay leaves of w) and the soft threshold
/// S(x) = sgn x · max(|x| − threshold, 0) (the proximal step of an ℓ₁ penalty), on the `count` parameters from `from` on,
///
/// | operation    | state                                           | w ←                                    |
/// |--------------|-------------------------------------------------|----------------------------------------|
/// | [#descend]   |                                                 | S(keep·w − rate·ĝ)                     |
/// | [#momentum]  | v ← friction·v + ĝ                              | S(keep·w − rate·(ahead·ĝ + along·v))   |
/// | [#adam]      | m ← β₁·m + (1 − β₁)·ĝ, v ← β₂·v + (1 − β₂)·ĝ²   | S(keep·w − rate·m/(rootScale·√v + ε))  |
/// | [#addScaled] |                                                 | w + factor·u                           |
/// | [#dot]       |                                                 | ⟨u, v⟩                                 |
///
/// The first three set g to 0, ready for the next sum of pulls.
public final class UpdateOps {

  private UpdateOps() {}

  /// w ← S(keep·w − rate·ĝ), g ← 0.
  ///
  /// @param w `[1, P]`
  /// @param g `[1, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void descend(
      Tensor w, Tensor g, int from, int count, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.descend");
    if (w.precision() == Precision.FLOAT) {
      FloatKernels.BEST.descend(count, w.floats(), w.offset() + from, g.floats(), g.offset() + from,
          (float) rate, (float) pull, (float) keep, (float) threshold);
    } else {
      DoubleKernels.BEST.descend(count, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from, rate, pull, keep, threshold);
    }
  }

  /// v ← friction·v + ĝ, w ← S(keep·w − rate·(ahead·ĝ + along·v)), g ← 0.
  ///
  /// @param w `[1, P]`
  /// @param g `[1, P]`
  /// @param state v, `[1, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void momentum(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.momentum");
    requireState(w, state, 1, "UpdateOps.momentum");
    if (w.precision() == Precision.FLOAT) {
      FloatKernels.BEST.momentum(count, w.floats(), w.offset() + from, g.floats(), g.offset() + from,
          state.floats(), state.offset() + from,
          (float) friction, (float) ahead, (float) along, (float) rate, (float) pull, (float) keep, (float) threshold);
    } else {
      DoubleKernels.BEST.momentum(count, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from,
          state.doubles(), state.offset() + from, friction, ahead, along, rate, pull, keep, threshold);
    }
  }

  /// m ← β₁·m + (1 − β₁)·ĝ, v ← β₂·v + (1 − β₂)·ĝ², w ← S(keep·w − rate·m/(rootScale·√v + ε)), g ← 0.
  ///
  /// @param w `[1, P]`
  /// @param g `[1, P]`
  /// @param state m and v, `[2, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void adam(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.adam");
    requireState(w, state, 2, "UpdateOps.adam");
    int m = state.offset() + from;
    int v = m + w.size();
    if (w.precision() == Precision.FLOAT) {
      FloatKernels.BEST.adam(count, w.floats(), w.offset() + from, g.floats(), g.offset() + from, state.floats(), m, state.floats(), v,
          (float) beta1, (float) beta2, (float) rootScale, (float) epsilon,
          (float) rate, (float) pull, (float) keep, (float) threshold);
    } else {
      DoubleKernels.BEST.adam(count, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from, state.doubles(), m, state.doubles(), v,
          beta1, beta2, rootScale, epsilon, rate, pull, keep, threshold);
    }
  }

  /// v ← v + factor·u.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addScaled(double factor, Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.addScaled");
    if (u.precision() == Precision.FLOAT) {
      FloatKernels.BEST.addScaled(u.size(), (float) factor, u.floats(), u.offset(), v.floats(), v.offset());
    } else {
      DoubleKernels.BEST.addScaled(u.size(), factor, u.doubles(), u.offset(), v.doubles(), v.offset());
    }
  }

  /// v ← factor·u. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void scale(double factor, Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.scale");
    if (u.precision() == Precision.FLOAT) {
      FloatKernels.BEST.scale(u.size(), (float) factor, u.floats(), u.offset(), v.floats(), v.offset());
    } else {
      DoubleKernels.BEST.scale(u.size(), factor, u.doubles(), u.offset(), v.doubles(), v.offset());
    }
  }

  /// ⟨u, v⟩, summed in the tensors' precision, in a fixed order.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static double dot(Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.dot");
    return u.precision() == Precision.FLOAT
        ? FloatKernels.BEST.dot(u.size(), u.floats(), u.offset(), v.floats(), v.offset())
        : DoubleKernels.BEST.dot(u.size(), u.doubles(), u.offset(), v.doubles(), v.offset());
  }

  private static void require(Tensor w, Tensor g, int from, int count, String op) {
    requireSame(g, w, op);
    Objects.checkFromIndexSize(from, count, w.size());
  }

  private static void requireState(Tensor w, Tensor state, int rows, String op) {
    if (state.isNone() || state.precision() != w.precision() || !state.shape().is(rows, w.size())) {
      throw new IllegalArgumentException(
          op + ": state is " + state.describe() + ", expected " + w.precision() + " [" + rows + ", " + w.size() + "]");
    }
  }

  private static void requireSame(Tensor u, Tensor v, String op) {
    if (u.size() != v.size() || u.precision() != v.precision()) {
      throw new IllegalArgumentException(op + ": u is " + u.describe() + ", expected " + v.precision() + " of " + v.size() + " elements");
    }
  }
}
