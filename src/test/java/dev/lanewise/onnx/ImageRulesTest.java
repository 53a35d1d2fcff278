package dev.lanewise.onnx;

import static dev.lanewise.onnx.ProductRulesTest.checkDerivatives;
import static dev.lanewise.onnx.ProductRulesTest.numbers;
import static dev.lanewise.onnx.ProductRulesTest.read;
import static dev.lanewise.onnx.ProductRulesTest.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.trace.Refusal;
import org.junit.jupiter.api.Test;

/// Convolutions, pools and normalizations of sequences, with numbers written by hand, and of images against those of
/// sequences.
class ImageRulesTest {

  private static Network line(int channels, int time, String node, Object... attributes) {
    return line(13, channels, time, node, attributes);
  }

  private static Network line(int opset, int channels, int time, String operator, Object... attributes) {
    return read(OnnxModels.opset(opset).input("x", "batch", channels, time)
        .weights("w", new int[] {1, 1, 3}, 1, 10, 100).weights("b", new int[] {1}, 0.5)
        .weights("two", new int[] {2}, 2, 3).weights("shift", new int[] {2}, 5, 7).weights("one", new int[] {2}, 1, 4)
        .node(operator, switch (operator) {
          case "Conv", "ConvTranspose" -> "x, w, b -> y";
          case "BatchNormalization" -> "x, two, shift, one, one -> y";
          case "InstanceNormalization", "GroupNormalization" -> "x, two, shift -> y";
          default -> "x -> y";
        }, attributes).output("y"));
  }

  private static void assertValues(Network net, double[] expected, double... x) {
    assertArrayEquals(expected, values(net, x), 1e-12);
    checkDerivatives(net, 9);
  }

  @Test
  void convolutionsPadWhereTheFileSays() {
    assertValues(line(1, 4, "Conv"), new double[] {321.5, 432.5}, 1, 2, 3, 4);
    assertValues(line(1, 4, "Conv", "pads", new int[] {2, 1}),
        new double[] {100.5, 210.5, 321.5, 432.5, 43.5}, 1, 2, 3, 4);
    assertValues(line(1, 4, "Conv", "auto_pad", "SAME_UPPER", "strides", new int[] {2}),
        new double[] {321.5, 43.5}, 1, 2, 3, 4);
    assertValues(line(1, 4, "Conv", "auto_pad", "SAME_LOWER", "strides", new int[] {2}),
        new double[] {210.5, 432.5}, 1, 2, 3, 4);
    assertValues(line(1, 5, "Conv", "dilations", new int[] {2}), new double[] {531.5}, 1, 2, 3, 4, 5);
  }

  @Test
  void spreadingIsWhatGatheringTurnedRoundIs() {
    assertValues(line(1, 2, "ConvTranspose"), new double[] {1.5, 12.5, 120.5, 200.5}, 1, 2);
    assertValues(line(1, 2, "ConvTranspose", "strides", new int[] {2}, "output_padding", new int[] {1}),
        new double[] {1.5, 10.5, 102.5, 20.5, 200.5, 0.5}, 1, 2);
    assertValues(line(1, 2, "ConvTranspose", "strides", new int[] {2}, "pads", new int[] {1, 2}),
        new double[] {10.5, 102.5}, 1, 2);
    assertValues(line(1, 2, "ConvTranspose", "strides", new int[] {2}, "auto_pad", "SAME_UPPER"),
        new double[] {1.5, 10.5, 102.5, 20.5}, 1, 2);
    assertValues(line(1, 2, "ConvTranspose", "strides", new int[] {2}, "output_shape", new int[] {4}),
        new double[] {10.5, 102.5, 20.5, 200.5}, 1, 2);
  }

  @Test
  void poolsHangOverTheEndWhereTheFileSays() {
    int[] three = {3};
    int[] two = {2};
    assertValues(line(1, 5, "MaxPool", "kernel_shape", two, "strides", two), new double[] {-1, -3}, -1, -2, -3, -4, -5);
    assertValues(line(1, 5, "MaxPool", "kernel_shape", two, "strides", two, "ceil_mode", 1),
        new double[] {-1, -3, -5}, -1, -2, -3, -4, -5);
    assertValues(line(1, 3, "MaxPool", "kernel_shape", three, "pads", new int[] {2, 0}),
        new double[] {-1, -1, -1}, -1, -2, -3);
    assertValues(line(1, 5, "AveragePool", "kernel_shape", two, "strides", two, "ceil_mode", 1),
        new double[] {1.5, 3.5, 5}, 1, 2, 3, 4, 5);
    assertValues(line(1, 3, "AveragePool", "kernel_shape", three, "pads", new int[] {2, 0}),
        new double[] {3, 4.5, 5}, 3, 6, 6);
    assertValues(line(1, 3, "AveragePool", "kernel_shape", three, "pads", new int[] {2, 0}, "count_include_pad", 1),
        new double[] {1, 3, 5}, 3, 6, 6);
    assertValues(line(19, 1, 4, "AveragePool", "kernel_shape", two, "dilations", two), new double[] {2, 3}, 1, 2, 3, 4);
    assertValues(line(2, 2, "GlobalAveragePool"), new double[] {1.5, 3.5}, 1, 2, 3, 4);
    assertValues(line(2, 2, "GlobalMaxPool"), new double[] {2, 4}, 1, 2, 4, 3);
  }

  @Test
  void windowsOfNothingButPaddingAndPlacesThatAreReadAreRefused() {
    assertRefused("lies in padding alone", "MaxPool", "kernel_shape", new int[] {2}, "pads", new int[] {2, 0});
    assertRefused("kernel_shape is [2], expected the weight's [3]", "Conv", "kernel_shape", new int[] {2});
    assertRefused("strides is [0], expected each at least 1", "Conv", "strides", new int[] {0});
    assertRefused("beside auto_pad", "Conv", "auto_pad", "SAME_UPPER", "pads", new int[] {1, 1});
    OnnxModels places = OnnxModels.opset(13).input("x", "batch", 1, 4)
        .node("MaxPool", "x -> , y", "kernel_shape", new int[] {2}).output("y");
    assertTrue(assertThrows(Refusal.class, () -> read(places)).getMessage().contains("output 1 is read"));
  }

  private static void assertRefused(String reason, String operator, Object... attributes) {
    Refusal refusal = assertThrows(Refusal.class, () -> line(1, 4, operator, attributes));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  /// Each sample of a file without a batch, and of one with.
  @Test
  void samplesWithoutABatchAreTakenOneByOne() {
    for (String operator : new String[] {"Conv", "MaxPool", "BatchNormalization"}) {
      int channels = operator.startsWith("Batch") ? 2 : 1;
      double[] x = numbers(3 * channels * 16, 11);
      assertArrayEquals(values(image("batch", channels, operator), x), values(image(3, channels, operator), x), 1e-12);
    }
  }

  private static Network image(Object batch, int channels, String operator) {
    OnnxModels model = OnnxModels.opset(13).input("x", batch, channels, 4, 4)
        .weights("w", new int[] {2, 1, 2, 3}, numbers(12, 12)).weights("b", new int[] {2}, 1, 2)
        .weights("v", new int[] {2}, 1, 4);
    OnnxModels whole = switch (operator) {
      case "Conv" -> model.node("Conv", "x, w, b -> y", "pads", new int[] {1, 0, 0, 2}, "strides", new int[] {1, 2});
      case "MaxPool" -> model.node("MaxPool", "x -> y", "kernel_shape", new int[] {2, 3},
          "pads", new int[] {1, 0, 0, 2});
      default -> model.node("BatchNormalization", "x, b, b, b, v -> y");
    };
    return read(whole.output("y"),
        batch.equals("batch") ? OnnxOptions.defaults() : OnnxOptions.defaults().wholeSamples());
  }

  @Test
  void normalizationsBringWhatTheySayToMeanZero() {
    double r = 1 / Math.sqrt(1 + 1e-5);
    assertValues(line(2, 2, "InstanceNormalization"),
        new double[] {5 - 2 * r, 5 + 2 * r, 7 - 3 * r, 7 + 3 * r}, 1, 3, 4, 6);
    assertValues(line(18, 4, 1, "GroupNormalization", "num_groups", 2),
        new double[] {5 - 2 * r, 5 + 2 * r, 7 - 3 * r, 7 + 3 * r}, 1, 3, 4, 6);
    assertValues(line(2, 1, "BatchNormalization", "epsilon", 0.0), new double[] {5 + 2 * 2, 7 + 3 * 2 / 2.}, 3, 6);
    assertValues(line(1, 2, "LpNormalization"), new double[] {0.6, 0.8}, 3, 4);
    assertArrayEquals(new double[] {0, 0}, values(line(1, 2, "LpNormalization", "p", 1), 0, 0));
    assertValues(line(2, 1, "LRN", "size", 3, "alpha", 3.0, "beta", 1.0), new double[] {1 / 6., 2 / 6.}, 1, 2);
    Network layer = read(OnnxModels.opset(17).input("x", "batch", 2, 2).weights("g", new int[] {2}, 2, 3)
        .weights("c", new int[] {1, 2}, 5, 7).node("LayerNormalization", "x, g, c -> y").output("y"));
    assertValues(layer, new double[] {5 - 2 * r, 7 + 3 * r, 5 + 2 * r, 7 - 3 * r}, 1, 3, 6, 4);
    assertEquals("[2, 2]", layer.outputShape().toString());
  }
}
