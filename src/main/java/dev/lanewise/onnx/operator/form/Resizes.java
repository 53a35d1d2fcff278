package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Images of other sizes: `Resize`, `Upsample`. One axis after the other is resampled, which is linear in the image.
final class Resizes {

  private Resizes() {}

  static Value upsample(Call call) {
    Value x = call.input(0);
    double[] scales = call.opset() < 9 ? numbers(call.numberList("scales")) : call.numbers(1).tensor().toDoubles();
    String mode = call.choice("mode", "nearest", "linear", "bilinear");
    Sampling sampling = new Sampling(mode.equals("nearest") ? "nearest" : "linear", "asymmetric", "floor", 0, false, 0);
    return new Target(call, IntStream.range(0, x.rank()).toArray(), scales, null, null).of(sampling);
  }

  static Value resize(Call call) {
    Value x = call.input(0);
    if (call.opset() < 11) {
      Sampling old = new Sampling(call.choice("mode", "nearest", "linear"), "asymmetric", "floor", 0, false, 0);
      double[] scales = call.numbers(1).tensor().toDoubles();
      return new Target(call, IntStream.range(0, x.rank()).toArray(), scales, null, null).of(old);
    }
    Sampling sampling = sampling(call);
    long[] told = call.opset() < 18 ? null : call.integerList("axes");
    int[] axes = told == null ? IntStream.range(0, x.rank()).toArray()
        : Arrays.stream(told).mapToInt(axis -> call.axis(axis, x.rank())).toArray();
    boolean bySizes = call.has(3) && call.integers(3).values().length > 0;
    double[] roi = sampling.needsRegion() ? call.numbers(1).tensor().toDoubles() : null;
    return new Target(call, axes, bySizes ? null : call.numbers(2).tensor().toDoubles(),
        bySizes ? call.integers(3) : null, roi).of(sampling);
  }

  private static Sampling sampling(Call call) {
    String mode = call.choice("mode", "nearest", "linear", "cubic");
    String places = call.choice("coordinate_transformation_mode", "half_pixel", "pytorch_half_pixel", "align_corners",
        "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize", "half_pixel_symmetric");
    String rounding = call.choice("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    if (call.opset() >= 18) {
      call.choice("keep_aspect_ratio_policy", "stretch");
      if (call.flag("antialias", false)) {
        throw call.refusal("attribute antialias is 1, expected 0");
      }
    }
    return new Sampling(mode, places, rounding, call.number("cubic_coeff_a", -0.75),
        call.flag("exclude_outside", false), call.number("extrapolation_value", 0));
  }

  private static double[] numbers(float[] floats) {
    return floats == null ? new double[0] : IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  /// The lengths that axes get.
  ///
  /// @param scales of these axes, or null
  /// @param sizes of these axes, if there are no scales
  /// @param region the part that is sampled, starts of these axes and then ends, or null for all
  private record Target(Call call, int[] axes, double[] scales, Integers sizes, double[] region) {

    void requireEach() {
      int given = scales == null ? sizes.values().length : scales.length;
      if (given != axes.length || region != null && region.length != 2 * axes.length) {
        throw call.refusal("it has " + given + " scales or sizes"
            + (region == null ? "" : " and " + region.length + " bounds") + " for " + axes.length
            + " axes, expected one for each" + (region == null ? "" : ", and two bounds"));
      }
    }

    /// Whether an axis keeps the length of the batch.
    boolean isBatch(Traced x, int i) {
      if (sizes == null || !sizes.isOfBatch(i)) {
        return false;
      }
      if (axes[i] != x.batch() || !sizes.growsWithBatch(i) || sizes.values()[i] != x.dim(axes[i])) {
        throw call.refusal("the size of axis " + axes[i] + " of " + x
            + " depends on the length of the batch, expected one that does not");
      }
      return true;
    }

    /// A length times a scale is rounded to a float before it is cut off, as scales are floats.
    Traced sampled(Traced x, int i, Sampling sampling) {
      int length = x.dim(axes[i]);
      double exact = scales == null ? sizes.values()[i] : (float) (length * scales[i]);
      double size = Math.floor(exact);
      if (!(size >= 1 && size <= Integer.MAX_VALUE)) {
        throw call.refusal("axis " + axes[i] + " of " + x + " would be " + size + " long, expected at least 1");
      }
      if (size != exact && sampling.places().equals("align_corners")) {
        throw call.refusal("axis " + axes[i] + " of " + x + " would be " + exact + " long under align_corners, expected"
            + " a whole length: runtimes differ in what they make of others");
      }
      double scale = scales == null ? size / length : scales[i];
      double start = region == null ? 0 : region[i];
      double end = region == null ? 1 : region[axes.length + i];
      return sampling.isIdentity(scale, start, end) ? x
          : sampling.along(call, x, axes[i], (int) size, scale, start, end);
    }

    Value of(Sampling sampling) {
      requireEach();
      Traced x = call.traced(0);
      for (int i = 0; i < axes.length; i++) {
        x = isBatch(x, i) ? x : sampled(x, i, sampling);
      }
      return x;
    }
  }
}
