package dev.lanewise.onnx.operator;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.ops.Window;
import java.util.Arrays;

/// A transposed convolution as a convolution of the input with zeros between its elements.
///
/// | what            | along an axis of n places                              |
/// |-----------------|--------------------------------------------------------|
/// | output          | s·(n − 1) + span + output padding − before − after     |
/// | spaced input    | s·(n − 1) + 1 places                                   |
/// | padding of that | span − 1 − before in front, span − 1 − after + output padding at the end; cut where negative |
///
/// Dumoulin & Visin 2016, relationship 14.
final class Spread {

  private Spread() {}

  /// {@return the window with the padding that is to be put around the spaced input}
  static Sliding of(Call call, int[] input, int[] size) {
    int rank = input.length;
    int[] more = Sliding.list(call, "output_padding", rank, 0, 0);
    int[] wanted = call.hasAttribute("output_shape") ? outputShape(call, rank) : null;
    String auto = call.choice("auto_pad", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");
    boolean same = auto.startsWith("SAME");
    int[] pads = Sliding.list(call, "pads", 2 * rank, 0, 0);
    if ((same || wanted != null) && Arrays.stream(pads).anyMatch(pad -> pad != 0)) {
      throw call.refusal("pads are " + Arrays.toString(pads) + " beside "
          + (wanted == null ? "auto_pad " + auto : "output_shape") + ", expected one of both");
    }
    Sliding window = new Sliding(input, size, Sliding.list(call, "strides", rank, 1, 1),
        Sliding.list(call, "dilations", rank, 1, 1), new int[rank], new int[rank]);
    for (int axis = 0; axis < rank; axis++) {
      long full = (long) window.strides()[axis] * (input[axis] - 1) + window.span(axis) + more[axis];
      long before = pads[axis];
      long after = pads[rank + axis];
      if (same || wanted != null) {
        long total = full - (wanted == null ? (long) input[axis] * window.strides()[axis] : wanted[axis]);
        before = auto.equals("SAME_UPPER") ? Math.floorDiv(total, 2) : total - Math.floorDiv(total, 2);
        after = total - before;
      }
      if (full - before - after < 1) {
        throw call.refusal("axis " + (axis + 2) + " is cut to " + (full - before - after) + ", expected at least 1");
      }
      window.before()[axis] = Math.toIntExact(window.span(axis) - 1 - before);
      window.after()[axis] = Math.toIntExact(window.span(axis) - 1 - after + more[axis]);
    }
    return window;
  }

  /// The lengths of the last axes; some files give the first two as well.
  private static int[] outputShape(Call call, int rank) {
    long[] given = call.integerList("output_shape");
    int[] wanted = Sliding.list(call, "output_shape", given.length, 1, 1);
    if (given.length != rank && given.length != rank + 2) {
      throw call.refusal("attribute output_shape is " + Arrays.toString(given) + ", expected " + rank + " numbers");
    }
    return Arrays.copyOfRange(wanted, given.length - rank, given.length);
  }

  /// {@return the window that gathers from the spaced input}
  static Window gathering(Sliding window) {
    int rank = window.size().length;
    int[] none = new int[rank];
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    return new Sliding(window.input(), window.size(), ones, window.dilations(), none, none).window();
  }

  /// {@return the input with zeros between its elements, padded or cut}
  static Node spaced(Sliding window, Node x) {
    Node spaced = x;
    for (int axis = 0; axis < window.size().length; axis++) {
      spaced = along(spaced, axis + 1, window.strides()[axis], window.before()[axis], window.after()[axis]);
    }
    return spaced;
  }

  private static Node along(Node x, int axis, int stride, int before, int after) {
    int[] dims = x.shape().toArray();
    int length = (dims[axis] - 1) * stride + 1;
    Node y = x;
    if (stride > 1) {
      dims[axis] = Math.multiplyExact(dims[axis], stride);
      y = x.unsqueeze(axis + 1).pad(axis + 1, 0, stride - 1).reshape(dims).slice(axis, 0, length, 1);
    }
    if (before > 0 || after > 0) {
      y = y.pad(axis, Math.max(0, before), Math.max(0, after));
    }
    int end = y.shape().dim(axis) - Math.max(0, -after);
    return before < 0 || after < 0 ? y.slice(axis, Math.max(0, -before), end, 1) : y;
  }
}
