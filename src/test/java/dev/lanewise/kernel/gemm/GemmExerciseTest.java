package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.FloatOperands;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The exercise of any product runs, and does by vectors what it does in plain Java.
class GemmExerciseTest {

  /// How A and B lie: strides of A, then of B; 0 for the length of a row or column.
  private static final int[][] FORMS = {{0, 1, 0, 1}, {0, 1, 1, 0}, {1, 0, 0, 1}, {1, 0, 1, 0}, {0, 2, 0, 2}};

  @Property(tries = 150)
  void doesByVectorsWhatPlainJavaDoes(
      @ForAll @IntRange(min = 1, max = 110) int m, @ForAll @IntRange(min = 1, max = 150) int n,
      @ForAll @IntRange(min = 1, max = 70) int k,
      @ForAll @IntRange(max = 4) int form, @ForAll @IntRange(max = 4) int fused) {
    if (!VirtualMachine.hasVectors()) {
      return; // jqwik takes an assumption that never holds for a failure
    }
    FloatScratch scratch = new FloatScratch();
    float[] some = new float[1];
    FloatFusion fusion = switch (fused) {
      case 0 -> scratch.fusion.none();
      case 1 -> scratch.fusion.activate(Nonlinearity.TANH, some, 0, null, 0);
      case 2 -> scratch.fusion.activate(Nonlinearity.SOFTPLUS, null, 0, some, 0);
      case 3 -> scratch.fusion.slopeOnC(Nonlinearity.SIGMOID, some, 0, 1);
      default -> scratch.fusion.slopeOnA(Nonlinearity.RELU, some, 0, 1);
    };
    int[] strides = FORMS[form];
    FloatGemmExercise exercise =
        new FloatGemmExercise(1, m, n, k, strides[0], strides[1], strides[2], strides[3], false, fusion, 0);
    for (int step = 0; step < 5; step++) {
      exercise.light(step);
    }
    for (int variant = 0; variant < 2; variant++) {
      exercise.full(variant);
      float[] byVectors = FloatOperands.array(2, 0).clone();
      exercise.plain(variant);
      assertArrayEquals(byVectors, FloatOperands.array(2, 0), exercise.name());
    }
  }
}
