package dev.lanewise.kernel.elementary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Elementary functions on parts of arrays: what IEEE arithmetic fixes, vectors against plain Java, and nothing written
/// beside the part.
class ElementaryTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double[] ENDS = {-INFINITY, -0.0, 0.0, INFINITY, Double.NaN, -1};
  /// Longer than two vectors of any machine.
  private static final int MOST = 40;
  private static final int MARGIN = 19;
  private static final double[] EXPONENTS = {2, 3, -1, -2, 0.5, -0.5, 1.5, 0.3};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  private static double[] atTheEnds(Elementary f) {
    return switch (f) {
      case LOG -> new double[] {Double.NaN, -INFINITY, -INFINITY, INFINITY, Double.NaN, Double.NaN};
      case LOG1P -> new double[] {Double.NaN, -0.0, 0.0, INFINITY, Double.NaN, -INFINITY};
      case EXPM1 -> new double[] {-1, -0.0, 0.0, INFINITY, Double.NaN, -0.6321205588285577};
      case SIN -> new double[] {Double.NaN, -0.0, 0.0, Double.NaN, Double.NaN, -0.8414709848078965};
      case COS -> new double[] {Double.NaN, 1, 1, Double.NaN, Double.NaN, 0.5403023058681398};
    };
  }

  /// Alone, and in each lane of a vector.
  @ParameterizedTest
  @EnumSource
  void specialValues(Elementary f) {
    for (int end = 0; end < ENDS.length; end++) {
      double[] y = new double[1];
      DoublePortableElementary.apply(f, 1, ENDS, end, y, 0);
      assertEquals(atTheEnds(f)[end], y[0]);
      float[] yFloat = new float[1];
      FloatPortableElementary.apply(f, 1, floats(ENDS), end, yFloat, 0);
      assertEquals((float) atTheEnds(f)[end], yFloat[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallNumbers(Elementary f) {
    double[] tiny = {Double.MIN_VALUE, -Double.MIN_NORMAL, 0x1p-300};
    double[] y = new double[tiny.length];
    DoublePortableElementary.apply(f, tiny.length, tiny, 0, y, 0);
    assertArrayEquals(switch (f) {
      case LOG -> new double[] {-744.4400719213812, Double.NaN, -207.94415416798358};
      case LOG1P, EXPM1, SIN -> tiny;
      case COS -> new double[] {1, 1, 1};
    }, y);
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIf("vectorsAreUsed")
  void vectorsDoWhatPlainJavaDoes(Elementary f) {
    for (int n = 0; n <= MOST; n++) {
      for (double scale : new double[] {1, 100, 1e12}) {
        double[] z = new Random(n).doubles(n + MARGIN, -scale, scale).toArray();
        double[] expected = z.clone();
        double[] actual = z.clone();
        DoublePortableElementary.apply(f, n, z, 3, expected, 5);
        DoubleVectorElementary.apply(f, n, z, 3, actual, 5);
        assertArrayEquals(expected, actual);
        DoublePortableElementary.apply(f, n, expected, 7, expected, 7);
        DoubleVectorElementary.apply(f, n, actual, 7, actual, 7);
        assertArrayEquals(expected, actual);
        float[] expectedFloats = floats(z);
        float[] actualFloats = floats(z);
        FloatPortableElementary.apply(f, n, floats(z), 3, expectedFloats, 5);
        FloatVectorElementary.apply(f, n, floats(z), 3, actualFloats, 5);
        assertArrayEquals(expectedFloats, actualFloats);
        FloatPortableElementary.apply(f, n, expectedFloats, 7, expectedFloats, 7);
        FloatVectorElementary.apply(f, n, actualFloats, 7, actualFloats, 7);
        assertArrayEquals(expectedFloats, actualFloats);
      }
    }
  }

  /// Parts of all lengths, in arrays that end with them and in larger ones, of small arguments and of huge ones.
  @Test
  @EnabledIf("vectorsAreUsed")
  void nothingIsAllocatedOnceCompiled() {
    assumeTrue(DoubleLanes.LENGTH > 2, "x86 has no masks of two lanes: C2 calls into Java for them, and allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Map<String, Operation> operations = operations();
    Map<String, Long> least = new TreeMap<>();
    double[][] doubles = new double[2 * MOST][];
    float[][] floats = new float[2 * MOST][];
    for (int i = 0; i < doubles.length; i++) {
      double most = i % 4 == 0 ? 1e30 : 4;
      doubles[i] = new Random(i).doubles(i < MOST ? i : 2 * MOST, -most, most).toArray();
      floats[i] = floats(doubles[i]);
    }
    double[] y = new double[2 * MOST];
    float[] yFloats = new float[2 * MOST];
    // C2 compiles beside this thread, in its own time: the deadline only ends a test that fails.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (int round = 0; round < 2 || Collections.max(least.values()) > 0 && System.nanoTime() < deadline; round++) {
      operations.forEach((name, operation) -> {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < doubles.length; i++) {
          operation.run(i % MOST, doubles[i], y, floats[i], yFloats);
        }
        least.merge(name, threads.getCurrentThreadAllocatedBytes() - before, Math::min);
      });
    }
    least.values().removeIf(bytes -> bytes == 0);
    assertEquals(Map.of(), least, "bytes allocated, once compiled, by " + 2 * MOST + " calls");
  }

  /// Something of the first n numbers of an array.
  private interface Operation {
    void run(int n, double[] z, double[] y, float[] zFloats, float[] yFloats);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    for (Elementary f : Elementary.values()) {
      operations.put("double " + f, (n, z, y, _, _) -> DoubleVectorElementary.apply(f, n, z, 0, y, 0));
      operations.put("float " + f, (n, _, _, z, y) -> FloatVectorElementary.apply(f, n, z, 0, y, 0));
    }
    for (double exponent : EXPONENTS) {
      operations.put("double to the " + exponent, (n, z, y, _, _) -> power(exponent, n, z, y));
      operations.put("float to the " + exponent, (n, _, _, z, y) -> power(exponent, n, z, y));
    }
    return operations;
  }

  private static void power(double exponent, int n, double[] z, double[] y) {
    if (DoubleSimplePowers.serve(exponent)) {
      DoubleSimplePowers.pow(exponent, n, z, 0, y, 0);
    } else {
      DoubleVectorElementary.pow(exponent, n, z, 0, y, 0);
    }
  }

  private static void power(double exponent, int n, float[] z, float[] y) {
    if (FloatSimplePowers.serve(exponent)) {
      FloatSimplePowers.pow(exponent, n, z, 0, y, 0);
    } else {
      FloatVectorElementary.pow(exponent, n, z, 0, y, 0);
    }
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
