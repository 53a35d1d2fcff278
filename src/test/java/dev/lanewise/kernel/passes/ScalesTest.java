package dev.lanewise.kernel.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernel.DoublePortableKernels;
import dev.lanewise.kernel.FloatPortableKernels;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// Rows shifted and scaled: vectors against plain Java, to the bit, and nothing written beside the row.
@EnabledIf("vectorsAreUsed")
class ScalesTest {

  private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 49, 64, 65, 131};

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @Test
  void inDouble() {
    Random random = new Random(1);
    for (int n : SIZES) {
      double[] x = random.doubles(3 * n + 15).toArray();
      double[] y = random.doubles(3 * n + 19).toArray();
      double[] z = y.clone();
      new DoublePortableKernels().shiftAndScale(3, n + 2, n, 0.3, 1.7, -0.2, x, 2, y, 4);
      DoubleVectorScales.shiftAndScale(3, n + 2, n, 0.3, 1.7, -0.2, x, 2, z, 4);
      assertArrayEquals(y, z);
      new DoublePortableKernels().addScaledRows(3, n + 2, n, 0.7, x, 3, y, 1);
      DoubleVectorScales.addScaled(3, n + 2, n, 0.7, x, 3, z, 1);
      assertArrayEquals(y, z);
      new DoublePortableKernels().shiftAndScale(3, n + 2, n, 0.3, 1.7, -0.2, y, 4, y, 4);
      DoubleVectorScales.shiftAndScale(3, n + 2, n, 0.3, 1.7, -0.2, z, 4, z, 4);
      assertArrayEquals(y, z, "in place");
    }
  }

  @Test
  void inFloat() {
    Random random = new Random(1);
    for (int n : SIZES) {
      float[] x = floats(random, 3 * n + 15);
      float[] y = floats(random, 3 * n + 19);
      float[] z = y.clone();
      new FloatPortableKernels().shiftAndScale(3, n + 2, n, 0.3f, 1.7f, -0.2f, x, 2, y, 4);
      FloatVectorScales.shiftAndScale(3, n + 2, n, 0.3f, 1.7f, -0.2f, x, 2, z, 4);
      assertArrayEquals(y, z);
      new FloatPortableKernels().addScaledRows(3, n + 2, n, 0.7f, x, 3, y, 1);
      FloatVectorScales.addScaled(3, n + 2, n, 0.7f, x, 3, z, 1);
      assertArrayEquals(y, z);
    }
  }

  private static float[] floats(Random random, int n) {
    float[] floats = new float[n];
    for (int i = 0; i < n; i++) {
      floats[i] = random.nextFloat();
    }
    return floats;
  }
}
