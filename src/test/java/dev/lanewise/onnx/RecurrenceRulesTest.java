package dev.lanewise.onnx;

import static dev.lanewise.onnx.ProductRulesTest.checkDerivatives;
import static dev.lanewise.onnx.ProductRulesTest.read;
import static dev.lanewise.onnx.ProductRulesTest.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.trace.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Recurrences onto layers against the same step by step, which is asked for by a bound that nothing reaches; what
/// layers cannot is checked against a step written out.
class RecurrenceRulesTest {

  private static final int TIME = 4;
  private static final int IN = 3;
  private static final int HIDDEN = 2;

  private static double[] weights(int count, int seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }

  private static Network network(String operator, int gates, String direction, String outputs, boolean batchFirst,
      String inputs, Object... more) {
    int directions = direction.equals("bidirectional") ? 2 : 1;
    Object[] attributes = new Object[6 + more.length];
    System.arraycopy(new Object[] {"direction", direction, "hidden_size", HIDDEN, "layout", batchFirst ? 1 : 0}, 0,
        attributes, 0, 6);
    System.arraycopy(more, 0, attributes, 6, more.length);
    int rows = gates * HIDDEN;
    return read((batchFirst ? OnnxModels.opset(14).input("x", "batch", TIME, IN)
        : OnnxModels.opset(14).input("x", TIME, "batch", IN))
        .weights("w", new int[] {directions, rows, IN}, weights(directions * rows * IN, 1))
        .weights("r", new int[] {directions, rows, HIDDEN}, weights(directions * rows * HIDDEN, 2))
        .weights("b", new int[] {directions, 2 * rows}, weights(2 * directions * rows, 3))
        .weights("h", batchFirst ? new int[] {1, directions, HIDDEN} : new int[] {directions, 1, HIDDEN},
            weights(directions * HIDDEN, 4))
        .integers("lengths", TIME - 1).integers("dims", TIME, 1, IN)
        .node(operator, inputs + " -> " + outputs, attributes).output("y"),
        batchFirst ? OnnxOptions.defaults() : OnnxOptions.defaults().wholeSamples().length("batch", 1));
  }

  /// A kind of cell, and what is told of it.
  private record Kind(String operator, int gates, Object... more) {}

  @TestFactory
  Stream<DynamicTest> layersComputeWhatTheStepsDo() {
    return Stream.of(new Kind("RNN", 1), new Kind("RNN", 1, "activations", List.of("Relu")), new Kind("LSTM", 4),
        new Kind("GRU", 3, "linear_before_reset", 1)).flatMap(kind -> Stream.of(
            compared(kind, "forward", "y", true, "x, w, r"),
            compared(kind, "reverse", "y", false, "x, w, r, b, lengths, h"),
            compared(kind, "reverse", ", y", true, "x, w, r, b, lengths, h"),
            compared(kind, "bidirectional", "y", true, "x, w, r, b, lengths, h"),
            compared(kind, "bidirectional", ", y", false, "x, w, r, b")));
  }

  private static DynamicTest compared(Kind kind, String direction, String outputs, boolean batchFirst, String inputs) {
    String name = kind.operator + " " + List.of(kind.more) + " " + direction + " " + inputs + " -> " + outputs;
    return DynamicTest.dynamicTest(name, () -> {
      Object[] more = kind.more.clone();
      if (direction.equals("bidirectional") && kind.more.length > 0 && more[1] instanceof List<?> one) {
        more[1] = List.of(one.getFirst(), one.getFirst());
      }
      Object[] stepwise = Arrays.copyOf(more, more.length + 2);
      stepwise[more.length] = "clip";
      stepwise[more.length + 1] = 1e6;
      Network layer = network(kind.operator, kind.gates, direction, outputs, batchFirst, inputs, more);
      Network steps = network(kind.operator, kind.gates, direction, outputs, batchFirst, inputs, stepwise);
      double[] x = weights(2 * TIME * IN, 5);
      assertArrayEquals(values(steps, x), values(layer, x), 1e-12);
    });
  }

  @Test
  void derivativesPassThroughBoth() {
    checkDerivatives(network("LSTM", 4, "bidirectional", "y", true, "x, w, r, b, , h"), 6);
    checkDerivatives(network("GRU", 3, "reverse", ", y", true, "x, w, r, b, lengths, h"), 7);
  }

  @Test
  void theLastMemoryIsWrittenOut() {
    Network last = network("LSTM", 4, "forward", ", , y", true, "x, w, r, b");
    double[] x = weights(TIME * IN, 8);
    assertArrayEquals(memory(x), values(last, x), 1e-6);
  }

  /// c after the last step, in the file's order of gates: i, o, f, c.
  private static double[] memory(double[] x) {
    double[] w = weights(4 * HIDDEN * IN, 1);
    double[] r = weights(4 * HIDDEN * HIDDEN, 2);
    double[] b = weights(8 * HIDDEN, 3);
    double[] h = new double[HIDDEN];
    double[] c = new double[HIDDEN];
    for (int step = 0; step < TIME; step++) {
      double[] sums = new double[4 * HIDDEN];
      for (int row = 0; row < sums.length; row++) {
        sums[row] = b[row] + b[4 * HIDDEN + row];
        for (int i = 0; i < IN; i++) {
          sums[row] += w[row * IN + i] * x[step * IN + i];
        }
        for (int i = 0; i < HIDDEN; i++) {
          sums[row] += r[row * HIDDEN + i] * h[i];
        }
      }
      for (int unit = 0; unit < HIDDEN; unit++) {
        c[unit] = sigmoid(sums[2 * HIDDEN + unit]) * c[unit] + sigmoid(sums[unit]) * Math.tanh(sums[3 * HIDDEN + unit]);
        h[unit] = sigmoid(sums[HIDDEN + unit]) * Math.tanh(c[unit]);
      }
    }
    return c;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused("sequence_lens", "x, w, r, b, dims");
    assertRefused("activation is Sinh", "x, w, r, b", "activations", List.of("Sinh", "Tanh", "Tanh"));
    assertRefused("clip", "x, w, r, b", "clip", -1.0);
    assertRefused("expected [1, 8, 3]", "x, r, r, b");
  }

  private static void assertRefused(String reason, String inputs, Object... more) {
    Refusal refusal = assertThrows(Refusal.class, () -> network("LSTM", 4, "forward", "y", false, inputs, more));
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }
}
