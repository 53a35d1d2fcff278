package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows of other lengths, against what PyTorch and ONNX's own tests make of them.
class ResizesTest {

  private static final double[] ROW = {1, 2, 4, 8};

  private static OnnxModels model(double scale, Object... attributes) {
    return OnnxModels.opset(13).input("x", "batch", 4).weights("scales", new int[] {2}, 1, scale)
        .node("Resize", "x, , scales -> y", attributes).output("y");
  }

  private static void assertResized(OnnxModels model, double... expected) throws IOException {
    Network net = upTo(model, "y");
    double[] two = Arrays.copyOf(ROW, 8);
    System.arraycopy(of(-1, 0, 3, 5), 0, two, 4, 4);
    Tensor x = Tensor.of(two, 2, 4);
    double[] y = net.forward(x).toDoubles();
    assertArrayEquals(expected, Arrays.copyOf(y, expected.length), 1e-12);
    GradCheck.of(net.layer(), net.parameters(), x).check();
  }

  /// The lines of `linear` are `torch.nn.functional.interpolate` of 1, 2, 4, 8, those of `cubic` too.
  @ParameterizedTest
  @CsvSource({"linear, half_pixel, 2, 1 1.25 1.75 2.5 3.5 5 7 8",
      "linear, align_corners, 1.75, 1 1.5 2 3 4 6 8",
      "linear, asymmetric, 2, 1 1.5 2 3 4 6 8 8", "linear, pytorch_half_pixel, 0.25, 1",
      "linear, half_pixel, 0.5, 1.5 6", "linear, half_pixel, 0.25, 3",
      "cubic, half_pixel, 0.5, 1.3125 6.1875",
      "nearest, asymmetric, 2, 1 1 2 2 4 4 8 8", "nearest, half_pixel, 0.5, 1 4",
      "nearest, tf_half_pixel_for_nn, 0.5, 2 8", "linear, half_pixel_symmetric, 0.5, 1.5 6"})
  void isSampledAtPlacesByMode(String mode, String places, double scale, String expected) throws IOException {
    double[] numbers = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertResized(model(scale, "mode", mode, "coordinate_transformation_mode", places), numbers);
  }

  @ParameterizedTest
  @CsvSource({"round_prefer_floor, 1 2 2 4 8", "round_prefer_ceil, 1 2 4 4 8", "floor, 1 1 2 4 8", "ceil, 1 2 4 8 8"})
  void theNearestIsRounded(String mode, String expected) throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 4).weights("none", new int[] {0})
        .node("Shape", "x -> shape").integers("first", 0).integers("five", 5).node("Gather", "shape, first -> b")
        .node("Concat", "b, five -> to", "axis", 0).node("Resize", "x, , , to -> y", "nearest_mode", mode,
            "coordinate_transformation_mode", "align_corners").output("y");
    double[] numbers = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertResized(model, numbers);
  }

  @Test
  void aCubicLooksOutsideUnlessItIsExcluded() throws IOException {
    assertResized(model(2, "mode", "cubic"), 0.89453125, 1.15625, 1.5625, 2.41796875, 3.16015625, 5.1171875, 7.1640625,
        8.421875);
    assertResized(model(0.75, "mode", "cubic", "exclude_outside", 1, "cubic_coeff_a", -0.5), cubic(1.0 / 6),
        cubic(1.5), cubic(17.0 / 6));
  }

  /// Keys' kernel of −½ over those of the four neighbours that there are.
  private static double cubic(double place) {
    double sum = 0;
    double weights = 0;
    for (int at = 0; at < 4; at++) {
      double t = Math.abs(place - at);
      double near = 1.5 * t * t * t - 2.5 * t * t + 1;
      double far = -0.5 * (t * t * t - 5 * t * t + 8 * t - 4);
      double weight = t < 1 ? near : t < 2 ? far : 0;
      sum += weight * ROW[at];
      weights += weight;
    }
    return sum / weights;
  }

  @Test
  void aRegionIsSampledAndSeesANumberOutside() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 4).weights("roi", new int[] {4}, 0, 0.5, 1, 1.5)
        .weights("none", new int[] {0}).integers("sizes", 1, 3)
        .node("Resize", "x, roi, none, sizes -> y", "mode", "linear", "coordinate_transformation_mode",
            "tf_crop_and_resize", "extrapolation_value", -1.0).output("y");
    assertResized(model, 3, 8, -1);
  }

  @Test
  void olderVersionsSampleFromTheFirst() throws IOException {
    assertResized(OnnxModels.opset(10).input("x", "batch", 4).weights("scales", new int[] {2}, 1, 2)
        .node("Resize", "x, scales -> y", "mode", "linear").output("y"), 1, 1.5, 2, 3, 4, 6, 8, 8);
    assertResized(OnnxModels.opset(9).input("x", "batch", 4).weights("scales", new int[] {2}, 1, 2)
        .node("Upsample", "x, scales -> y").output("y"), 1, 1, 2, 2, 4, 4, 8, 8);
    assertResized(OnnxModels.opset(7).input("x", "batch", 4)
        .node("Upsample", "x -> y", "mode", "linear", "scales", new float[] {1, 2})
        .output("y"), 1, 1.5, 2, 3, 4, 6, 8, 8);
  }

  @Test
  void imagesAreSampledAlongBothAxes() throws IOException {
    OnnxModels model = OnnxModels.opset(18).input("x", "batch", 1, 2, 2).weights("scales", new int[] {2}, 2, 1.5)
        .node("Resize", "x, , scales -> y", "axes", new int[] {-1, 2}, "mode", "linear").output("y");
    Network net = upTo(model, "y");
    assertEquals(Shape.of(1, 3, 4), net.outputShape());
    assertArrayEquals(of(1, 1.25, 1.75, 2, 2, 2.25, 2.75, 3, 3, 3.25, 3.75, 4),
        net.forward(Tensor.of(of(1, 2, 3, 4), 1, 1, 2, 2)).toDoubles(), 1e-12);
  }

  @Test
  void whatIsNotSupportedIsRefused() {
    OnnxModels model = model(0.6, "mode", "linear", "coordinate_transformation_mode", "align_corners");
    assertRefused("would be 2.4000000953674316 long under align_corners, expected a whole length", model, "y");
    assertRefused("would be 0.0 long, expected at least 1", model(0.1), "y");
    assertRefused("it has 1 scales or sizes for 2 axes", OnnxModels.opset(13).input("x", "batch", 4)
        .weights("scales", new int[] {1}, 2).node("Resize", "x, , scales -> y").output("y"), "y");
    assertRefused("axis 0 of [B, 4] is the batch's", OnnxModels.opset(13).input("x", "batch", 4)
        .weights("scales", new int[] {2}, 2, 1).node("Resize", "x, , scales -> y").output("y"), "y");
    assertRefused("attribute antialias is 1, expected 0", OnnxModels.opset(18).input("x", "batch", 4)
        .weights("scales", new int[] {2}, 1, 2).node("Resize", "x, , scales -> y", "antialias", 1).output("y"), "y");
    assertRefused("the size of axis 1 of [B, 4] depends on the length of the batch", OnnxModels.opset(13)
        .input("x", "batch", 4).node("Shape", "x -> shape").integers("places", 0, 0)
        .node("Gather", "shape, places -> to")
        .node("Resize", "x, , , to -> y").output("y"), "y");
  }
}
