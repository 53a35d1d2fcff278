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
///
/// These set g to 0, ready for the next sum of pulls. For methods that search along a line there are
///
/// | operation    | result                                                          |
/// |--------------|-----------------------------------------------------------------|
/// | [#addScaled] | v ← v + factor·u                                                |
/// | [#scale]     | v ← factor·u                                                    |
/// | [#move]      | point ← base + factor·direction, and whether that changed it    |
/// | [#normalise] | v ← u/‖u‖                                                       |
/// | [#dot]       | ⟨u, v⟩                                                          |
/// | [#norm]      | ‖u‖                                                             |
///
/// Their scalars are in double whatever the tensors are. None over- or underflows on the way to a result that does not.
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
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or friction is not less than 1 in w's
  ///     precision
  public static void momentum(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double friction, double ahead, double along, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.momentum");
    requireState(w, state, 1, "UpdateOps.momentum");
    w.precision().requireBelowOne(friction, "UpdateOps.momentum", "friction");
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
  /// @throws IllegalArgumentException if shapes or precisions do not fit, β₁ or β₂ is not less than 1 in w's precision,
  ///     or ε is not positive there
  public static void adam(
      Tensor w, Tensor g, Tensor state, int from, int count,
      double beta1, double beta2, double rootScale, double epsilon, double rate, double pull, double keep, double threshold) {
    require(w, g, from, count, "UpdateOps.adam");
    requireState(w, state, 2, "UpdateOps.adam");
    w.precision().requireBelowOne(beta1, "UpdateOps.adam", "beta1");
    w.precision().requireBelowOne(beta2, "UpdateOps.adam", "beta2");
    w.precision().requirePositive(epsilon, "UpdateOps.adam", "epsilon");
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
    if (u.precision() == Precision.DOUBLE) {
      DoubleKernels.BEST.addScaled(u.size(), factor, u.doubles(), u.offset(), v.doubles(), v.offset());
    } else if (isFloat(factor)) {
      FloatKernels.BEST.addScaled(u.size(), (float) factor, u.floats(), u.offset(), v.floats(), v.offset());
    } else {
      move(v, factor, u, v);
    }
  }

  /// v ← factor·u. `v` may be `u`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void scale(double factor, Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.scale");
    if (u.precision() == Precision.DOUBLE) {
      DoubleKernels.BEST.scale(u.size(), factor, u.doubles(), u.offset(), v.doubles(), v.offset());
    } else if (isFloat(factor)) {
      FloatKernels.BEST.scale(u.size(), (float) factor, u.floats(), u.offset(), v.floats(), v.offset());
    } else {
      float[] from = u.floats();
      float[] to = v.floats();
      for (int i = 0; i < u.size(); i++) {
        to[v.offset() + i] = (float) (factor * from[u.offset() + i]);
      }
    }
  }

  /// Whether a factor keeps its digits as a float. Others, such as a step of 1e-40 along a gradient of 1e38, are used
  /// in double.
  private static boolean isFloat(double factor) {
    return factor == 0 || Math.abs(factor) >= Float.MIN_NORMAL && Math.abs(factor) <= Float.MAX_VALUE;
  }

  /// point ← base + factor·direction, in double until it is stored. `point` may be `base`.
  ///
  /// @return whether a number of the point is another one than before
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static boolean move(Tensor base, double factor, Tensor direction, Tensor point) {
    requireSame(base, point, "UpdateOps.move");
    requireSame(direction, point, "UpdateOps.move");
    if (point.precision() == Precision.FLOAT) {
      return move(point.size(), base.floats(), base.offset(),
          factor, direction.floats(), direction.offset(), point.floats(), point.offset());
    }
    return move(point.size(), base.doubles(), base.offset(),
        factor, direction.doubles(), direction.offset(), point.doubles(), point.offset());
  }

  private static boolean move(
      int n, float[] base, int bt, double factor, float[] direction, int dt, float[] point, int pt) {
    boolean changed = false;
    for (int i = 0; i < n; i++) {
      float moved = (float) (base[bt + i] + factor * direction[dt + i]);
      changed |= moved != point[pt + i];
      point[pt + i] = moved;
    }
    return changed;
  }

  private static boolean move(
      int n, double[] base, int bt, double factor, double[] direction, int dt, double[] point, int pt) {
    boolean changed = false;
    for (int i = 0; i < n; i++) {
      double moved = base[bt + i] + factor * direction[dt + i];
      changed |= moved != point[pt + i];
      point[pt + i] = moved;
    }
    return changed;
  }

  /// v ← u/‖u‖; zeros stay zeros. `v` may be `u`.
  ///
  /// @return ‖u‖
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static double normalise(Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.normalise");
    double norm = norm(u);
    double divisor = norm == 0 ? 1 : norm;
    if (u.precision() == Precision.FLOAT) {
      for (int i = 0; i < u.size(); i++) {
        v.floats()[v.offset() + i] = (float) (u.floats()[u.offset() + i] / divisor);
      }
    } else {
      for (int i = 0; i < u.size(); i++) {
        v.doubles()[v.offset() + i] = u.doubles()[u.offset() + i] / divisor;
      }
    }
    return norm;
  }

  /// ‖u‖ = √⟨u, u⟩, with squares that neither over- nor underflow.
  public static double norm(Tensor u) {
    if (u.precision() == Precision.FLOAT) {
      return Math.sqrt(DotProduct.of(u.size(), u.floats(), u.offset(), u.floats(), u.offset()));
    }
    return DotProduct.norm(u.size(), u.doubles(), u.offset());
  }

  /// ⟨u, v⟩, summed in double, in a fixed order.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static double dot(Tensor u, Tensor v) {
    requireSame(u, v, "UpdateOps.dot");
    return u.precision() == Precision.FLOAT
        ? DotProduct.of(u.size(), u.floats(), u.offset(), v.floats(), v.offset())
        : DotProduct.of(u.size(), u.doubles(), u.offset(), v.doubles(), v.offset());
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
