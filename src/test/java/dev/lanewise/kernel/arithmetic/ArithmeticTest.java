package dev.lanewise.kernel.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// By vectors each operation has the bits of plain Java, at any length and offset, in place too, and writes nothing
/// beside.
class ArithmeticTest {

  private static final double[] SPECIAL = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
      1e300, 1e-300};
  private static final int ROOM = 40;

  private final Random random = new Random(5);

  @ParameterizedTest
  @EnumSource
  void vectorsHaveTheBitsOfPlainJavaInDouble(Arithmetic operation) {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
    for (int n = DoubleLanes.LENGTH; n < 4 * DoubleLanes.LENGTH; n++) {
      for (int place = 0; place < 3; place++) {
        double[] x = random.doubles(ROOM).map(this::special).toArray();
        double[] y = random.doubles(ROOM).map(this::special).toArray();
        double[] z = place == 0 ? random.doubles(ROOM).toArray() : place == 1 ? x : y;
        int xo = random.nextInt(ROOM - n + 1);
        int yo = random.nextInt(ROOM - n + 1);
        int zo = place == 0 ? random.nextInt(ROOM - n + 1) : place == 1 ? xo : yo;
        double[] expected = z.clone();
        DoublePortableArithmetic.apply(operation, n, x.clone(), xo, y.clone(), yo, expected, zo);
        DoubleVectorArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
        assertArrayEquals(expected, z, operation + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void vectorsHaveTheBitsOfPlainJavaInFloat(Arithmetic operation) {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
    for (int n = FloatLanes.LENGTH; n < 2 * FloatLanes.LENGTH + 5; n++) {
      for (int place = 0; place < 3; place++) {
        float[] x = floats();
        float[] y = floats();
        float[] z = place == 0 ? floats() : place == 1 ? x : y;
        int xo = random.nextInt(ROOM - n + 1);
        int yo = random.nextInt(ROOM - n + 1);
        int zo = place == 0 ? random.nextInt(ROOM - n + 1) : place == 1 ? xo : yo;
        float[] expected = z.clone();
        FloatPortableArithmetic.apply(operation, n, x.clone(), xo, y.clone(), yo, expected, zo);
        FloatVectorArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
        assertArrayEquals(expected, z, operation + " of " + n);
      }
    }
  }

  private float[] floats() {
    float[] floats = new float[ROOM];
    for (int i = 0; i < ROOM; i++) {
      floats[i] = (float) special(random.nextDouble());
    }
    return floats;
  }

  /// Now and then a special one.
  private double special(double uniform) {
    return random.nextInt(8) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : 4 * uniform - 2;
  }
}
