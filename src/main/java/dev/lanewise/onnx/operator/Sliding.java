package dev.lanewise.onnx.operator;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.ops.Window;
import java.util.Arrays;

/// A window that slides over the last one or two axes of a value, for convolutions and pools.
///
/// @param input lengths of the axes
/// @param size of the window along each
/// @param strides from one position to the next
/// @param dilations from one tap to the next
/// @param before padding before each axis
/// @param after padding after each axis
record Sliding(int[] input, int[] size, int[] strides, int[] dilations, int[] before, int[] after) {

  private static final String NONE = "NOTSET";
  private static final String VALID = "VALID";
  private static final String LOWER = "SAME_LOWER";

  /// @param size of the window, as the file says or the weights have it
  static Sliding of(Call call, int[] input, int[] size) {
    int rank = input.length;
    Sliding window = new Sliding(input, size, list(call, "strides", rank, 1, 1), list(call, "dilations", rank, 1, 1),
        new int[rank], new int[rank]);
    int[] pads = list(call, "pads", 2 * rank, 0, 0);
    String auto = call.choice("auto_pad", NONE, VALID, "SAME_UPPER", LOWER);
    if (!auto.equals(NONE) && Arrays.stream(pads).anyMatch(pad -> pad != 0)) {
      throw call.refusal("pads are " + Arrays.toString(pads) + " beside auto_pad " + auto + ", expected one of both");
    }
    for (int axis = 0; axis < rank; axis++) {
      boolean same = !auto.equals(NONE) && !auto.equals(VALID);
      long needed = ((input[axis] - 1L) / window.strides[axis]) * window.strides[axis]
          + window.span(axis) - input[axis];
      int total = same ? Math.toIntExact(Math.max(0, needed)) : 0;
      int larger = total - total / 2;
      window.before[axis] = same ? auto.equals(LOWER) ? larger : total / 2 : pads[axis];
      window.after[axis] = same ? total - window.before[axis] : pads[rank + axis];
    }
    return window;
  }

  /// {@return the lengths of the axes that a window slides over: all but the first two}
  ///
  /// @throws dev.lanewise.onnx.trace.Refusal if there are none, more than two, or the batch is one of them
  static int[] planes(Call call, Traced x) {
    if (x.rank() < 3 || x.rank() > 4) {
      throw call.refusal("input has shape " + x
          + ", expected [batch, channels, time] or [batch, channels, height, width]");
    }
    if (x.batch() > 0) {
      throw call.refusal("input has shape " + x + ", expected the batch as axis 0");
    }
    return Arrays.copyOfRange(x.dims(), 2, x.rank());
  }

  /// {@return an attribute of so many integers}
  static int[] list(Call call, String name, int length, int otherwise, int least) {
    long[] given = call.integerList(name);
    int[] list = new int[length];
    Arrays.fill(list, otherwise);
    if (given == null) {
      return list;
    }
    if (given.length != length) {
      throw call.refusal("attribute " + name + " is " + Arrays.toString(given) + ", expected " + length + " numbers");
    }
    for (int at = 0; at < length; at++) {
      list[at] = call.small(given[at], name);
      if (list[at] < least) {
        throw call.refusal("attribute " + name + " is " + Arrays.toString(given) + ", expected each at least " + least);
      }
    }
    return list;
  }

  /// {@return the size of a window, from an attribute that must be given}
  static int[] size(Call call, int rank) {
    if (!call.hasAttribute("kernel_shape")) {
      throw call.refusal("attribute kernel_shape is left out, expected " + rank + " numbers");
    }
    return list(call, "kernel_shape", rank, 1, 1);
  }

  /// The elements that a window covers along an axis, including those between its taps.
  long span(int axis) {
    return (size[axis] - 1L) * dilations[axis] + 1;
  }

  /// {@return positions along an axis}
  ///
  /// @param ceil whether one more is taken that reaches over the padding's end, unless it begins there
  int positions(int axis, boolean ceil) {
    long beyond = (long) input[axis] + before[axis] + after[axis] - span(axis);
    if (beyond < 0) {
      throw new IllegalArgumentException("the window spans " + span(axis) + " of " + (beyond + span(axis))
          + " padded places along axis " + (axis + 2) + ", expected at most as many");
    }
    long whole = beyond / strides[axis] + 1;
    boolean more = ceil && beyond % strides[axis] != 0
        && whole * strides[axis] < (long) input[axis] + before[axis];
    return Math.toIntExact(more ? whole + 1 : whole);
  }

  /// {@return the number of taps from one place, included, to another, excluded}
  int taps(int axis, int position, int from, int to) {
    int taps = 0;
    for (int tap = 0; tap < size[axis]; tap++) {
      long place = (long) position * strides[axis] + (long) tap * dilations[axis] - before[axis];
      taps += place >= from && place < to ? 1 : 0;
    }
    return taps;
  }

  /// {@return this with other padding after the input}
  Sliding withAfter(int... other) {
    return new Sliding(input, size, strides, dilations, before, other);
  }

  boolean isSymmetric() {
    return Arrays.equals(before, after);
  }

  boolean isLine() {
    return size.length == 1;
  }

  /// {@return the window, with the padding where it is the same on both sides, else without: then the input is to be
  /// [#padded]}
  Window window() {
    boolean own = isSymmetric();
    int last = size.length - 1;
    return new Window(isLine() ? 1 : size[0], size[last], isLine() ? 1 : strides[0], strides[last],
        own && !isLine() ? before[0] : 0, own ? before[last] : 0, isLine() ? 1 : dilations[0], dilations[last]);
  }

  /// {@return the input with its padding, unless the window has it}
  Node padded(Node x) {
    return isSymmetric() ? x : withZeros(x);
  }

  /// {@return the input with zeros around it}
  Node withZeros(Node x) {
    Node padded = x;
    for (int axis = 0; axis < size.length; axis++) {
      if (before[axis] + after[axis] > 0) {
        padded = padded.pad(axis - size.length, before[axis], after[axis]);
      }
    }
    return padded;
  }
}
