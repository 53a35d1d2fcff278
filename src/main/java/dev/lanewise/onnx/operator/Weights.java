package dev.lanewise.onnx.operator;

import dev.lanewise.MatrixOps;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.trace.Trace;

/// Weights in the layout that a layer takes.
final class Weights {

  private Weights() {}

  /// {@return a matrix transposed: the file's own where the file transposes it}
  static Tensor transposed(Trace trace, Tensor matrix) {
    return trace.inForm(matrix, "transposed", from -> {
      Tensor own = trace.origin(from);
      if (isTransposed(own, from)) {
        return own;
      }
      int rows = from.shape().dim(0);
      int columns = from.shape().dim(1);
      Tensor to = Tensor.zeros(from.precision(), columns, rows);
      if (from.size() > 0) {
        MatrixOps.transposeInto(from, rows, to, 0);
      }
      return to;
    });
  }

  private static boolean isTransposed(Tensor a, Tensor b) {
    boolean transposed = a.shape().rank() == 2 && b.shape().is(a.shape().dim(1), a.shape().dim(0));
    int columns = b.shape().last();
    for (int at = 0; transposed && at < b.size(); at++) {
      double one = a.get(at % columns * a.shape().last() + at / columns);
      transposed = Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(b.get(at));
    }
    return transposed;
  }

  /// {@return the elements along one axis}
  static Tensor flat(Trace trace, Tensor weight) {
    return weight.shape().rank() == 1 ? weight : trace.inForm(weight, "flat", from -> from.reshape(from.size()));
  }

  /// {@return the weights of a transposed convolution as those of a convolution: `[in, out / groups, …]` as
  /// `[out, in / groups, …]`, each window reversed}
  static Tensor ofSpreading(Trace trace, Tensor weight, int groups) {
    return trace.inForm(weight, "spreading in " + groups, from -> {
      int[] dims = from.shape().toArray();
      int in = dims[0] / groups;
      int out = dims[1];
      int taps = from.size() / Math.max(1, dims[0] * out);
      dims[0] = out * groups;
      dims[1] = in;
      Tensor to = Tensor.zeros(from.precision(), dims);
      for (int at = 0; at < to.size(); at++) {
        int tap = at % taps;
        int a = at / taps % in;
        int o = at / taps / in;
        int source = ((o / out * in + a) * out + o % out) * taps + taps - 1 - tap;
        to.set(at, from.get(source));
      }
      return to;
    });
  }
}
