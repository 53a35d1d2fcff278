package dev.lanewise.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The products that are compared with other libraries, as `FORM mxnxk`: squares, layers of perceptrons in the three
/// forms of their passes, and chunks of directions through a layer.
final class PeerShapes {

  private static final int[] SQUARES = {7, 8, 16, 17, 32, 33, 64, 65, 100, 128, 129, 250, 256, 500, 512, 1000, 1024,
      2048};
  private static final int[] BATCHES = {1, 8, 32, 256};

  /// Inputs and outputs of the layers.
  private static final int[][] LAYERS = {{4, 8}, {10, 100}, {64, 32}, {100, 100}, {784, 300}, {1024, 1024}};
  private static final int[] DIRECTIONS = {1, 4, 16, 64, 256};
  private static final int[] WIDTHS = {64, 256};

  /// A small sample of the typical products of each form: squares, few rows through small weights, a small and a large
  /// batch through large weights, and gradients of weights with large and small k.
  private static final List<String> FORTY = List.of(
      square(8), square(16), square(32), square(64), square(100), square(128), square(256), square(512), square(1024),
      shape("X_WT", 1, 64, 64), shape("X_WT", 4, 64, 64), shape("X_WT", 8, 64, 64), shape("X_WT", 16, 64, 64),
      shape("X_WT", 1, 256, 256), shape("X_WT", 4, 256, 256), shape("X_WT", 16, 256, 256), shape("X_WT", 64, 256, 256),
      shape("X_WT", 1, 300, 784), shape("X_WT", 32, 300, 784), shape("X_WT", 256, 300, 784),
      shape("X_WT", 1, 1024, 1024), shape("X_WT", 32, 1024, 1024),
      shape("Y_W", 1, 64, 64), shape("Y_W", 4, 64, 64), shape("Y_W", 8, 64, 64), shape("Y_W", 16, 64, 64),
      shape("Y_W", 1, 256, 256), shape("Y_W", 4, 256, 256), shape("Y_W", 16, 256, 256), shape("Y_W", 64, 256, 256),
      shape("Y_W", 32, 784, 300), shape("Y_W", 256, 784, 300),
      shape("Y_W", 1, 1024, 1024), shape("Y_W", 32, 1024, 1024), shape("Y_W", 256, 1024, 1024),
      shape("UT_X", 100, 100, 32), shape("UT_X", 300, 784, 32), shape("UT_X", 300, 784, 256),
      shape("UT_X", 1024, 1024, 8), shape("UT_X", 1024, 1024, 256));

  /// The size from which a square also runs on two threads.
  private static final int LARGE_SQUARE = 128;
  private static final int LARGE_BATCH = 32;

  private PeerShapes() {}

  static List<String> all() {
    return Stream.of(squares(0), layers(0), chunks(), FORTY).flatMap(List::stream).distinct().toList();
  }

  static List<String> forty() {
    return FORTY;
  }

  static List<String> large() {
    return Stream.of(squares(LARGE_SQUARE), layers(LARGE_BATCH)).flatMap(List::stream).distinct().toList();
  }

  static List<String> few() {
    return List.of(square(64), square(512), "X_WT 32x100x784");
  }

  private static List<String> squares(int least) {
    List<String> shapes = new ArrayList<>();
    for (int n : SQUARES) {
      if (n >= least) {
        shapes.add(square(n));
      }
    }
    return shapes;
  }

  private static String square(int n) {
    return shape("Y_W", n, n, n);
  }

  private static List<String> layers(int leastBatch) {
    List<String> shapes = new ArrayList<>();
    for (int batch : BATCHES) {
      if (batch >= leastBatch) {
        for (int[] layer : LAYERS) {
          shapes.add(shape("X_WT", batch, layer[1], layer[0]));
          shapes.add(shape("Y_W", batch, layer[0], layer[1]));
          shapes.add(shape("UT_X", layer[1], layer[0], batch));
        }
      }
    }
    return shapes;
  }

  private static List<String> chunks() {
    List<String> shapes = new ArrayList<>();
    for (int width : WIDTHS) {
      for (int directions : DIRECTIONS) {
        shapes.add(shape("X_WT", directions, width, width));
        shapes.add(shape("Y_W", directions, width, width));
      }
    }
    return shapes;
  }

  private static String shape(String form, int m, int n, int k) {
    return form + " " + m + "x" + n + "x" + k;
  }
}
