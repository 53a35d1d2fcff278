package dev.lanewise.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The products that are compared with other libraries', as `FORM mxnxk`: squares, layers of perceptrons in the three forms
/// of their passes, and chunks of directions through a layer.
final class PeerShapes {

  private static final int[] SQUARES = {7, 8, 16, 17, 32, 33, 64, 65, 100, 128, 129, 250, 256, 500, 512, 1000, 1024, 2048};
  private static final int[] BATCHES = {1, 8, 32, 256};

  /// Inputs and outputs.
  private static final int[][] LAYERS = {{4, 8}, {10, 100}, {64, 32}, {100, 100}, {784, 300}, {1024, 1024}};
  private static final int[] DIRECTIONS = {1, 4, 16, 64, 256};
  private static final int[] WIDTHS = {64, 256};

  /// Where a second thread is tried.
  private static final int LARGE_SQUARE = 128;
  private static final int LARGE_BATCH = 32;

  private PeerShapes() {}

  static List<String> all() {
    return Stream.of(squares(0), layers(0), chunks()).flatMap(List::stream).distinct().toList();
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
