package dev.lanewise.kernel.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.math.FloatSums;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Reductions and softmax's rules: vectors against plain Java, to the bit.
@EnabledIf("vectorsAreUsed")
class RowsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 61, 64, 65, 131, 257};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @Test
  void sumsAndTheLargest() {
    assertEquals(0.0, DoubleVectorRows.sum(0, new double[0], 0));
    assertEquals(-INFINITY, DoubleVectorRows.max(0, new double[0], 0));
    for (int n : SIZES) {
      double[] x = numbers(n);
      assertEquals(DoubleSums.sum(n, x, 3), DoubleVectorRows.sum(n, x, 3));
      assertEquals(DoubleSums.dot(n, x, 3, x, 1), DoubleVectorRows.dot(n, x, 3, x, 1));
      assertEquals(DoublePortableRows.max(n, x, 3), DoubleVectorRows.max(n, x, 3));
      x[3 + n / 2] = Double.NaN;
      assertEquals(Double.NaN, DoubleVectorRows.max(n, x, 3));
      assertEquals(Double.NaN, DoublePortableRows.max(n, x, 3));
    }
  }

  @Test
  void softmaxAndItsRules() {
    for (int n : SIZES) {
      double[] z = numbers(n);
      double[][] expected = {z.clone(), z.clone(), z.clone(), z.clone(), z.clone()};
      double[][] actual = {z.clone(), z.clone(), z.clone(), z.clone(), z.clone()};
      DoublePortableRows.softmax(n, z, 3, expected[0], 5);
      DoubleVectorRows.softmax(n, z, 3, actual[0], 5);
      DoublePortableRows.logSoftmax(n, expected[1], 3, expected[1], 3);
      DoubleVectorRows.logSoftmax(n, actual[1], 3, actual[1], 3);
      DoublePortableRows.softmaxDerivative(n, expected[0], 5, z, 2, expected[2], 4);
      DoubleVectorRows.softmaxDerivative(n, expected[0], 5, z, 2, actual[2], 4);
      DoublePortableRows.logSoftmaxPush(n, expected[0], 5, expected[3], 2, expected[3], 2);
      DoubleVectorRows.logSoftmaxPush(n, expected[0], 5, actual[3], 2, actual[3], 2);
      DoublePortableRows.logSoftmaxPull(n, expected[0], 5, z, 2, expected[4], 4);
      DoubleVectorRows.logSoftmaxPull(n, expected[0], 5, z, 2, actual[4], 4);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], actual[i]);
      }
      assertEquals(1, DoubleSums.sum(n, actual[0], 5), 1e-14);
    }
  }

  @Test
  void floatsDoTheSame() {
    for (int n : SIZES) {
      float[] z = new float[n];
      for (int i = 0; i < n; i++) {
        z[i] = (float) Math.sin(i);
      }
      float[] expected = z.clone();
      float[] actual = z.clone();
      FloatPortableRows.softmax(n, expected, 0, expected, 0);
      FloatVectorRows.softmax(n, actual, 0, actual, 0);
      assertArrayEquals(expected, actual);
      FloatPortableRows.logSoftmax(n, z, 0, expected, 0);
      FloatVectorRows.logSoftmax(n, z, 0, actual, 0);
      assertArrayEquals(expected, actual);
      assertEquals(FloatSums.dot(n, z, 0, actual, 0), FloatVectorRows.dot(n, z, 0, actual, 0));
    }
  }

  /// Below the largest all the way down: what has left the normal numbers, and what the bits of no power of two can say
  /// any more.
  @Test
  void whatLiesFarBelowTheLargestAddsNothing() {
    for (int n : SIZES) {
      for (double far : new double[] {-80, -100, -120, -300, -744, -760, -1e4, -1e30, -INFINITY}) {
        double[] z = new double[n];
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
          z[i] = 800 + (i % 3 == 0 ? 0 : far);
          floats[i] = (float) z[i];
        }
        double[][] doubles = {new double[n], new double[n]};
        float[][] singles = {new float[n], new float[n]};
        DoublePortableRows.softmax(n, z, 0, doubles[0], 0);
        DoubleVectorRows.softmax(n, z, 0, doubles[1], 0);
        assertArrayEquals(doubles[0], doubles[1]);
        FloatPortableRows.softmax(n, floats, 0, singles[0], 0);
        FloatVectorRows.softmax(n, floats, 0, singles[1], 0);
        assertArrayEquals(singles[0], singles[1]);
        DoublePortableRows.logSoftmax(n, z, 0, doubles[0], 0);
        DoubleVectorRows.logSoftmax(n, z, 0, doubles[1], 0);
        assertArrayEquals(doubles[0], doubles[1]);
        FloatPortableRows.logSoftmax(n, floats, 0, singles[0], 0);
        FloatVectorRows.logSoftmax(n, floats, 0, singles[1], 0);
        assertArrayEquals(singles[0], singles[1]);
      }
    }
  }

  /// So large that exponentials of what is not less by it overflow.
  @Test
  void theLargestCountsAtEveryPosition() {
    for (int n : SIZES) {
      for (int at = 0; at < n; at++) {
        double[] z = new double[n + 3];
        z[3 + at] = 800;
        double[] y = z.clone();
        DoubleVectorRows.softmax(n, z, 3, y, 3);
        float[] floats = new float[n + 3];
        floats[3 + at] = 800;
        float[] yFloats = floats.clone();
        FloatVectorRows.softmax(n, floats, 3, yFloats, 3);
        for (int i = 0; i < n; i++) {
          assertEquals(i == at ? 1 : 0, y[3 + i], 1e-300);
          assertEquals(i == at ? 1 : 0, yFloats[3 + i]);
        }
        DoubleVectorRows.logSoftmax(n, z, 3, y, 3);
        FloatVectorRows.logSoftmax(n, floats, 3, yFloats, 3);
        for (int i = 0; i < n; i++) {
          assertEquals(i == at ? 0 : -800, y[3 + i]);
          assertEquals(i == at ? 0 : -800, yFloats[3 + i]);
        }
      }
    }
  }

  @Test
  void logitsOfAnySize() {
    row(new double[] {1e308, 1e308, -1e308}, new double[] {0.5, 0.5, 0}, Math.log(0.5), Math.log(0.5), -INFINITY);
    row(new double[] {0, -INFINITY}, new double[] {1, 0}, 0, -INFINITY);
    row(new double[] {-INFINITY, -INFINITY}, new double[] {Double.NaN, Double.NaN}, Double.NaN, Double.NaN);
    row(new double[] {INFINITY, 0}, new double[] {Double.NaN, Double.NaN}, Double.NaN, Double.NaN);
    row(new double[] {0, Double.NaN, 1}, new double[] {Double.NaN, Double.NaN, Double.NaN}, Double.NaN, Double.NaN,
        Double.NaN);
  }

  private static void row(double[] z, double[] softmax, double... logSoftmax) {
    double[] y = z.clone();
    DoubleVectorRows.softmax(z.length, z, 0, y, 0);
    assertArrayEquals(softmax, y, 1e-15);
    DoublePortableRows.softmax(z.length, z, 0, y, 0);
    assertArrayEquals(softmax, y, 1e-15);
    DoubleVectorRows.logSoftmax(z.length, z, 0, y, 0);
    assertArrayEquals(logSoftmax, y, 1e-15);
    DoublePortableRows.logSoftmax(z.length, z, 0, y, 0);
    assertArrayEquals(logSoftmax, y, 1e-15);
  }

  private static double[] numbers(int n) {
    return new Random(n).doubles(n + 19, -4, 4).toArray();
  }
}
