package dev.lanewise.kernel.elementary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Powers in both precisions: special values against `StrictMath.pow`, floats against doubles, vectors against plain
/// Java.
class PowerTest {

  private static final double[] EXPONENTS = {
    4, 5, -3, -4, 0.3, -0.3, 2.5, -700.1, 1e3, 1e18 + 2, 0x1p53 - 1, 0x1p60, 1e300, -1e300, 1e-300, Double.MIN_VALUE,
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };
  private static final double[] NUMBERS = {
    0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextUp(1.0f),
    Math.nextUp(1.0), Math.nextDown(1.0), 1.5, -3
  };
  private static final int COUNT = 1000;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @Test
  void specialValuesAreTheJdks() {
    for (double exponent : EXPONENTS) {
      for (double x : NUMBERS) {
        double expected = StrictMath.pow(x, exponent);
        double actual = DoublePower.pow(x, exponent, DoublePower.isOdd(exponent));
        same(expected, actual, Math.ulp(expected), x, exponent);
        float xFloat = (float) x;
        float expectedFloat = (float) StrictMath.pow(xFloat, exponent);
        float actualFloat = FloatPower.pow(xFloat, exponent, DoublePower.isOdd(exponent));
        same(expectedFloat, actualFloat, Math.ulp(expectedFloat), xFloat, exponent);
      }
    }
  }

  /// Within a last place, and to the bit where there is none.
  private static void same(double expected, double actual, double place, double x, double exponent) {
    if (expected == 0 || !Double.isFinite(expected)) {
      assertEquals(expected, actual, () -> x + " to the " + exponent);
    } else {
      assertEquals(expected, actual, place, () -> x + " to the " + exponent);
    }
  }

  @Test
  void zeroKeepsItsSignUnderOddExponentsOnly() {
    assertEquals(-0.0, DoublePower.pow(-0.0, 5, true));
    assertEquals(0.0, DoublePower.pow(-0.0, 4, false));
    assertEquals(Double.NEGATIVE_INFINITY, DoublePower.pow(-0.0, -5, true));
    assertEquals(Double.POSITIVE_INFINITY, DoublePower.pow(Double.NEGATIVE_INFINITY, 0.3, false));
    assertEquals(-0.0f, FloatPower.pow(-0.0f, 5, true));
    assertEquals(0.0f, FloatPower.pow(-0.0f, 4, false));
    assertEquals(Float.NEGATIVE_INFINITY, FloatPower.pow(-0.0f, -5, true));
    assertEquals(Float.POSITIVE_INFINITY, FloatPower.pow(Float.NEGATIVE_INFINITY, 0.3, false));
  }

  @Test
  void floatsAreWithinALittleMoreThanAnUlp() {
    Random random = new Random(6);
    for (int i = 0; i < 200_000; i++) {
      float x = Math.abs(Float.intBitsToFloat(random.nextInt()));
      double exponent = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-6, 12));
      float near = 1 + (float) random.nextGaussian() / 8;
      within(i % 2 == 0 ? x : Math.abs(near), exponent);
    }
  }

  private static void within(float x, double exponent) {
    double expected = DoublePower.pow(x, exponent, false);
    float actual = FloatPower.pow(x, exponent, false);
    if (expected > 0 && expected < 0x1.ffffffp127) {
      double place = Math.scalb(1.0, Math.max(Math.getExponent(expected), Float.MIN_EXPONENT) - 23);
      assertTrue(Math.abs(actual - expected) <= 1.2 * place,
          () -> x + " to the " + exponent + ": " + actual + ", expected " + expected);
    } else {
      assertEquals((float) expected, actual, () -> x + " to the " + exponent);
    }
  }

  @Test
  @EnabledIf("vectorsAreUsed")
  void vectorsDoWhatPlainJavaDoes() {
    double[] z = new Random(1).doubles(COUNT, -3, 40).toArray();
    System.arraycopy(NUMBERS, 0, z, 0, NUMBERS.length);
    float[] floats = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      floats[i] = (float) z[i];
    }
    for (double exponent : EXPONENTS) {
      for (int n = COUNT - 17; n <= COUNT; n++) {
        double[] expected = new double[COUNT];
        double[] actual = new double[COUNT];
        DoublePortableElementary.pow(exponent, n, z, 0, expected, 0);
        DoubleVectorElementary.pow(exponent, n, z, 0, actual, 0);
        assertArrayEquals(expected, actual, "to the " + exponent);
        float[] expectedFloats = new float[COUNT];
        float[] actualFloats = new float[COUNT];
        FloatPortableElementary.pow(exponent, n, floats, 0, expectedFloats, 0);
        FloatVectorElementary.pow(exponent, n, floats, 0, actualFloats, 0);
        assertArrayEquals(expectedFloats, actualFloats, "to the " + exponent);
      }
    }
  }
}
