package dev.lanewise.io;

import dev.lanewise.MatrixOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.List;

/// Tensors with their axes in another order, in new memory: from other frameworks' kernels to the weights of layers
/// here.
final class Layouts {

  private Layouts() {}

  /// A matrix transposed; a tensor of one axis or none as it is.
  ///
  /// @param source the file, for messages
  static Tensor transposed(String source, String name, Tensor tensor) {
    if (tensor.shape().rank() > 2) {
      throw new IllegalArgumentException(source + ": tensor " + Excerpt.of(name) + " is " + tensor.shape()
          + ", expected a matrix to transpose; from(Framework) converts kernels of any rank");
    }
    return tensor.shape().rank() < 2 ? tensor : transposed(tensor);
  }

  /// A tensor of two or more axes, read as a matrix of all axes but the last by the last, transposed: `[columns,
  /// rows]`.
  static Tensor transposed(Tensor tensor) {
    int columns = tensor.shape().last();
    int rows = tensor.shape().rows();
    Tensor matrix = tensor.reshape(rows, columns);
    Tensor transposed = Tensor.zeros(tensor.precision(), columns, rows);
    if (tensor.size() > 0) {
      MatrixOps.transposeInto(matrix, rows, transposed, 0);
    }
    return transposed;
  }

  /// The kernel `[…window, in, out]` of a dense layer or a convolution as its weight `[out, in, …window]`; a tensor of
  /// one axis or none as it is.
  static Tensor weight(Tensor kernel) {
    Shape shape = kernel.shape();
    if (shape.rank() < 2) {
      return kernel;
    }
    int in = shape.dim(shape.rank() - 2);
    return lastFirst(transposed(kernel), in).reshape(windowLast(shape, shape.last(), in));
  }

  /// The kernel `[…window, in, multiplier]` of a depthwise convolution as its weight `[in·multiplier, 1, …window]`.
  static Tensor depthwise(Tensor kernel) {
    Shape shape = kernel.shape();
    if (shape.rank() < 2 || shape.size() == 0) {
      return kernel;
    }
    int out = Math.multiplyExact(shape.dim(shape.rank() - 2), shape.last());
    return transposed(kernel.reshape(shape.size() / out, out)).reshape(windowLast(shape, out, 1));
  }

  /// `[out, in, …window]` for a kernel `[…window, …, …]`.
  private static int[] windowLast(Shape kernel, int out, int in) {
    int[] dims = new int[kernel.rank()];
    dims[0] = out;
    dims[1] = in;
    System.arraycopy(kernel.toArray(), 0, dims, 2, dims.length - 2);
    return dims;
  }

  /// Reorders the columns of a matrix from places by channels to channels by places.
  static Tensor channelsFirst(String source, String name, Tensor weight, int channels) {
    if (weight.shape().rank() != 2 || channels < 1 || weight.shape().last() % channels != 0) {
      throw new IllegalArgumentException(source + ": tensor " + Excerpt.of(name) + " is " + weight.shape()
          + ", expected a matrix whose columns are a multiple of " + channels + " channels");
    }
    return lastFirst(weight, channels);
  }

  /// Reads each row as a matrix of `columns` columns and transposes it: places by channels become channels by places.
  static Tensor lastFirst(Tensor rows, int columns) {
    int count = rows.shape().dim(0);
    int places = columns == 0 ? 0 : rows.shape().last() / columns;
    Tensor reordered = Tensor.zeros(rows.precision(), rows.shape());
    for (int row = 0; row < count && rows.size() > 0; row++) {
      MatrixOps.transposeInto(rows.slice(row, 1).reshape(places, columns), places,
          reordered.slice(row, 1).reshape(columns, places), 0);
    }
    return reordered;
  }

  /// Stacks matrices of the same width, or vectors, in the wider of their precisions.
  static Tensor stacked(String source, String what, List<Tensor> parts) {
    Shape first = parts.getFirst().shape();
    Precision precision = Precision.FLOAT;
    int rows = 0;
    for (Tensor part : parts) {
      if (part.shape().rank() != first.rank() || !part.shape().is(part.shape().dim(0), first.withoutFirst())) {
        throw new IllegalArgumentException(source + ": " + Excerpt.of(what) + " has parts of shapes "
            + Excerpt.of(parts.stream().map(Tensor::shape).toList()) + ", expected the same width");
      }
      precision = part.precision() == Precision.DOUBLE ? Precision.DOUBLE : precision;
      rows = Math.addExact(rows, part.shape().dim(0));
    }
    Tensor all = Tensor.zeros(precision, first.withFirst(rows));
    int at = 0;
    for (Tensor part : parts) {
      all.slice(at, part.shape().dim(0)).copyFrom(part.to(precision));
      at += part.shape().dim(0);
    }
    return all;
  }

  /// Reorders the rows of a matrix or vector, in `order.length` equal blocks.
  static Tensor blocks(Tensor rows, int... order) {
    int block = rows.shape().dim(0) / order.length;
    Tensor reordered = rows.copy();
    for (int i = 0; i < order.length; i++) {
      reordered.slice(i * block, block).copyFrom(rows.slice(order[i] * block, block));
    }
    return reordered;
  }
}
