package dev.lanewise.train.data;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Objects;

/// The columns of samples: the places of their last axis, or of axis 1 where that counts channels.
record Columns(int count, boolean ofChannels) {

  static Columns of(Tensor x, boolean ofChannels, String owner) {
    if (x.isNone() || x.shape().rank() < 2) {
      throw new IllegalArgumentException(owner + ": x has shape " + x.shape() + ", expected [rows, "
          + (ofChannels ? "channels, …]" : "columns]"));
    }
    return new Columns(ofChannels ? x.shape().dim(1) : x.shape().last(), ofChannels);
  }

  /// Checks that `tensor` has these columns.
  ///
  /// @return its precision
  Precision require(Tensor tensor, Object owner, String name) {
    Shape shape = Objects.requireNonNull(tensor, name).shape();
    if (tensor.isNone() || shape.rank() < 2 || (ofChannels ? shape.dim(1) : shape.last()) != count) {
      throw new IllegalArgumentException(owner + ": " + name + " has shape " + shape + ", expected [rows, "
          + (ofChannels ? count + ", …]" : (shape.rank() > 2 ? "…, " : "") + count + "]"));
    }
    return tensor.precision();
  }

  /// How many numbers of a column are contiguous.
  int run(Shape shape) {
    return ofChannels ? shape.withoutFirst().withoutFirst().size() : 1;
  }

  /// Fills `values` with the numbers of a column, in order.
  void copy(Tensor x, int column, double[] values) {
    int run = run(x.shape());
    int copied = 0;
    for (int first = column * run; copied < values.length; first += count * run) {
      for (int at = first; at < first + run; at++) {
        values[copied++] = x.get(at);
      }
    }
  }

  @Override
  public String toString() {
    return (ofChannels ? "channels=" : "columns=") + count;
  }
}
