package dev.lanewise.graph;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Primitive;
import dev.lanewise.graph.primitive.form.Permute;
import dev.lanewise.graph.primitive.reduction.LogSoftmax;
import dev.lanewise.graph.primitive.reduction.LogSumExp;
import dev.lanewise.graph.primitive.reduction.Product;
import dev.lanewise.graph.primitive.reduction.RowExtremum;
import dev.lanewise.graph.primitive.reduction.Softmax;
import dev.lanewise.graph.primitive.reduction.SquaredNorm;
import dev.lanewise.graph.primitive.reduction.Sum;
import java.util.stream.IntStream;

/// The operations of a [Node] along axes.
abstract sealed class ReducibleNode extends ElementwiseNode permits Node {

  /// {@return the sum over these axes, which are removed; without arguments, over all axes, as one element}
  public Node sum(int... axes) {
    return sum(Axes.of(axes));
  }

  /// {@return the sum over these axes}
  public Node sum(Axes axes) {
    return reduce(new Sum(), "sum", axes);
  }

  /// {@return the mean over these axes, which are removed; without arguments, over all axes, as one element}
  public Node mean(int... axes) {
    return mean(Axes.of(axes));
  }

  /// {@return the mean over these axes}
  public Node mean(Axes axes) {
    Node sum = reduce(new Sum(), "mean", axes);
    return sum.times((double) sum.shape().size() / self().shape().size());
  }

  /// {@return the product over these axes, which are removed; without arguments, over all axes, as one element} Its
  /// derivatives are right where elements are 0, too.
  public Node prod(int... axes) {
    return prod(Axes.of(axes));
  }

  /// {@return the product over these axes}
  public Node prod(Axes axes) {
    return reduce(new Product(), "prod", axes);
  }

  /// {@return the largest element over these axes, which are removed; without arguments, over all axes, as one element}
  /// Ties share the derivative evenly.
  public Node max(int... axes) {
    return max(Axes.of(axes));
  }

  /// {@return the largest element over these axes} Ties share the derivative evenly.
  public Node max(Axes axes) {
    return reduce(RowExtremum.MAX, "max", axes);
  }

  /// {@return the smallest element over these axes, which are removed; without arguments, over all axes, as one
  /// element} Ties share the derivative evenly.
  public Node min(int... axes) {
    return min(Axes.of(axes));
  }

  /// {@return the smallest element over these axes} Ties share the derivative evenly.
  public Node min(Axes axes) {
    return reduce(RowExtremum.MIN, "min", axes);
  }

  /// {@return log Σ eᵃ over these axes, which are removed; without arguments, over all axes, as one element} The
  /// largest a is subtracted first.
  public Node logSumExp(int... axes) {
    return logSumExp(Axes.of(axes));
  }

  /// {@return log Σ eᵃ over these axes} The largest a is subtracted first.
  public Node logSumExp(Axes axes) {
    return reduce(new LogSumExp(), "logSumExp", axes);
  }

  /// {@return Σ a² over these axes, which are removed; without arguments, over all axes, as one element}
  public Node squaredNorm(int... axes) {
    return squaredNorm(Axes.of(axes));
  }

  /// {@return Σ a² over these axes}
  public Node squaredNorm(Axes axes) {
    return reduce(new SquaredNorm(), "squaredNorm", axes);
  }

  /// {@return eᵃ/Σ eᵃ along the last axis}
  public Node softmax() {
    return operation(new Softmax(), "softmax");
  }

  /// {@return eᵃ/Σ eᵃ along an axis}
  public Node softmax(int axis) {
    return alongLast("softmax", axis, new Softmax());
  }

  /// {@return log(eᵃ/Σ eᵃ) along the last axis}
  public Node logSoftmax() {
    return operation(new LogSoftmax(), "logSoftmax");
  }

  /// {@return log(eᵃ/Σ eᵃ) along an axis}
  public Node logSoftmax(int axis) {
    return alongLast("logSoftmax", axis, new LogSoftmax());
  }

  /// Applies an operation of the last axis along another axis. The two axes are swapped before it, and swapped back
  /// after it.
  private Node alongLast(String label, int axis, Primitive primitive) {
    int last = self().shape().rank() - 1;
    int at = self().checked(label, () -> Axes.position(axis, last + 1));
    if (at == last) {
      return operation(primitive, label);
    }
    int[] swap = IntStream.rangeClosed(0, last).map(each -> each == at ? last : each == last ? at : each).toArray();
    return self().permute(swap).operation(primitive, label).permute(swap);
  }

  /// Moves the axes to the end, merges them into one axis, and applies the operation along that axis.
  private Node reduce(Primitive primitive, String label, Axes axes) {
    Shape shape = self().shape();
    boolean[] chosen = self().checked(label, () -> axes.among(shape.rank()));
    int[] order = new int[shape.rank()];
    int[] left = new int[shape.rank()];
    int outer = 0;
    int reduced = 1;
    for (int axis = 0; axis < chosen.length; axis++) {
      left[axis] = chosen[axis] ? 1 : shape.dim(axis);
      reduced *= chosen[axis] ? shape.dim(axis) : 1;
      if (!chosen[axis]) {
        order[outer++] = axis;
      }
    }
    int next = outer;
    for (int axis = 0; axis < chosen.length; axis++) {
      if (chosen[axis]) {
        order[next++] = axis;
      }
    }
    int rows = shape.size() / reduced;
    Node moved = isSorted(order) ? self() : self().operation(Permute.of(shape, order), "permute");
    Node result = moved.reshape(rows, reduced).operation(primitive, label);
    if (axes.isKept()) {
      return result.reshape(left);
    }
    return outer == 0 ? result : result.reshape(kept(shape, order, outer));
  }

  private static int[] kept(Shape shape, int[] order, int outer) {
    int[] dims = new int[outer];
    for (int axis = 0; axis < outer; axis++) {
      dims[axis] = shape.dim(order[axis]);
    }
    return dims;
  }

  private static boolean isSorted(int[] order) {
    for (int at = 1; at < order.length; at++) {
      if (order[at] < order[at - 1]) {
        return false;
      }
    }
    return true;
  }
}
