package dev.lanewise.kernel.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Pooling by vectors against plain Java, to the bit, at any place of an array, and plain Java against a loop over all
/// taps.
class PoolTest {

  private static final int CHUNK = 3;
  private static final int MARGIN = 3;

  /// One axis of a window on planes.
  private record Axis(int length, int size, int stride, int padding, int dilation) {

    int positions() {
      return (length + 2 * padding - dilation * (size - 1) - 1) / stride + 1;
    }

    IntUnaryOperator tap(int position) {
      return tap -> stride * position - padding + dilation * tap;
    }
  }

  private static final Axis[] AXES = {
    new Axis(28, 2, 2, 0, 1), new Axis(14, 2, 2, 0, 1), new Axis(8, 2, 2, 0, 1), new Axis(7, 2, 2, 0, 1),
        new Axis(1, 1, 1, 0, 1),
    new Axis(5, 3, 1, 1, 1), new Axis(35, 3, 2, 1, 1), new Axis(33, 3, 1, 0, 1), new Axis(9, 3, 1, 1, 2),
    new Axis(17, 4, 3, 2, 1),
    new Axis(6, 2, 3, 1, 1), new Axis(40, 2, 2, 1, 3), new Axis(2, 2, 2, 1, 1), new Axis(70, 5, 2, 2, 1)};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  private static PoolGeometry geometry(Axis height, Axis width) {
    return new PoolGeometry().planes(height.length, width.length, height.positions(), width.positions())
        .alongHeight(height.size, height.stride, height.padding, height.dilation)
        .alongWidth(width.size, width.stride, width.padding, width.dilation);
  }

  private interface Pooling {
    void pool(PoolGeometry g, int planes, double[] x, double[] y);
  }

  private interface FloatPooling {
    void pool(PoolGeometry g, int planes, float[] x, float[] y);
  }

  private static double[] numbers(int n, long seed) {
    Random random = new Random(seed);
    double[] numbers = new double[n + 2 * MARGIN];
    // Few different ones, so that some are equal.
    Arrays.setAll(numbers, _ -> random.nextInt(5) - 2.0);
    return numbers;
  }

  private static double[] sprinkled(double[] numbers, long seed) {
    Random random = new Random(seed);
    for (double special : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0}) {
      for (int many = numbers.length / 16; many >= 0; many--) {
        numbers[random.nextInt(numbers.length)] = special;
      }
    }
    return numbers;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static double[] won(PoolGeometry g, int planes, double[] x) {
    double[] won = new double[planes * g.outputs() + 2 * MARGIN];
    DoublePortablePool.max(g, planes, x, MARGIN, new double[won.length], MARGIN, won, MARGIN, true);
    return won;
  }

  private static void sameBits(Axis height, Axis width, boolean special) {
    PoolGeometry g = geometry(height, width);
    String name = height + " by " + width;
    for (int planes : new int[] {1, 2, 5}) {
      double[] x = numbers(CHUNK * planes * g.plane(), planes);
      double[] u = numbers(CHUNK * planes * g.outputs(), planes + 9);
      if (special) {
        sprinkled(x, planes);
        sprinkled(u, planes);
      }
      double[] won = won(g, planes, x);
      float[] wonFloats = floats(won);
      int outputs = CHUNK * planes * g.outputs();
      int inputs = CHUNK * planes * g.plane();
      same(name, g, planes, outputs, x,
          (a, n, from, to) -> DoubleVectorPool.max(a, n, from, MARGIN, to, MARGIN, new double[to.length], MARGIN,
          false),
          (a, n, from, to) -> DoublePortablePool.max(a, n, from, MARGIN, to, MARGIN, new double[to.length], MARGIN,
          true),
          (a, n, from, to) -> FloatVectorPool.max(a, n, from, MARGIN, to, MARGIN, new float[to.length], MARGIN, true),
          (a, n, from, to) -> FloatPortablePool.max(a, n, from, MARGIN, to, MARGIN, new float[to.length], MARGIN,
          false));
      same(name, g, planes, outputs, x,
          (a, n, from, to) -> DoubleVectorPool.max(a, n, from, MARGIN, new double[to.length], MARGIN, to, MARGIN, true),
          (a, n, from, to) -> DoublePortablePool.max(a, n, from, MARGIN, new double[to.length], MARGIN, to, MARGIN,
          true),
          (a, n, from, to) -> FloatVectorPool.max(a, n, from, MARGIN, new float[to.length], MARGIN, to, MARGIN, true),
          (a, n, from, to) -> FloatPortablePool.max(a, n, from, MARGIN, new float[to.length], MARGIN, to, MARGIN,
          true));
      same(name, g, planes, outputs, x,
          (a, n, from, to) -> DoubleVectorPool.maxPush(a, n, CHUNK, won, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> DoublePortablePool.maxPush(a, n, CHUNK, won, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> FloatVectorPool.maxPush(a, n, CHUNK, wonFloats, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> FloatPortablePool.maxPush(a, n, CHUNK, wonFloats, MARGIN, from, MARGIN, to, MARGIN));
      same(name, g, planes, inputs, u,
          (a, n, from, to) -> DoubleVectorPool.maxPull(a, n, CHUNK, won, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> DoublePortablePool.maxPull(a, n, CHUNK, won, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> FloatVectorPool.maxPull(a, n, CHUNK, wonFloats, MARGIN, from, MARGIN, to, MARGIN),
          (a, n, from, to) -> FloatPortablePool.maxPull(a, n, CHUNK, wonFloats, MARGIN, from, MARGIN, to, MARGIN));
      for (boolean all : height.dilation == 1 && width.dilation == 1 ? new boolean[] {true, false} : new boolean[0]) {
        same(name, g, planes, outputs, x,
            (a, n, from, to) -> DoubleVectorPool.average(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> DoublePortablePool.average(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> FloatVectorPool.average(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> FloatPortablePool.average(a, n, all, from, MARGIN, to, MARGIN));
        same(name, g, planes, inputs, u,
            (a, n, from, to) -> DoubleVectorPool.averagePull(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> DoublePortablePool.averagePull(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> FloatVectorPool.averagePull(a, n, all, from, MARGIN, to, MARGIN),
            (a, n, from, to) -> FloatPortablePool.averagePull(a, n, all, from, MARGIN, to, MARGIN));
      }
    }
  }

  /// Outputs begin as ones, and what lies beside them stays so.
  private static void same(String name, PoolGeometry g, int planes, int size, double[] x,
      Pooling vectors, Pooling plain, FloatPooling floatVectors, FloatPooling floatPlain) {
    double[] expected = ones(size);
    double[] actual = ones(size);
    plain.pool(g, planes, x, expected);
    vectors.pool(g, planes, x, actual);
    assertArrayEquals(bits(expected), bits(actual), name);
    assertEquals(MARGIN, Arrays.stream(actual, size + MARGIN, size + 2 * MARGIN).sum(), name);
    assertEquals(MARGIN, Arrays.stream(actual, 0, MARGIN).sum(), name);
    float[] expectedFloats = floats(ones(size));
    float[] actualFloats = expectedFloats.clone();
    floatPlain.pool(g, planes, floats(x), expectedFloats);
    floatVectors.pool(g, planes, floats(x), actualFloats);
    assertArrayEquals(bits(expectedFloats), bits(actualFloats), name);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n + 2 * MARGIN];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// With one NaN for all.
  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToLongBits).toArray();
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(x[i]));
    return bits;
  }

  @Test
  @EnabledIf("vectorsAreUsed")
  void vectorsHavePlainJavasBits() {
    for (Axis height : AXES) {
      for (Axis width : AXES) {
        sameBits(height, width, false);
        sameBits(height, width, true);
      }
    }
  }

  /// By the definitions, tap by tap.
  @Test
  void plainJavaFollowsTheFormulas() {
    for (Axis height : AXES) {
      for (Axis width : AXES) {
        PoolGeometry g = geometry(height, width);
        double[] x = numbers(g.plane(), 3);
        double[] y = ones(g.outputs());
        double[] mean = ones(g.outputs());
        double[] inside = ones(g.outputs());
        double[] won = won(g, 1, x);
        DoublePortablePool.max(g, 1, x, MARGIN, y, MARGIN, won, MARGIN, false);
        boolean averages = height.dilation == 1 && width.dilation == 1;
        if (averages) {
          DoublePortablePool.average(g, 1, true, x, MARGIN, mean, MARGIN);
          DoublePortablePool.average(g, 1, false, x, MARGIN, inside, MARGIN);
        }
        double[] maxPulled = ones(g.plane());
        double[] averagePulled = ones(g.plane());
        double[] u = numbers(g.outputs(), 4);
        DoublePortablePool.maxPull(g, 1, 1, won, MARGIN, u, MARGIN, maxPulled, MARGIN);
        double[] ofMax = new double[g.plane()];
        double[] ofAverage = new double[g.plane()];
        for (int out = 0; out < g.outputs(); out++) {
          double largest = Double.NEGATIVE_INFINITY;
          double sum = 0;
          int count = 0;
          int which = -1;
          for (int tap = 0; tap < height.size * width.size; tap++) {
            int i = height.tap(out / g.columns).applyAsInt(tap / width.size);
            int j = width.tap(out % g.columns).applyAsInt(tap % width.size);
            if (i >= 0 && i < g.height && j >= 0 && j < g.width) {
              int place = i * g.width + j;
              which = x[MARGIN + place] > largest ? tap : which;
              largest = Math.max(largest, x[MARGIN + place]);
              sum += x[MARGIN + place];
              count++;
              ofAverage[place] += u[MARGIN + out] / (height.size * width.size);
            }
          }
          int i = height.tap(out / g.columns).applyAsInt(which / width.size);
          int j = width.tap(out % g.columns).applyAsInt(which % width.size);
          ofMax[i * g.width + j] += u[MARGIN + out];
          assertEquals(largest, y[MARGIN + out]);
          assertEquals(which, won[MARGIN + out]);
          if (averages) {
            assertEquals(sum / (height.size * width.size), mean[MARGIN + out], 1e-14);
            assertEquals(sum / count, inside[MARGIN + out], 1e-14);
          }
        }
        assertArrayEquals(ofMax, Arrays.copyOfRange(maxPulled, MARGIN, MARGIN + g.plane()), 1e-14);
        if (averages) {
          DoublePortablePool.averagePull(g, 1, true, u, MARGIN, averagePulled, MARGIN);
          assertArrayEquals(ofAverage, Arrays.copyOfRange(averagePulled, MARGIN, MARGIN + g.plane()), 1e-14);
        }
      }
    }
  }

  @Test
  void theFirstOfEqualsWinsAndNaNOverAll() {
    PoolGeometry g = geometry(new Axis(2, 2, 2, 0, 1), new Axis(6, 2, 2, 0, 1));
    double[] x = {7, 7, Double.NaN, 3, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY,
      7, 7, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[] y = new double[3];
    double[] won = new double[3];
    DoublePool.max(g, 1, x, 0, y, 0, won, 0, true);
    assertArrayEquals(new double[] {7, Double.NaN, Double.NEGATIVE_INFINITY}, y);
    assertArrayEquals(new double[] {0, 0, 0}, won);
  }
}
