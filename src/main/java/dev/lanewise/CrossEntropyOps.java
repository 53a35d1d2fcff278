package dev.lanewise;

/// Softmax and its cross-entropy with targets in one operation, over rows of C logits: no logarithm of a probability is
/// taken, so none of 0. Slides, equations [47] and [48], by log-sum-exp.
///
/// Targets are probabilities, a tensor of the logits' shape, or class numbers, a tensor without the last axis.
///
/// [47]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-47
/// [48]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-48
public final class CrossEntropyOps {

  /// Rows of a pass.
  private static final int BLOCK = 1024;

  /// The most that the sum of rounded probabilities may differ from 1.
  private static final double SLACK = 1e-3;

  private CrossEntropyOps() {}

  /// Returns −Σ_n w_n Σ_c y_c·log softmax(o)_c and overwrites `g` with factor·w_n·(softmax(o)·Σy − y).
  ///
  /// @param o logits
  /// @param y probabilities of `o`'s shape; or, where it has one axis less, the numbers of the classes whose
  ///     probability is 1
  /// @param weights as many as `o` has rows, or [Tensor#none()] for all 1
  /// @param g of `o`'s shape, in separate memory
  /// @return the sum of the losses
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or a class is not one of 0 … C − 1
  public static double valueAndGradient(Tensor o, Tensor y, Tensor weights, double factor, Tensor g, Workspace ws) {
    String op = "CrossEntropyOps.valueAndGradient";
    boolean classes = areClasses(o.precision(), o.shape(), y, op);
    if (classes) {
      requireClasses(y, o.shape().last(), op, "y");
    }
    g.require(o.precision(), o.shape(), op, "g");
    LossOps.requireOneForEachRow(o.precision(), o.shape(), weights, op);
    int c = o.shape().last();
    int stride = weights.isNone() ? BLOCK : 1;
    int mark = ws.mark();
    Tensor losses = ws.matrix(Precision.DOUBLE, 1, stride);
    Tensor e = o.precision() == Precision.DOUBLE ? losses : ws.matrix(o.precision(), 1, stride);
    double total = 0;
    for (int row = 0; row < o.shape().rows(); row += stride) {
      int rows = Math.min(stride, o.shape().rows() - row);
      double weight = weights.isNone() ? 1 : weights.get(row);
      TrainingKernels.crossEntropy(classes, rows, c, o, row * c, y, classes ? row : row * c, factor * weight, g, e);
      if (e != losses) {
        widen(rows, e, losses);
      }
      total += weight * TensorKernels.sum(rows, losses);
    }
    ws.release(mark);
    return total;
  }

  /// Rows' losses, to be summed in double.
  private static void widen(int rows, Tensor e, Tensor losses) {
    float[] from = e.floats();
    double[] to = losses.doubles();
    for (int row = 0; row < rows; row++) {
      to[losses.offset() + row] = from[e.offset() + row];
    }
  }

  /// Overwrites `v` with factor·w_n·Σy·p ⊙ (u − ⟨p, u⟩): the second derivative in the directions `u`.
  ///
  /// @param o logits
  /// @param y probabilities or class numbers, as in [#valueAndGradient]
  /// @param u directions, `[chunk, …o]`
  /// @param v of `u`'s shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void hessianProduct(Tensor o, Tensor y, Tensor weights, double factor, Tensor u, Tensor v,
      Workspace ws) {
    String op = "CrossEntropyOps.hessianProduct";
    boolean classes = areClasses(o.precision(), o.shape(), y, op);
    u.requireChunk(o.precision(), o.shape(), op, "u");
    v.require(o.precision(), u.shape(), op, "v");
    LossOps.requireOneForEachRow(o.precision(), o.shape(), weights, op);
    int mark = ws.mark();
    Tensor p = ws.tensor(o.precision(), o.shape());
    Tensor scales = ws.matrix(o.precision(), 1, o.shape().rows());
    RowOps.softmax(o, p);
    RowOps.softmaxDerivative(p, u, v);
    int c = o.shape().last();
    for (int row = 0; row < o.shape().rows(); row++) {
      scales.set(row, (classes ? 1 : sum(y, row, c)) * (weights.isNone() ? 1 : weights.get(row)));
    }
    RowOps.scaleRows(factor, scales, v, v);
    ws.release(mark);
  }

  /// {@return whether targets are the numbers of classes, not probabilities}
  ///
  /// @throws IllegalArgumentException if they are neither by their shape, or of another precision
  public static boolean areClasses(Precision precision, Shape outputs, Tensor y, Object owner) {
    if (!y.isNone() && y.precision() == precision) {
      if (y.shape().equals(outputs)) {
        return false;
      }
      if (isShapeOfRows(outputs, y.shape())) {
        return true;
      }
    }
    throw new IllegalArgumentException(owner + ": targets are " + y.describe() + ", expected " + precision
        + " probabilities " + outputs + " or class numbers of a shape without the axis of " + outputs.last());
  }

  private static boolean isShapeOfRows(Shape o, Shape y) {
    if (y.rank() != o.rank() - 1) {
      return false;
    }
    for (int axis = 0; axis < y.rank(); axis++) {
      if (y.dim(axis) != o.dim(axis)) {
        return false;
      }
    }
    return true;
  }

  /// Checks class numbers.
  ///
  /// @throws IllegalArgumentException if one is not a whole number of 0 … `classes` − 1, naming its row
  public static void requireClasses(Tensor y, int classes, Object owner, String name) {
    for (int row = 0; row < y.size(); row++) {
      double label = y.get(row);
      if (!(label >= 0 && label < classes && label == (int) label)) {
        throw new IllegalArgumentException(owner + ": " + name + " has class " + label + " at row " + row
            + ", expected a whole number from 0 to " + (classes - 1));
      }
    }
  }

  /// Checks rows of probabilities.
  ///
  /// @throws IllegalArgumentException if one is negative or NaN, or a row's sum is not 1 within 1e-3, naming row and
  ///     column
  public static void requireProbabilities(Tensor y, Object owner, String name) {
    int c = y.shape().last();
    for (int row = 0; row < y.shape().rows(); row++) {
      for (int column = 0; column < c; column++) {
        double p = y.get(row * c + column);
        if (!(p >= 0)) {
          throw new IllegalArgumentException(owner + ": " + name + " has probability " + p + " at row " + row
              + ", column " + column + ", expected at least 0");
        }
      }
      if (!(Math.abs(sum(y, row, c) - 1) <= SLACK)) {
        throw new IllegalArgumentException(owner + ": " + name + " has probabilities that sum to " + sum(y, row, c)
            + " at row " + row + ", expected 1");
      }
    }
  }

  private static double sum(Tensor y, int row, int c) {
    double sum = 0;
    for (int column = 0; column < c; column++) {
      sum += y.get(row * c + column);
    }
    return sum;
  }
}
