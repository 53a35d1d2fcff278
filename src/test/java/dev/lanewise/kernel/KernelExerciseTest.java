package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.FloatOperands;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kernel's exercise runs, and does by vectors what it does in plain Java, on all kinds of numbers.
class KernelExerciseTest {

  private static final Set<Kernel> OF_PHI =
      EnumSet.of(Kernel.ACTIVATE, Kernel.ACTIVATE_KEEPING_SLOPE, Kernel.SCALE_BY_SLOPE, Kernel.CURVATURE);
  /// Their results depend on earlier calls.
  private static final Set<Kernel> REMEMBERING = EnumSet.of(Kernel.ADD_SCALED_ROWS, Kernel.MOMENTUM, Kernel.ADAM);
  private static final List<Integer> RESULTS = List.of(5, 6);

  @BeforeEach
  void vectorsAreThere() {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
  }

  static Stream<Arguments> kernels() {
    return Stream.of(Kernel.values()).flatMap(kernel -> OF_PHI.contains(kernel)
        ? Stream.of(Nonlinearity.values()).map(phi -> Arguments.of(kernel, phi))
        : Stream.of(Arguments.of(kernel, null)));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void doesByVectorsWhatPlainJavaDoesInDouble(Kernel kernel, Nonlinearity phi) {
    DoubleKernelExercise exercise = new DoubleKernelExercise(1, kernel, phi);
    for (int step = 0; step < 12; step++) {
      exercise.light(step);
    }
    for (int variant = 0; variant < exercise.variants(); variant++) {
      exercise.full(variant);
      double[][] byVectors = RESULTS.stream().map(operand -> DoubleOperands.array(operand,
          0).clone()).toArray(double[][]::new);
      exercise.plain(variant);
      for (int at = 0; at < byVectors.length; at++) {
        if (!REMEMBERING.contains(kernel)) {
          assertArrayEquals(byVectors[at], DoubleOperands.array(RESULTS.get(at), 0), exercise.name());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void doesByVectorsWhatPlainJavaDoesInFloat(Kernel kernel, Nonlinearity phi) {
    FloatKernelExercise exercise = new FloatKernelExercise(1, kernel, phi);
    for (int step = 0; step < 12; step++) {
      exercise.light(step);
    }
    for (int variant = 0; variant < exercise.variants(); variant++) {
      exercise.full(variant);
      float[][] byVectors = RESULTS.stream().map(operand -> FloatOperands.array(operand,
          0).clone()).toArray(float[][]::new);
      exercise.plain(variant);
      for (int at = 0; at < byVectors.length; at++) {
        if (!REMEMBERING.contains(kernel)) {
          assertArrayEquals(byVectors[at], FloatOperands.array(RESULTS.get(at), 0), exercise.name());
        }
      }
    }
  }
}
