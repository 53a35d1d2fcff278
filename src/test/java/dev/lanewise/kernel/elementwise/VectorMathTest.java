package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.elementary.DoublePortableElementary;
import dev.lanewise.kernel.elementary.DoubleVectorElementary;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementary.FloatPortableElementary;
import dev.lanewise.kernel.elementary.FloatVectorElementary;
import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.DoubleErf;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.FloatErf;
import dev.lanewise.kernel.math.FloatMath;
import dev.lanewise.kernel.math.Samples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Vectors and scalars give the same bits, whatever the argument and wherever in the vector it stands; run with vectors
/// of 512, 256 and 128 bit. Counts are odd, so that every width has a rest.
@EnabledIf("vectorsAreUsed")
class VectorMathTest {

  private static final int COUNT = 1_000_003;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @ParameterizedTest
  @EnumSource
  void doublesHaveTheScalarsBits(Nonlinearity kind) {
    double[] z = Samples.mixed(COUNT, 1);
    double[][] expected = new double[2][COUNT];
    double[][] actual = new double[2][COUNT];
    DoublePortableElementwise.activateKeepingSlope(kind, COUNT, z, 0, expected[0], 0, expected[1], 0);
    DoubleVectorElementwise.activateKeepingSlope(kind, COUNT, z, 0, actual[0], 0, actual[1], 0);
    double[] alone = new double[COUNT];
    DoubleVectorElementwise.activate(kind, COUNT, z, 0, alone, 0);
    for (int i = 0; i < COUNT; i++) {
      same(expected[0][i], actual[0][i], kind, z[i]);
      same(expected[1][i], actual[1][i], kind, z[i]);
      same(expected[0][i], alone[i], kind, z[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void floatsHaveTheScalarsBits(Nonlinearity kind) {
    float[] z = Samples.mixedFloats(COUNT, 2);
    float[][] expected = new float[2][COUNT];
    float[][] actual = new float[2][COUNT];
    FloatPortableElementwise.activateKeepingSlope(kind, COUNT, z, 0, expected[0], 0, expected[1], 0);
    FloatVectorElementwise.activateKeepingSlope(kind, COUNT, z, 0, actual[0], 0, actual[1], 0);
    float[] alone = new float[COUNT];
    FloatVectorElementwise.activate(kind, COUNT, z, 0, alone, 0);
    for (int i = 0; i < COUNT; i++) {
      same(expected[0][i], actual[0][i], kind, z[i]);
      same(expected[1][i], actual[1][i], kind, z[i]);
      same(expected[0][i], alone[i], kind, z[i]);
    }
  }

  @Test
  void expAndErfHaveTheScalarsBits() {
    double[] z = Samples.mixed(COUNT, 1);
    float[] floats = Samples.mixedFloats(COUNT, 2);
    double[] y = new double[COUNT];
    float[] yFloats = new float[COUNT];
    DoubleVectorElementwise.exp(COUNT, z, 0, y, 0);
    FloatVectorElementwise.exp(COUNT, floats, 0, yFloats, 0);
    for (int i = 0; i < COUNT; i++) {
      double x = z[i];
      float xFloat = floats[i];
      assertEquals(DoubleMath.exp(x), y[i], () -> "exp at " + x);
      assertEquals(FloatMath.exp(xFloat), yFloats[i], () -> "exp at " + xFloat);
    }
    DoubleVectorElementwise.erf(COUNT, z, 0, y, 0);
    FloatVectorElementwise.erf(COUNT, floats, 0, yFloats, 0);
    for (int i = 0; i < COUNT; i++) {
      double x = z[i];
      float xFloat = floats[i];
      assertEquals(DoubleErf.erf(x), y[i], () -> "erf at " + x);
      assertEquals(FloatErf.erf(xFloat), yFloats[i], () -> "erf at " + xFloat);
    }
  }

  @ParameterizedTest
  @EnumSource
  void elementaryFunctionsHaveTheScalarsBits(Elementary f) {
    double[] z = Samples.mixed(COUNT, 1);
    float[] floats = Samples.mixedFloats(COUNT, 2);
    double[][] y = new double[2][COUNT];
    float[][] yFloats = new float[2][COUNT];
    DoublePortableElementary.apply(f, COUNT, z, 0, y[0], 0);
    DoubleVectorElementary.apply(f, COUNT, z, 0, y[1], 0);
    FloatPortableElementary.apply(f, COUNT, floats, 0, yFloats[0], 0);
    FloatVectorElementary.apply(f, COUNT, floats, 0, yFloats[1], 0);
    assertArrayEquals(y[0], y[1]);
    assertArrayEquals(yFloats[0], yFloats[1]);
  }

  @ParameterizedTest
  @EnumSource
  void curvaturesHaveTheScalarsBits(Nonlinearity kind) {
    double[] z = Samples.mixed(COUNT, 1);
    double[] v = new double[COUNT];
    float[] floats = Samples.mixedFloats(COUNT, 2);
    float[] vFloats = new float[COUNT];
    DoubleVectorCurvature.curvature(kind, COUNT, z, 0, v, 0);
    FloatVectorCurvature.curvature(kind, COUNT, floats, 0, vFloats, 0);
    for (int i = 0; i < COUNT; i++) {
      same(DoubleCurvature.of(kind, z[i]), v[i], kind, z[i]);
      same(FloatCurvature.of(kind, floats[i]), vFloats[i], kind, floats[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void positionDoesNotMatter(Nonlinearity kind) {
    double[] values = Samples.mixed(64, 3);
    int width = 2 * FloatLanes.LENGTH + 1;
    double[] doubles = new double[width];
    float[] floats = new float[width];
    for (double value : values) {
      doubles[0] = value;
      floats[0] = (float) value;
      DoublePortableElementwise.activate(kind, 1, doubles, 0, doubles, 0);
      FloatPortableElementwise.activate(kind, 1, floats, 0, floats, 0);
      double expected = doubles[0];
      float expectedFloat = floats[0];
      for (int n = 1; n <= width; n += 3) {
        Arrays.fill(doubles, value);
        Arrays.fill(floats, (float) value);
        DoubleVectorElementwise.activate(kind, n, doubles, 0, doubles, 0);
        FloatVectorElementwise.activate(kind, n, floats, 0, floats, 0);
        for (int i = 0; i < n; i++) {
          same(expected, doubles[i], kind, value);
          same(expectedFloat, floats[i], kind, (float) value);
        }
      }
    }
  }

  private static void same(double expected, double actual, Nonlinearity kind, double z) {
    assertEquals(expected, actual, () -> kind + " at " + z);
  }

  private static void same(float expected, float actual, Nonlinearity kind, float z) {
    assertEquals(expected, actual, () -> kind + " at " + z);
  }
}
