package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations on parts of arrays: vectors against plain Java, at every kind of size and offset, in place, and nothing
/// written beside the part.
@EnabledIf("incubatorModuleIsPresent")
class ElementwiseTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 61, 63, 64, 65, 67, 127, 131};
  private static final int MARGIN = 19;

  static boolean incubatorModuleIsPresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void activations(Nonlinearity kind) {
    for (int n : SIZES) {
      double[] z = logits(n);
      double[][] expected = {z.clone(), z.clone(), z.clone(), z.clone(), z.clone()};
      double[][] actual = {z.clone(), z.clone(), z.clone(), z.clone(), z.clone()};
      DoublePortableElementwise.activate(kind, n, z, 3, expected[0], 5);
      DoubleVectorElementwise.activate(kind, n, z, 3, actual[0], 5);
      DoublePortableElementwise.activateKeepingSlope(kind, n, expected[1], 2, expected[1], 2, expected[2], 7);
      DoubleVectorElementwise.activateKeepingSlope(kind, n, actual[1], 2, actual[1], 2, actual[2], 7);
      DoublePortableElementwise.scaleBySlope(kind, n, z, 4, expected[3], 6, expected[3], 6);
      DoubleVectorElementwise.scaleBySlope(kind, n, z, 4, actual[3], 6, actual[3], 6);
      DoublePortableElementwise.scaleBySlope(kind, n, z, 4, z, 6, expected[4], 1);
      DoubleVectorElementwise.scaleBySlope(kind, n, z, 4, z, 6, actual[4], 1);
      same(expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void biasesBeforeActivations(Nonlinearity kind) {
    for (int n : SIZES) {
      double[] z = logits(n);
      double[][] expected = {z.clone(), z.clone(), z.clone(), z.clone()};
      double[][] actual = {z.clone(), z.clone(), z.clone(), z.clone()};
      DoublePortableElementwise.addBias(n, z, 8, expected[0], 5);
      DoublePortableElementwise.activate(kind, n, expected[0], 5, expected[0], 5);
      DoubleVectorElementwise.biasActivate(kind, n, actual[0], 5, z, 8, actual[0], 5);
      DoublePortableElementwise.biasActivate(kind, n, z, 5, z, 8, expected[1], 5);
      DoubleVectorElementwise.biasActivate(kind, n, z, 5, z, 8, actual[1], 5);
      DoublePortableElementwise.biasActivateKeepingSlope(kind, n, z, 1, z, 9, expected[2], 2, expected[3], 3);
      DoubleVectorElementwise.biasActivateKeepingSlope(kind, n, z, 1, z, 9, actual[2], 2, actual[3], 3);
      same(expected, actual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void floatsDoTheSame(Nonlinearity kind) {
    for (int n : SIZES) {
      float[] z = floats(logits(n));
      float[][] expected = {z.clone(), z.clone(), z.clone(), z.clone()};
      float[][] actual = {z.clone(), z.clone(), z.clone(), z.clone()};
      FloatPortableElementwise.biasActivate(kind, n, expected[0], 5, z, 8, expected[0], 5);
      FloatVectorElementwise.biasActivate(kind, n, actual[0], 5, z, 8, actual[0], 5);
      FloatPortableElementwise.activateKeepingSlope(kind, n, expected[1], 2, expected[1], 2, expected[2], 7);
      FloatVectorElementwise.activateKeepingSlope(kind, n, actual[1], 2, actual[1], 2, actual[2], 7);
      FloatPortableElementwise.scaleBySlope(kind, n, z, 4, expected[3], 6, expected[3], 6);
      FloatVectorElementwise.scaleBySlope(kind, n, z, 4, actual[3], 6, actual[3], 6);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], actual[i]);
      }
    }
  }

  @Test
  void sumsProductsAndFilling() {
    for (int n : SIZES) {
      double[] z = logits(n);
      double[][] expected = {z.clone(), z.clone(), z.clone()};
      double[][] actual = {z.clone(), z.clone(), z.clone()};
      DoublePortableElementwise.add(n, z, 3, expected[0], 5);
      DoubleVectorElementwise.add(n, z, 3, actual[0], 5);
      DoublePortableElementwise.multiply(n, z, 3, expected[1], 5);
      DoubleVectorElementwise.multiply(n, z, 3, actual[1], 5);
      DoublePortableElementwise.fill(n, -0.0, expected[2], 5);
      DoubleVectorElementwise.fill(n, -0.0, actual[2], 5);
      same(expected, actual);
    }
  }

  @Test
  void slopesAtZeroArePytorchs() {
    double[] kinds = new double[Nonlinearity.values().length];
    for (Nonlinearity kind : Nonlinearity.values()) {
      double[] y = new double[1];
      double[] slope = new double[1];
      DoubleVectorElementwise.activateKeepingSlope(kind, 1, y, 0, y, 0, slope, 0);
      kinds[kind.ordinal()] = slope[0];
    }
    assertArrayEquals(new double[] {1, 0, 0.01, 0.25, 1, 0.5, 0.5, 1, 0.5}, kinds);
  }

  @Test
  void reluKeepsNanAndDropsInfiniteCotangents() {
    double[] y = {Double.NaN, -1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    DoubleVectorElementwise.activate(Nonlinearity.RELU, 4, y, 0, y, 0);
    assertArrayEquals(new double[] {Double.NaN, 0, 0, Double.POSITIVE_INFINITY}, y);
    double[] u = {Double.POSITIVE_INFINITY, Double.NaN};
    DoubleVectorElementwise.scaleBySlope(Nonlinearity.RELU, 2, new double[2], 0, u, 0, u, 0);
    assertArrayEquals(new double[2], u);
  }

  @Test
  void nothingIsAllocatedOnceCompiled() {
    assumeTrue(DoubleLanes.LENGTH > 2, "x86 has no masks of two lanes: C2 calls into Java for them, and allocates");
    double[] z = logits(100);
    double[] y = z.clone();
    double[] slope = z.clone();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 200 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        DoubleVectorElementwise.activate(Nonlinearity.TANH, 100, z, 0, y, 0);
        DoubleVectorElementwise.activateKeepingSlope(Nonlinearity.GELU, 100, z, 0, y, 0, slope, 0);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by 200 activations, once compiled");
  }

  /// The part's numbers, with a margin on both sides that must survive.
  private static double[] logits(int n) {
    return new Random(n).doubles(n + MARGIN, -4, 4).toArray();
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    Arrays.setAll(doubles, i -> floats[i] = (float) doubles[i]);
    return floats;
  }

  private static void same(double[][] expected, double[][] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i]);
    }
  }
}
