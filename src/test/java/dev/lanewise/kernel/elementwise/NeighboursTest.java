package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.DoubleStrata;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A function's bits depend on its argument alone: not on what stands beside it, on which loop is entered for that, on
/// the lane, or on what is left over at the end. Each argument among small, large and no other numbers, against the
/// same in plain Java.
@EnabledIf("vectorsAreUsed")
class NeighboursTest {

  private static final int ARGUMENTS = 8_000;
  /// Numbers that let each loop be entered, and none of those for arguments near 0.
  private static final double[] NEIGHBOURS = {0.1, -5, 1e-30, 1e5, Double.NaN};
  /// Beyond each of these, on either side of 0, some function does something else.
  private static final double[] BOUNDS = {
      0x1p-54, 0x1p-25, 0.25, 0.5, 0.70710678, 0.75, 0.78539816, 1, 1.41421356, 1.57079633, 3.14159265, 2, 3, 5, 7, 8,
          9.02, 11, 14.5, 20, 22, 38.6, 39, 40, 60, 61.5, 83.2, 86.6, 87, 87.34, 88.72, 89, 103.97, 104, 110, 114,
      350, 354.5, 700, 707.7, 708, 708.4, 709.78, 710, 744.4, 745.13, 745.2, 746, 753, 0x1p16, 0x1p30};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  static List<ElementwiseKernels.Function<float[]>> floats() {
    return ElementwiseKernels.ofFloats();
  }

  static List<ElementwiseKernels.Function<double[]>> doubles() {
    return ElementwiseKernels.ofDoubles();
  }

  @ParameterizedTest
  @MethodSource("floats")
  void floatsDoNotDependOnTheirNeighbours(ElementwiseKernels.Function<float[]> function) {
    float[] x = floatArguments();
    float[] expected = new float[x.length];
    function.scalars().apply(x.length, x, 0, expected, 0);
    int block = 2 * FloatLanes.LENGTH;
    float[] z = new float[x.length * block];
    float[] y = new float[x.length * block];
    for (double neighbour : NEIGHBOURS) {
      Arrays.fill(z, (float) neighbour);
      for (int i = 0; i < x.length; i++) {
        z[i * block + i % block] = x[i];
      }
      function.vectors().apply(z.length, z, 0, y, 0);
      for (int i = 0; i < x.length; i++) {
        same(expected[i], y[i * block + i % block], x[i], neighbour);
      }
    }
    endOfFloats(function, x, expected);
  }

  /// The last of 1 to 2·LENGTH + 2 numbers, and the first.
  private static void endOfFloats(ElementwiseKernels.Function<float[]> function, float[] x, float[] expected) {
    int most = 2 * FloatLanes.LENGTH + 2;
    float[] z = new float[2 * most];
    float[] y = new float[2 * most];
    for (int i = 0; i < x.length; i += 3) {
      int n = 1 + i / 3 % most;
      Arrays.fill(z, i % 2 == 0 ? 0.1f : 1e5f);
      z[0] = x[i];
      z[n - 1] = x[i];
      function.vectors().apply(n, z, 0, y, 0);
      same(expected[i], y[0], x[i], z[1]);
      same(expected[i], y[n - 1], x[i], z[1]);
    }
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void doublesDoNotDependOnTheirNeighbours(ElementwiseKernels.Function<double[]> function) {
    double[] x = doubleArguments();
    double[] expected = new double[x.length];
    function.scalars().apply(x.length, x, 0, expected, 0);
    int block = 2 * DoubleLanes.LENGTH;
    double[] z = new double[x.length * block];
    double[] y = new double[x.length * block];
    for (double neighbour : NEIGHBOURS) {
      Arrays.fill(z, neighbour);
      for (int i = 0; i < x.length; i++) {
        z[i * block + i % block] = x[i];
      }
      function.vectors().apply(z.length, z, 0, y, 0);
      for (int i = 0; i < x.length; i++) {
        same(expected[i], y[i * block + i % block], x[i], neighbour);
      }
    }
    endOfDoubles(function, x, expected);
  }

  private static void endOfDoubles(ElementwiseKernels.Function<double[]> function, double[] x, double[] expected) {
    int most = 2 * DoubleLanes.LENGTH + 2;
    double[] z = new double[2 * most];
    double[] y = new double[2 * most];
    for (int i = 0; i < x.length; i += 3) {
      int n = 1 + i / 3 % most;
      Arrays.fill(z, i % 2 == 0 ? 0.1 : 1e5);
      z[0] = x[i];
      z[n - 1] = x[i];
      function.vectors().apply(n, z, 0, y, 0);
      same(expected[i], y[0], x[i], z[1]);
      same(expected[i], y[n - 1], x[i], z[1]);
    }
  }

  /// A quarter each: spread over all bit patterns, over what is interesting, over where results leave the normal
  /// numbers, and at bounds.
  private static float[] floatArguments() {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[ARGUMENTS];
    for (int i = 0; i < x.length; i++) {
      x[i] = switch (i % 4) {
        case 0 -> Float.intBitsToFloat((int) ((1L << 32) / ARGUMENTS * i));
        case 1 -> (float) random.nextDouble(-110, 110);
        case 2 -> (float) (i % 16 == 2 ? random.nextDouble(80, 90) : i % 16 == 6 ? random.nextDouble(-105, -87)
            : random.nextDouble(-87, -80));
        default -> {
          double bound = BOUNDS[i / 4 % BOUNDS.length];
          float near = Float.intBitsToFloat(Float.floatToRawIntBits((float) bound) + random.nextInt(-4, 5));
          yield random.nextBoolean() ? near : -near;
        }
      };
    }
    x[0] = -83.16484f;
    return x;
  }

  private static double[] doubleArguments() {
    SplittableRandom random = new SplittableRandom(2);
    DoubleStrata strata = new DoubleStrata(-760, 760, 3);
    double[] x = new double[ARGUMENTS];
    strata.fill(x);
    for (int i = 0; i < x.length; i++) {
      x[i] = switch (i % 4) {
        case 0 -> x[i];
        case 1 -> random.nextDouble(-50, 50);
        case 2 -> random.nextBoolean() ? random.nextDouble(690, 711) : random.nextDouble(-750, -690);
        default -> {
          double bound = BOUNDS[i / 4 % BOUNDS.length];
          double near = Double.longBitsToDouble(Double.doubleToRawLongBits(bound) + random.nextInt(-4, 5));
          yield random.nextBoolean() ? near : -near;
        }
      };
    }
    return DoubleStream.concat(Arrays.stream(x),
        DoubleStream.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .toArray();
  }

  private static void same(float expected, float actual, float x, double neighbour) {
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
      assertEquals(Float.toHexString(expected), Float.toHexString(actual), () -> "at " + x + " beside " + neighbour);
    }
  }

  private static void same(double expected, double actual, double x, double neighbour) {
    if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
      assertEquals(Double.toHexString(expected), Double.toHexString(actual), () -> "at " + x + " beside " + neighbour);
    }
  }
}
