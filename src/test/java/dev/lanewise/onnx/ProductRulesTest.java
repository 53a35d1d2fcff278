package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.testkit.GradCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Gemm and MatMul against sums written out.
class ProductRulesTest {

  static Network read(OnnxModels model, OnnxOptions options) {
    try {
      return new Translation(model.model(), options.precision(Precision.DOUBLE)).network();
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  static Network read(OnnxModels model) {
    return read(model, OnnxOptions.defaults());
  }

  /// Whole numbers, so that float weights are exact.
  static double[] numbers(int count, int seed) {
    Random random = new Random(seed);
    return random.ints(count, -4, 5).asDoubleStream().toArray();
  }

  static double[] values(Network net, double... x) {
    int samples = x.length / net.inputShape().size();
    return net.forward(Tensor.of(x, net.inputShape().prepend(samples).toArray())).toDoubles();
  }

  /// The laws of derivatives at a point away from kinks.
  static void checkDerivatives(Network net, int seed) {
    double[] x = new Random(seed).doubles(2L * net.inputShape().size(), -2, 2).toArray();
    Parameters theta = net.parameters().isNone()
        ? Parameters.zeros(net.layer().parameters(), Precision.DOUBLE) : net.parameters();
    GradCheck.of(net.layer(), theta, Tensor.of(x, net.inputShape().prepend(2).toArray())).check();
  }

  private static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int at = 0; at < m * n * k; at++) {
      int i = at / k / n;
      int j = at / k % n;
      int l = at % k;
      c[i * n + j] += a[i * k + l] * b[l * n + j];
    }
    return c;
  }

  @Test
  void gemmOfWeightsIsAnAffineMapUnderTheFilesNames() {
    double[] w = numbers(6, 1);
    Network net = read(OnnxModels.opset(13).input("x", "batch", 3).weights("0.weight", new int[] {2, 3}, w)
        .weights("0.bias", new int[] {2}, 5, -7).node("Gemm", "x, 0.weight, 0.bias -> y", "transB", 1).output("y"));
    assertEquals(List.of("0.weight", "0.bias"),
        net.layer().parameters().entries().stream().map(entry -> entry.name()).toList());
    assertArrayEquals(new double[] {
        w[0] + 2 * w[1] + 3 * w[2] + 5, w[3] + 2 * w[4] + 3 * w[5] - 7}, values(net, 1, 2, 3));
    checkDerivatives(net, 2);
  }

  @Test
  void gemmScalesBothAndBroadcastsC() {
    double[] w = numbers(6, 1);
    Network net = read(OnnxModels.opset(13).input("x", 3, "batch").weights("w", new int[] {3, 2}, w)
        .weights("c", new int[] {1, 1}, 10).node("Gemm", "x, w, c -> y", "transA", 1, "alpha", 0.5, "beta", 3.0)
        .output("y"), OnnxOptions.defaults().wholeSamples().length("batch", 1));
    double[] product = product(new double[] {1, 2, 3}, w, 1, 3, 2);
    assertArrayEquals(Arrays.stream(product).map(y -> y / 2 + 30).toArray(), values(net, 1, 2, 3));
  }

  @TestFactory
  Stream<DynamicTest> matmulOfAConstantAndWhatIsComputed() {
    record Case(String name, Object[] x, int[] w, boolean left, int samples, int m, int k, int n) {}
    return Stream.of(
        new Case("rows", new Object[] {"batch", 3}, new int[] {3, 4}, false, 1, 1, 3, 4),
        new Case("matrices", new Object[] {"batch", 2, 3}, new int[] {3, 4}, false, 1, 2, 3, 4),
        new Case("a vector on the right", new Object[] {"batch", 2, 3}, new int[] {3}, false, 1, 2, 3, 1),
        new Case("a matrix on the left", new Object[] {"batch", 3, 4}, new int[] {2, 3}, true, 1, 2, 3, 4),
        new Case("a vector on the left", new Object[] {"batch", 3, 4}, new int[] {3}, true, 1, 1, 3, 4))
        .map(each -> DynamicTest.dynamicTest(each.name, () -> {
          double[] w = numbers(Arrays.stream(each.w).reduce(1, (a, b) -> a * b), 3);
          Network net = read(OnnxModels.opset(13).input("x", each.x).weights("w", each.w, w)
              .node("MatMul", each.left ? "w, x -> y" : "x, w -> y").output("y"));
          double[] x = numbers(net.inputShape().size(), 4);
          assertArrayEquals(each.left ? product(w, x, each.m, each.k, each.n) : product(x, w, each.m, each.k, each.n),
              values(net, x));
          checkDerivatives(net, 5);
        }));
  }

  @Test
  void matmulOfTwoComputedValuesBroadcastsAxesBefore() {
    Network net = read(OnnxModels.opset(13).input("a", "batch", 2, 1, 2, 3).input("b", "batch", 1, 2, 3, 2)
        .node("MatMul", "a, b -> y").output("y"));
    assertEquals("[2, 2, 2, 2]", net.outputShape().toString());
    double[] a = numbers(12, 6);
    double[] b = numbers(12, 7);
    double[] both = Arrays.copyOf(a, 24);
    System.arraycopy(b, 0, both, 12, 12);
    double[] y = values(net, both);
    for (int i = 0; i < 4; i++) {
      int left = i / 2 * 6;
      int right = i % 2 * 6;
      assertArrayEquals(product(Arrays.copyOfRange(a, left, left + 6),
          Arrays.copyOfRange(b, right, right + 6), 2, 3, 2),
          Arrays.copyOfRange(y, i * 4, i * 4 + 4));
    }
    checkDerivatives(net, 8);
  }

  @Test
  void whatWouldMixSamplesIsRefused() {
    OnnxModels gram = OnnxModels.opset(13).input("a", "batch", 3).input("b", "batch", 2)
        .node("MatMul", "a, b -> y").output("y");
    Refusal refusal = assertThrows(Refusal.class, () -> read(gram));
    assertTrue(refusal.getMessage().contains("samples would mix"), refusal.getMessage());
    OnnxModels misfit = OnnxModels.opset(13).input("x", "batch", 3).weights("w", new int[] {2, 4}, numbers(8, 1))
        .node("MatMul", "x, w -> y").output("y");
    assertTrue(assertThrows(Refusal.class, () -> read(misfit)).getMessage().contains("expected 2 along the last axis"));
  }

  @Test
  void onlyPatternsBecomeTheAffineMapOfTheirOwnDomain() {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).weights("w", new int[] {2, 2}, 1, 2, 3, 4)
        .weights("b", new int[] {2}, 1, 1).node("dev.lanewise.Linear", "x, w, b -> y").output("y");
    assertTrue(assertThrows(Refusal.class, () -> read(model)).getMessage().contains("dev.lanewise.Linear"));
  }
}
