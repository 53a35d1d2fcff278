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
    return VirtualMachine.VECTORS;
  }

  @Test
  void inDouble() {
    Random random = new Random(1);
    for (int n : SIZES) {
      double[] x = random.doubles(n + 5).toArray();
      double[] y = random.doubles(n + 9).toArray();
      double[] z = y.clone();
      new DoublePortableKernels().shiftAndScale(n, 0.3, 1.7, -0.2, x, 2, y, 4);
      DoubleVectorScales.shiftAndScale(n, 0.3, 1.7, -0.2, x, 2, z, 4);
      assertArrayEquals(y, z);
      new DoublePortableKernels().addScaled(n, 0.7, x, 3, y, 1);
      DoubleVectorScales.addScaled(n, 0.7, x, 3, z, 1);
      assertArrayEquals(y, z);
      new DoublePortableKernels().shiftAndScale(n, 0.3, 1.7, -0.2, y, 4, y, 4);
      DoubleVectorScales.shiftAndScale(n, 0.3, 1.7, -0.2, z, 4, z, 4);
      assertArrayEquals(y, z, "in place");
    }
  }

  @Test
  void inFloat() {
    Random random = new Random(1);
    for (int n : SIZES) {
      float[] x = floats(random, n + 5);
      float[] y = floats(random, n + 9);
      float[] z = y.clone();
      new FloatPortableKernels().shiftAndScale(n, 0.3f, 1.7f, -0.2f, x, 2, y, 4);
      FloatVectorScales.shiftAndScale(n, 0.3f, 1.7f, -0.2f, x, 2, z, 4);
      assertArrayEquals(y, z);
      new FloatPortableKernels().addScaled(n, 0.7f, x, 3, y, 1);
      FloatVectorScales.addScaled(n, 0.7f, x, 3, z, 1);
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
