package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// [NeighboursTest] for all 2³² floats: beside small numbers, which lets the loops for arguments near 0 be entered,
/// beside large ones, which does not, and in plain Java. `mvn -Pexhaustive verify` runs it.
@Tag("exhaustive")
@EnabledIf("vectorsAreUsed")
class EveryFloatBesideOthersTest {

  private static final int CHUNK = 1 << 12;
  private static final int CHUNKS_A_TASK = 1 << 8;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  static List<ElementwiseKernels.Function<float[]>> functions() {
    return ElementwiseKernels.ofFloats();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFloat(ElementwiseKernels.Function<float[]> function) {
    IntStream.range(0, (int) ((1L << 32) / CHUNK / CHUNKS_A_TASK)).parallel().forEach(task -> {
      float[] x = new float[CHUNK];
      float[] expected = new float[CHUNK];
      float[] z = new float[2 * CHUNK];
      float[] y = new float[2 * CHUNK];
      for (int chunk = 0; chunk < CHUNKS_A_TASK; chunk++) {
        for (int i = 0; i < CHUNK; i++) {
          x[i] = Float.intBitsToFloat((task * CHUNKS_A_TASK + chunk) * CHUNK + i);
        }
        function.scalars().apply(CHUNK, x, 0, expected, 0);
        for (float neighbour : new float[] {0.1f, 1e5f}) {
          beside(neighbour, function, x, expected, z, y);
        }
      }
    });
  }

  /// A vector of the floats, then one of the neighbour, and so on: so each pair of vectors has both.
  private static void beside(
      float neighbour, ElementwiseKernels.Function<float[]> function, float[] x, float[] expected, float[] z,
      float[] y) {
    int lanes = FloatLanes.LENGTH;
    for (int i = 0; i < CHUNK; i++) {
      int at = i / lanes * 2 * lanes + i % lanes;
      z[at] = x[i];
      z[at + lanes] = neighbour;
    }
    function.vectors().apply(2 * CHUNK, z, 0, y, 0);
    for (int i = 0; i < CHUNK; i++) {
      float actual = y[i / lanes * 2 * lanes + i % lanes];
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual)) {
        float argument = x[i];
        assertEquals(Float.toHexString(expected[i]), Float.toHexString(actual),
            () -> "at " + argument + " beside " + neighbour);
      }
    }
  }
}
