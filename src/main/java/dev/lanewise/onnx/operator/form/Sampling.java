package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import java.util.Arrays;

/// Interpolates between the elements of an axis.
///
/// | mode    | taps | weights at distance t after the element before                      |
/// |---------|------|----------------------------------------------------------------------|
/// | nearest | 1    | 1                                                                    |
/// | linear  | 2    | 1 − t, t                                                             |
/// | cubic   | 4    | Keys' kernel with coefficient a                                      |
///
/// Source: [ONNX, Resize](https://onnx.ai/onnx/operators/onnx__Resize.html); R. Keys, *Cubic convolution interpolation
/// for digital image processing* (1981).
///
/// @param places how a position in the result is mapped to one in the image
/// @param rounding which element is the nearest
/// @param a the cubic kernel's coefficient
/// @param excludesOutside whether elements outside have no weight; else the edge's are repeated
/// @param outside the value outside of the image, where a region is sampled
record Sampling(String mode, String places, String rounding, double a, boolean excludesOutside, double outside) {

  private static final String REGION = "tf_crop_and_resize";

  /// {@return whether a part of the image is sampled}
  boolean needsRegion() {
    return places.equals(REGION);
  }

  /// {@return whether an axis stays as it is}
  boolean isIdentity(double scale, double start, double end) {
    return scale == 1 && (needsRegion() ? start == 0 && end == 1
        : mode.equals("nearest") || !places.equals("tf_half_pixel_for_nn"));
  }

  /// {@return the value sampled at `size` places of an axis}
  Traced along(Call call, Traced x, int axis, int size, double scale, double start, double end) {
    int length = x.dim(axis);
    int inner = call.inner(x, axis);
    int[] dims = x.dims();
    dims[axis] = size;
    call.constantSize(size);
    int taps = mode.equals("nearest") ? 1 : mode.equals("linear") ? 2 : 4;
    int[][] at = new int[taps][size];
    double[][] weights = new double[taps][size];
    double[] added = new double[size];
    for (int i = 0; i < size; i++) {
      double place = place(i, length, size, scale, start, end);
      boolean isOutside = needsRegion() && (place < 0 || place > length - 1);
      added[i] = isOutside ? outside : 0;
      double[] each = isOutside ? new double[taps] : weights(place, length);
      for (int tap = 0; tap < taps; tap++) {
        at[tap][i] = Math.clamp(first(place) + tap, 0, length - 1);
        weights[tap][i] = each[tap];
      }
    }
    return Traced.like(x, sampled(call, x.node(), inner, at, weights, added), dims, x.batch());
  }

  private static Node sampled(Call call, Node x, int axis, int[][] at, double[][] weights, double[] added) {
    Node sum = null;
    for (int tap = 0; tap < at.length; tap++) {
      boolean plain = Arrays.stream(weights[tap]).allMatch(weight -> weight == 1);
      Node part = x.gather(axis, at[tap]);
      part = plain ? part : part.times(vector(call, weights[tap], x.shape().rank() - axis));
      sum = sum == null ? part : sum.plus(part);
    }
    boolean nothing = Arrays.stream(added).allMatch(each -> each == 0);
    return nothing ? sum : sum.plus(vector(call, added, x.shape().rank() - axis));
  }

  /// Numbers along the first of so many axes.
  private static Node vector(Call call, double[] values, int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    dims[0] = values.length;
    Tensor tensor = Tensor.zeros(Precision.DOUBLE, dims);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return call.traced(Numbers.constant(tensor, dims)).node();
  }

  private double place(int i, int length, int size, double scale, double start, double end) {
    double centre = (i + 0.5) / scale - 0.5;
    return switch (places) {
      case "half_pixel" -> centre;
      case "pytorch_half_pixel" -> size > 1 ? centre : 0;
      case "align_corners" -> size > 1 ? i * (length - 1.0) / (size - 1) : 0;
      case "asymmetric" -> i / scale;
      case "tf_half_pixel_for_nn" -> (i + 0.5) / scale;
      case "half_pixel_symmetric" -> length / 2.0 * (1 - size / (scale * length)) + centre;
      default -> size > 1 ? start * (length - 1) + i * (end - start) * (length - 1) / (size - 1)
          : 0.5 * (start + end) * (length - 1);
    };
  }

  /// The element that the first tap takes.
  private int first(double place) {
    double at = switch (mode) {
      case "linear" -> Math.floor(place);
      case "cubic" -> Math.floor(place) - 1;
      default -> switch (rounding) {
        case "floor" -> Math.floor(place);
        case "ceil" -> Math.ceil(place);
        case "round_prefer_ceil" -> Math.floor(place + 0.5);
        default -> Math.ceil(place - 0.5);
      };
    };
    return (int) Math.clamp(at, -8.0, Integer.MAX_VALUE / 2);
  }

  private double[] weights(double place, int length) {
    double t = place - Math.floor(place);
    double[] weights = switch (mode) {
      case "nearest" -> new double[] {1};
      case "linear" -> new double[] {1 - t, t};
      default -> new double[] {far(1 + t), near(t), near(1 - t), far(2 - t)};
    };
    if (excludesOutside && !mode.equals("nearest")) {
      for (int tap = 0; tap < weights.length; tap++) {
        int at = first(place) + tap;
        weights[tap] = at < 0 || at >= length ? 0 : weights[tap];
      }
      double sum = Arrays.stream(weights).sum();
      return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
    return weights;
  }

  private double near(double t) {
    return ((a + 2) * t - (a + 3)) * t * t + 1;
  }

  private double far(double t) {
    return ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
  }
}
