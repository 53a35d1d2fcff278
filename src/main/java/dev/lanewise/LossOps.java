package dev.lanewise;

/// Sums of losses over rows, with their gradients, in one pass.
///
/// Outputs O and targets Y are rows of C numbers; row n counts w_n times, or once without weights. With r = o − y,
///
/// | operation            | returns                          | G                                   |
/// |----------------------|----------------------------------|-------------------------------------|
/// | [#squared]           | Σ_n w_n Σ_c r²                   | factor·w_n·r                        |
/// | [#absolute]          | Σ_n w_n Σ_c \|r\|                | factor·w_n·sgn r, 0 at 0            |
/// | [#huber]             | Σ_n w_n Σ_c h(r)                 | factor·w_n·r, within ±factor·w_n·δ  |
///
/// h(r) = r²/2 within ±δ, δ·(|r| − δ/2) beyond. Losses are computed and summed in double whatever the tensors are, in a
/// fixed order. Cross-entropy is in [CrossEntropyOps].
public final class LossOps {

  /// Elements of a pass whose losses are summed at once.
  private static final int BLOCK = 1024;

  private enum Kind { SQUARED, ABSOLUTE, HUBER }

  private LossOps() {}

  /// Returns Σ_n w_n ‖o_n − y_n‖² and overwrites `g` with factor·w_n·(o − y).
  ///
  /// @param o outputs
  /// @param y targets, of `o`'s shape
  /// @param weights as many as `o` has rows, or [Tensor#none()] for all 1
  /// @param g of `o`'s shape, in separate memory
  /// @return the sum of the losses
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static double squared(Tensor o, Tensor y, Tensor weights, double factor, Tensor g, Workspace ws) {
    return residuals(Kind.SQUARED, o, y, weights, 0, factor, g, ws, "LossOps.squared");
  }

  /// Returns Σ_n w_n ‖o_n − y_n‖₁ and overwrites `g` with factor·w_n·sgn(o − y).
  ///
  /// @param o outputs
  /// @param y targets, of `o`'s shape
  /// @param weights as many as `o` has rows, or [Tensor#none()] for all 1
  /// @param g of `o`'s shape, in separate memory
  /// @return the sum of the losses
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static double absolute(Tensor o, Tensor y, Tensor weights, double factor, Tensor g, Workspace ws) {
    return residuals(Kind.ABSOLUTE, o, y, weights, 0, factor, g, ws, "LossOps.absolute");
  }

  /// Returns Σ_n w_n Σ_c h(o − y) and overwrites `g` with factor·w_n·h′(o − y). Huber 1964.
  ///
  /// @param o outputs
  /// @param y targets, of `o`'s shape
  /// @param weights as many as `o` has rows, or [Tensor#none()] for all 1
  /// @param delta where the parabola ends
  /// @param g of `o`'s shape, in separate memory
  /// @return the sum of the losses
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or δ is not positive in `o`'s precision
  public static double huber(Tensor o, Tensor y, Tensor weights, double delta, double factor, Tensor g, Workspace ws) {
    o.precision().requirePositive(delta, "LossOps.huber", "delta");
    return residuals(Kind.HUBER, o, y, weights, delta, factor, g, ws, "LossOps.huber");
  }

  private static double residuals(
      Kind kind, Tensor o, Tensor y, Tensor weights, double delta, double factor, Tensor g, Workspace ws, String op) {
    y.require(o.precision(), o.shape(), op, "y");
    g.require(o.precision(), o.shape(), op, "g");
    requireOneForEachRow(o.precision(), o.shape(), weights, op);
    int stride = weights.isNone() ? BLOCK : Math.max(1, o.shape().last());
    int mark = ws.mark();
    Tensor losses = ws.matrix(Precision.DOUBLE, 1, stride);
    Tensor e = o.precision() == Precision.DOUBLE ? losses : ws.matrix(o.precision(), 1, stride);
    double total = 0;
    for (int from = 0; from < o.size(); from += stride) {
      int n = Math.min(stride, o.size() - from);
      double weight = weights.isNone() ? 1 : weights.get(from / stride);
      residuals(kind, n, o, y, from, delta, factor * weight, g, e);
      if (e != losses) {
        losses(kind, n, o.floats(), o.offset() + from, y.floats(), y.offset() + from,
            (float) delta, losses.doubles(), losses.offset());
      }
      total += weight * TensorKernels.sum(n, losses);
    }
    ws.release(mark);
    return total;
  }

  private static void residuals(
      Kind kind, int n, Tensor o, Tensor y, int from, double delta, double factor, Tensor g, Tensor e) {
    switch (kind) {
      case SQUARED -> TrainingKernels.squared(n, o, y, from, factor, g, e);
      case ABSOLUTE -> TrainingKernels.absolute(n, o, y, from, factor, g, e);
      case HUBER -> TrainingKernels.huber(n, o, y, from, delta, factor, g, e);
    }
  }

  /// Losses of float differences in double: the square of more than 1.8e19 is infinite in float, and a line search
  /// needs to see changes below a float's last place.
  private static void losses(Kind kind, int n, float[] o, int ot, float[] y, int yt, double delta, double[] e, int et) {
    switch (kind) {
      case SQUARED -> {
        for (int i = 0; i < n; i++) {
          double r = (double) o[ot + i] - y[yt + i];
          e[et + i] = r * r;
        }
      }
      case ABSOLUTE -> {
        for (int i = 0; i < n; i++) {
          e[et + i] = Math.abs((double) o[ot + i] - y[yt + i]);
        }
      }
      case HUBER -> {
        for (int i = 0; i < n; i++) {
          double r = Math.abs((double) o[ot + i] - y[yt + i]);
          double c = Math.min(r, delta);
          e[et + i] = c * (r - 0.5 * c);
        }
      }
    }
  }

  /// Overwrites `v` with factor·w_n·u where |o − y| ≤ δ, with 0 elsewhere: Huber's second derivative.
  ///
  /// @param u directions, `[chunk, …o]`
  /// @param v of `u`'s shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or δ is not positive in `o`'s precision
  public static void huberCurvature(Tensor o, Tensor y, Tensor weights, double delta, double factor, Tensor u,
      Tensor v) {
    String op = "LossOps.huberCurvature";
    y.require(o.precision(), o.shape(), op, "y");
    o.precision().requirePositive(delta, op, "delta");
    u.requireChunk(o.precision(), o.shape(), op, "u");
    v.require(o.precision(), u.shape(), op, "v");
    requireOneForEachRow(o.precision(), o.shape(), weights, op);
    int n = Math.max(1, weights.isNone() ? o.size() : o.shape().last());
    for (int at = 0; at < u.size(); at += n) {
      int from = at % o.size();
      double scale = factor * (weights.isNone() ? 1 : weights.get(from / n));
      TrainingKernels.huberCurvature(n, o, y, from, delta, scale, u, v, at);
    }
  }

  /// Checks targets that are numbers, one for each output, and their weights.
  ///
  /// @param outputs the shape of the outputs
  /// @param weights one for each row of the outputs, or [Tensor#none()]
  /// @param owner the loss, first in the message
  /// @throws IllegalArgumentException if shapes or precisions do not fit, a target is not finite, or a weight is
  ///     negative or not finite
  public static void requireNumbers(Precision precision, Shape outputs, Tensor targets, Tensor weights, Object owner) {
    targets.require(precision, outputs, owner, "targets");
    targets.requireFinite(owner, "targets");
    requireWeights(precision, outputs, weights, owner);
  }

  /// Checks one weight for each row.
  ///
  /// @param outputs the shape of the outputs
  /// @param weights one for each row of the outputs, or [Tensor#none()]
  /// @param owner the loss, first in the message
  /// @throws IllegalArgumentException if their number or precision does not fit, or one is negative or not finite
  public static void requireWeights(Precision precision, Shape outputs, Tensor weights, Object owner) {
    requireOneForEachRow(precision, outputs, weights, owner);
    requireNotNegative(weights, owner, "weights");
  }

  /// Checks any number of weights: none is negative, all are finite.
  ///
  /// @param owner the caller, named first in the message
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if one is negative or not finite, naming the row of the first such weight
  public static void requireNotNegative(Tensor weights, Object owner, String name) {
    for (int row = 0; row < weights.size(); row++) {
      if (!(weights.get(row) >= 0 && weights.get(row) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(owner + ": " + name + " has " + weights.get(row) + " at row " + row
            + ", expected a finite number, at least 0");
      }
    }
  }

  static void requireOneForEachRow(Precision precision, Shape outputs, Tensor weights, Object owner) {
    if (!weights.isNone() && (weights.size() != outputs.rows() || weights.precision() != precision)) {
      throw new IllegalArgumentException(owner + ": weights are " + weights.describe() + ", expected " + precision
          + " of " + outputs.rows() + " elements, one for each row");
    }
  }
}
