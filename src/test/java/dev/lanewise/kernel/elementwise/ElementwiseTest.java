package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations on parts of arrays: vectors against plain Java, at every kind of size and offset, in place, and nothing
/// written beside the part.
@EnabledIf("vectorsAreUsed")
class ElementwiseTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 61, 63, 64, 65, 67, 127,
      131};
  private static final int MARGIN = 19;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
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

  /// A part in the middle of an array, and nothing written beside it.
  @ParameterizedTest
  @EnumSource
  void curvatures(Nonlinearity kind) {
    for (int n : SIZES) {
      double[] z = logits(n);
      double[] expected = z.clone();
      double[] actual = z.clone();
      DoublePortableElementwise.curvature(kind, n, z, 3, expected, 5);
      DoubleVectorCurvature.curvature(kind, n, z, 3, actual, 5);
      assertArrayEquals(expected, actual);
    }
  }

  /// On some rows, one of them, or none, a margin between them, in an array that goes on behind the last one or ends
  /// with it.
  @ParameterizedTest
  @EnumSource
  void biasesOnRows(Linear phi) {
    for (int n : SIZES) {
      for (int rows : new int[] {0, 1, 3}) {
        for (int margin : new int[] {0, MARGIN}) {
          int stride = n + margin;
          double[] bias = logits(n);
          double[] expected = new Random(rows).doubles((rows + 1) * (long) stride, -4, 4).toArray();
          double[] actual = expected.clone();
          float[] floats = floats(actual);
          float[] expectedFloats = floats.clone();
          int from = stride - margin / 2;
          int fits = Math.min(rows, stride == 0 ? rows : (expected.length - from - n) / stride + 1);
          for (int i = 0; i < fits; i++) {
            int at = from + i * stride;
            DoublePortableElementwise.addBias(n, bias, 3, expected, at);
            DoublePortableElementwise.activate(phi.kind, n, expected, at, expected, at);
            FloatPortableElementwise.addBias(n, floats(bias), 3, expectedFloats, at);
            FloatPortableElementwise.activate(phi.kind, n, expectedFloats, at, expectedFloats, at);
          }
          phi.doubles.apply(fits, n, actual, from, stride, bias, 3);
          phi.floats.apply(fits, n, floats, from, stride, floats(bias), 3);
          assertArrayEquals(expected, actual);
          assertArrayEquals(expectedFloats, floats);
        }
      }
    }
  }

  enum Linear {
    ADD(Nonlinearity.IDENTITY, DoubleVectorBias::add, FloatVectorBias::add),
    RELU(Nonlinearity.RELU, DoubleVectorBias::relu, FloatVectorBias::relu);

    private final Nonlinearity kind;
    final OnRows<double[]> doubles;
    final OnRows<float[]> floats;

    Linear(Nonlinearity kind, OnRows<double[]> doubles, OnRows<float[]> floats) {
      this.kind = kind;
      this.doubles = doubles;
      this.floats = floats;
    }
  }

  interface OnRows<A> {
    void apply(int rows, int n, A c, int ct, int cs, A bias, int bo);
  }

  @ParameterizedTest
  @EnumSource
  void floatsDoTheSame(Nonlinearity kind) {
    for (int n : SIZES) {
      float[] z = floats(logits(n));
      float[][] expected = {z.clone(), z.clone(), z.clone(), z.clone()};
      float[][] actual = {z.clone(), z.clone(), z.clone(), z.clone()};
      FloatPortableElementwise.activate(kind, n, z, 3, expected[0], 5);
      FloatVectorElementwise.activate(kind, n, z, 3, actual[0], 5);
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
    assertArrayEquals(new double[] {1, 0, 0.01, 0.25, 1, 0.5, 0.5, 1, 0.5, 0.6}, kinds);
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

  /// The part's numbers, with a margin on both sides that must survive.
  private static double[] logits(int n) {
    return new Random(n).doubles(n + MARGIN, -4, 4).toArray();
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  private static void same(double[][] expected, double[][] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i]);
    }
  }
}
