package dev.lanewise.kernel.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoublePortableKernels;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.Samples;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Update rules and losses number by number: vectors against plain Java, to the bit, at every kind of size and offset,
/// and nothing written beside the part.
class UpdatesTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 61, 63, 64, 65, 67, 127,
      131};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @Test
  @EnabledIf("vectorsAreUsed")
  void rulesInDouble() {
    for (int n : SIZES) {
      for (int margin : new int[] {0, 3, 40}) {
        for (double threshold : new double[] {0, 0.3}) {
          double[][] a = {numbers(n + margin, 1), numbers(n + margin, 2), numbers(n + margin, 3), squares(n + margin)};
          double[][] b = {a[0].clone(), a[1].clone(), a[2].clone(), a[3].clone()};
          int at = margin / 2;
          DoublePortableUpdates.descend(n, a[0], at, a[1], at, 0.1, 0.02, 0.9, threshold);
          DoubleVectorUpdates.descend(n, b[0], at, b[1], at, 0.1, 0.02, 0.9, threshold);
          same(a, b);
          refill(a, b, 4);
          DoublePortableUpdates.momentum(n, a[0], at, a[1], at, a[2], at, 0.9, 0.5, 0.7, 0.1, 0.02, 0.9, threshold);
          DoubleVectorUpdates.momentum(n, b[0], at, b[1], at, b[2], at, 0.9, 0.5, 0.7, 0.1, 0.02, 0.9, threshold);
          same(a, b);
          refill(a, b, 5);
          DoublePortableUpdates.adam(n, a[0], at, a[1], at, a[2], at, a[3], at, 0.9, 0.99, 1.5, 1e-3, 0.1, 0.02, 0.9,
              threshold);
          DoubleVectorUpdates.adam(n, b[0], at, b[1], at, b[2], at, b[3], at, 0.9, 0.99, 1.5, 1e-3, 0.1, 0.02, 0.9,
              threshold);
          same(a, b);
        }
      }
    }
  }

  @Test
  @EnabledIf("vectorsAreUsed")
  void rulesInFloat() {
    for (int n : SIZES) {
      for (int margin : new int[] {0, 3, 40}) {
        float[][] a = {floats(numbers(n + margin, 1)), floats(numbers(n + margin, 2)), floats(numbers(n + margin, 3)),
            floats(squares(n + margin))};
        float[][] b = {a[0].clone(), a[1].clone(), a[2].clone(), a[3].clone()};
        int at = margin / 2;
        FloatPortableUpdates.adam(n, a[0], at, a[1], at, a[2], at, a[3], at, 0.9f, 0.99f, 1.5f, 1e-3f, 0.1f, 0.02f,
            0.9f, 0.1f);
        FloatVectorUpdates.adam(n, b[0], at, b[1], at, b[2], at, b[3], at, 0.9f, 0.99f, 1.5f, 1e-3f, 0.1f, 0.02f, 0.9f,
            0.1f);
        for (int i = 0; i < a.length; i++) {
          assertArrayEquals(a[i], b[i]);
        }
      }
    }
  }

  /// Also with special numbers, in place and beside.
  @Test
  @EnabledIf("vectorsAreUsed")
  void losses() {
    for (int n : SIZES) {
      double[] o = n == 0 ? new double[9] : Samples.mixed(n + 9, n);
      double[] y = numbers(n + 9, 2);
      double[][] a = {o.clone(), y.clone(), numbers(n + 9, 3), numbers(n + 9, 4)};
      double[][] b = {o.clone(), y.clone(), a[2].clone(), a[3].clone()};
      DoublePortableResiduals.squared(n, a[0], 3, a[1], 4, 0.5, a[2], 5, a[3], 1);
      DoubleVectorResiduals.squared(n, b[0], 3, b[1], 4, 0.5, b[2], 5, b[3], 1);
      same(a, b);
      DoublePortableResiduals.absolute(n, a[0], 3, a[1], 4, 0.5, a[2], 5, a[3], 1);
      DoubleVectorResiduals.absolute(n, b[0], 3, b[1], 4, 0.5, b[2], 5, b[3], 1);
      same(a, b);
      DoublePortableResiduals.huber(n, a[0], 3, a[1], 4, 0.3, 0.5, a[2], 5, a[3], 1);
      DoubleVectorResiduals.huber(n, b[0], 3, b[1], 4, 0.3, 0.5, b[2], 5, b[3], 1);
      same(a, b);
    }
  }

  /// S(x) = sgn x·max(|x| − threshold, 0): at the threshold a weight is exactly 0, and a NaN is not hidden.
  @Test
  void thresholdsAreSharp() {
    for (DoubleKernels kernels : new DoubleKernels[] {new DoublePortableKernels(), DoubleKernels.BEST}) {
      double[] w = {1, -1, 0.5, -0.5, 0.25, 0, -0.0, Double.NaN, Double.MAX_VALUE, 0.75, 1, 1, 1, 1, 1, 1, 1};
      double[] g = new double[17];
      kernels.descend(17, w, 0, g, 0, 0.1, 0, 1, 0.5);
      assertArrayEquals(new double[] {0.5, -0.5, 0, 0, 0, 0, 0, Double.NaN, Double.MAX_VALUE, 0.25, 0.5, 0.5, 0.5, 0.5,
          0.5, 0.5, 0.5}, w);
    }
  }

  @Test
  void oneNumberThatIsNoneIsFoundAnywhere() {
    for (DoubleKernels kernels : new DoubleKernels[] {new DoublePortableKernels(), DoubleKernels.BEST}) {
      for (int n : SIZES) {
        double[] x = new double[n + 3];
        x[0] = Double.NaN;
        x[n + 2] = Double.POSITIVE_INFINITY;
        assertTrue(kernels.finite(n, x, 2), "n = " + n);
        for (int at = 0; at < n; at++) {
          double kept = x[2 + at];
          for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            x[2 + at] = none;
            assertEquals(false, kernels.finite(n, x, 2), none + " at " + at + " of " + n);
          }
          x[2 + at] = at % 2 == 0 ? kept : Double.MAX_VALUE;
        }
      }
    }
  }

  private static void refill(double[][] a, double[][] b, long seed) {
    double[] fresh = numbers(a[1].length, seed);
    a[1] = fresh.clone();
    b[1] = fresh.clone();
  }

  private static void same(double[][] a, double[][] b) {
    for (int i = 0; i < a.length; i++) {
      assertArrayEquals(a[i], b[i], "array " + i);
    }
  }

  private static double[] numbers(int n, long seed) {
    return new Random(seed).doubles(n, -1, 1).toArray();
  }

  private static double[] squares(int n) {
    return new Random(9).doubles(n, 0, 1).toArray();
  }

  private static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }
}
