package dev.lanewise;

import java.util.Objects;

/// Steps of gradient descent on flat buffers of P parameters, each one pass over parameters, gradient and state.
///
/// With ĝ = g + pull·w (the slope of weight decay), keep·w (what decoupled decay leaves of w) and the soft threshold
/// S(x) = sgn x · max(|x| − threshold, 0) (the proximal step of an ℓ₁ penalty), on the `count` parameters from `from`
/// on,
///
/// | operation    | state                                           | w ←                                    |
/// |--------------|-------------------------------------------------|----------------------------------------|
/// | [#descend]   |                                                 | S(keep·w − rate·ĝ)                     |
/// | [#momentum]  | v ← friction·v + ĝ                              | S(keep·w − rate·(ahead·ĝ + along·v))   |
/// | [#adam]      | m ← β₁·m + (1 − β₁)·ĝ, v ← β₂·v + (1 − β₂)·ĝ²   | S(keep·w − rate·m/(rootScale·√v + ε))  |
///
/// All set g to 0, ready for the next sum of pulls. Their scalars are in double whatever the tensors are. Operations
/// for line searches are in [PointwiseOps].
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
    TrainingKernels.descend(count, w, g, from, rate, pull, keep, threshold);
  }

  /// v ← friction·v + ĝ, w ← S(keep·w − rate·(ahead·ĝ + along·v)), g ← 0.
  ///
  /// @param w `[1, P]`
  /// @param g `[1, P]`
  /// @param state v, `[1, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or friction is not less than 1 in w's
  ///     precision
  public static void momentum(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.momentum");
    requireState(w, state, 1, "UpdateOps.momentum");
    w.precision().requireBelowOne(friction, "UpdateOps.momentum", "friction");
    TrainingKernels.momentum(count, w, g, state, from, friction, ahead, along, rate, pull, keep, threshold);
  }

  /// m ← β₁·m + (1 − β₁)·ĝ, v ← β₂·v + (1 − β₂)·ĝ², w ← S(keep·w − rate·m/(rootScale·√v + ε)), g ← 0.
  ///
  /// @param w `[1, P]`
  /// @param g `[1, P]`
  /// @param state m and v, `[2, P]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, β₁ or β₂ is not less than 1 in w's precision,
  ///     or ε is not positive there
  public static void adam(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep,
      double threshold) {
    require(w, g, from, count, "UpdateOps.adam");
    requireState(w, state, 2, "UpdateOps.adam");
    w.precision().requireBelowOne(beta1, "UpdateOps.adam", "beta1");
    w.precision().requireBelowOne(beta2, "UpdateOps.adam", "beta2");
    w.precision().requirePositive(epsilon, "UpdateOps.adam", "epsilon");
    TrainingKernels.adam(count, w, g, state, from, beta1, beta2, rootScale, epsilon, rate, pull, keep, threshold);
  }

  private static void require(Tensor w, Tensor g, int from, int count, String op) {
    PointwiseOps.requireSame(g, w, op, "g");
    Objects.checkFromIndexSize(from, count, w.size());
  }

  private static void requireState(Tensor w, Tensor state, int rows, String op) {
    if (!state.shape().is(rows, w.size()) || state.precision() != w.precision()) {
      state.require(w.precision(), Shape.of(rows, w.size()), op, "state"); // Refuses; a shape is made only for that.
    }
  }
}
