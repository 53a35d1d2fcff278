package dev.lanewise.onnx.operator;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.AvgPool1d;
import dev.lanewise.nn.AvgPool2d;
import dev.lanewise.nn.MaxPool1d;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import dev.lanewise.ops.Window;
import java.util.Arrays;

/// Pooling of sequences and images: onto the layers [MaxPool2d], [AvgPool2d] and their forms for one axis. Padding that
/// those do not support is put around the input first.
final class Pools {

  private static final int MOST_TAPS = 1 << 12;
  private static final long MOST_COUNTED = 1 << 24;

  private Pools() {}

  static Value max(Call call) {
    Traced x = call.traced(0);
    int[] input = Sliding.planes(call, x);
    Sliding window = Sliding.of(call, input, Sliding.size(call, input.length));
    int[] positions = positions(call, window);
    call.integer("storage_order", 0); // of the indices, which are not supported
    for (int axis = 0; axis < input.length; axis++) {
      requireTaps(call, window, axis, positions[axis]);
    }
    if (isLayers(window, positions)) {
      return pooled(x, positions, x.node().apply(max(window.window(), window.isLine())));
    }
    Sliding reaching = reaching(window, positions);
    Node padded = x.node();
    for (int axis = 0; axis < input.length; axis++) {
      padded = surrounded(call, padded, axis - input.length, reaching.before()[axis], reaching.after()[axis]);
    }
    return pooled(x, positions, padded.apply(max(unpadded(reaching), window.isLine())));
  }

  private static Layer max(Window window, boolean line) {
    return line ? new MaxPool1d(window) : new MaxPool2d(window);
  }

  static Value average(Call call) {
    Traced x = call.traced(0);
    int[] input = Sliding.planes(call, x);
    Sliding window = Sliding.of(call, input, Sliding.size(call, input.length));
    int[] positions = positions(call, window);
    boolean countPadding = call.flag("count_include_pad", false);
    boolean dilated = Arrays.stream(window.dilations()).anyMatch(dilation -> dilation > 1);
    if (!dilated && isLayers(window, positions)) {
      return pooled(x, positions, x.node().apply(average(window.window(), countPadding, window.isLine())));
    }
    requireFewTaps(call, window, positions);
    Node padded = reaching(window, positions).withZeros(x.node());
    Node sums = padded;
    for (int axis = 0; axis < input.length; axis++) {
      sums = sums(sums, axis - input.length, window, axis, positions[axis]);
    }
    return pooled(x, positions, sums.times(x.node().constant(shares(call, window, positions, countPadding))));
  }

  private static Layer average(Window window, boolean countPadding, boolean line) {
    return line ? new AvgPool1d(window, countPadding) : new AvgPool2d(window, countPadding);
  }

  private static int[] positions(Call call, Sliding window) {
    boolean ceil = call.flag("ceil_mode", false) && call.text("auto_pad", "NOTSET").equals("NOTSET");
    int[] positions = new int[window.size().length];
    for (int axis = 0; axis < positions.length; axis++) {
      positions[axis] = window.positions(axis, ceil);
    }
    return positions;
  }

  /// Whether the layers support this padding, and have as many positions.
  private static boolean isLayers(Sliding window, int[] positions) {
    boolean is = window.isSymmetric();
    for (int axis = 0; axis < positions.length; axis++) {
      is &= 2L * window.before()[axis] <= window.size()[axis] && positions[axis] == window.positions(axis, false);
    }
    return is;
  }

  /// The window with enough padding after the input for the last position.
  private static Sliding reaching(Sliding window, int[] positions) {
    int[] after = new int[positions.length];
    for (int axis = 0; axis < after.length; axis++) {
      long end = (positions[axis] - 1L) * window.strides()[axis] + window.span(axis);
      after[axis] = Math.toIntExact(Math.max(0, end - window.before()[axis] - window.input()[axis]));
    }
    return window.withAfter(after);
  }

  /// Bounds the size of the expression, which has a sum tap by tap, and counts position by position.
  private static void requireFewTaps(Call call, Sliding window, int[] positions) {
    long taps = Arrays.stream(window.size()).asLongStream().sum();
    if (taps * call.constantSize(positions) > MOST_COUNTED || taps > MOST_TAPS) {
      throw call.refusal("windows of " + Arrays.toString(window.size()) + " are at " + Arrays.toString(positions)
          + " positions, expected at most " + MOST_TAPS + " taps, and " + MOST_COUNTED + " at all positions,"
          + " where padding is uneven, dilated, or has a position more");
    }
  }

  private static Window unpadded(Sliding window) {
    Window with = window.window();
    return with.withPadding(0, 0);
  }

  /// Refuses windows that lie in padding alone. Only those that reach over an end of the input can.
  private static void requireTaps(Call call, Sliding window, int axis, int positions) {
    int stride = window.strides()[axis];
    int length = window.input()[axis];
    long firstInside = Math.ceilDiv(window.before()[axis], stride);
    long lastInside = Math.floorDiv(length + window.before()[axis] - window.span(axis), stride);
    long counted = 0;
    for (int at = 0; at < positions; at++) {
      boolean isInside = at >= firstInside && at <= lastInside;
      counted += isInside ? 0 : window.size()[axis];
      if (counted > MOST_COUNTED) {
        throw call.refusal("windows of " + window.size()[axis] + " along axis " + (axis + 2)
            + " reach over the input at " + at + " positions, expected at most " + MOST_COUNTED + " taps there");
      }
      if (!isInside) {
        requireTap(call, window, axis, at, window.taps(axis, at, 0, length));
      }
    }
  }

  private static void requireTap(Call call, Sliding window, int axis, int position, int taps) {
    if (taps == 0) {
      throw call.refusal("the window at position " + position + " along axis " + (axis + 2)
          + " lies in padding alone: pads are " + Arrays.toString(window.before()) + " and "
          + Arrays.toString(window.after()) + ", expected a part of the input in each window");
    }
  }

  /// The input, padded with −∞.
  private static Node surrounded(Call call, Node x, int axis, int before, int after) {
    Node front = before == 0 ? x : Node.concat(axis, lowest(call, x, axis, before), x);
    return after == 0 ? front : Node.concat(axis, front, lowest(call, x, axis, after));
  }

  private static Node lowest(Call call, Node x, int axis, int length) {
    int[] dims = x.shape().toArray();
    dims[dims.length + axis] = length;
    call.constantSize(dims);
    Tensor values = Tensor.zeros(Precision.FLOAT, Shape.of(dims));
    values.fill(Double.NEGATIVE_INFINITY);
    return x.constant(values);
  }

  /// Σ of the taps along one axis.
  private static Node sums(Node x, int axis, Sliding window, int along, int positions) {
    int stride = window.strides()[along];
    Node sum = null;
    for (int tap = 0; tap < window.size()[along]; tap++) {
      int from = tap * window.dilations()[along];
      Node part = x.slice(axis, from, from + (positions - 1) * stride + 1, stride);
      sum = sum == null ? part : sum.plus(part);
    }
    return sum;
  }

  /// One over the number of elements in each window.
  private static Tensor shares(Call call, Sliding window, int[] positions, boolean countPadding) {
    Tensor shares = Tensor.zeros(Precision.DOUBLE, positions);
    for (int at = 0; at < shares.size(); at++) {
      double count = 1;
      int rest = at;
      for (int axis = positions.length - 1; axis >= 0; axis--) {
        int position = rest % positions[axis];
        rest /= positions[axis];
        int taps = countPadding
            ? window.taps(axis, position, -window.before()[axis], window.input()[axis] + window.after()[axis])
            : window.taps(axis, position, 0, window.input()[axis]);
        requireTap(call, window, axis, position, taps);
        count *= taps;
      }
      shares.set(at, 1 / count);
    }
    return shares;
  }

  private static Value pooled(Traced x, int[] positions, Node y) {
    int[] dims = x.dims();
    System.arraycopy(positions, 0, dims, 2, positions.length);
    return Traced.like(x, y, dims, x.batch());
  }

  /// The positions of each channel along one axis.
  private static Node places(Call call, Traced x) {
    if (x.rank() < 3 || x.batch() > 0) {
      throw call.refusal("input has shape " + x
          + ", expected [batch, channels, …], the batch, where there is one, as axis 0");
    }
    int[] dims = x.dims();
    int outer = dims[0] * dims[1];
    return x.node().reshape(outer, x.node().shape().size() / outer);
  }

  static Value globalMax(Call call) {
    Traced x = call.traced(0);
    Node places = places(call, x);
    return perChannel(x, places.apply(new MaxPool1d(Window.line(places.shape().last()))));
  }

  static Value globalAverage(Call call) {
    Traced x = call.traced(0);
    return perChannel(x, places(call, x).mean(1));
  }

  private static Value perChannel(Traced x, Node y) {
    int[] dims = x.dims();
    Arrays.fill(dims, 2, dims.length, 1);
    boolean own = x.isBatched() && !x.isMerged();
    return Traced.like(x, y.reshape(Traced.inner(dims, own ? 0 : -1)), dims, x.batch());
  }
}
