package dev.lanewise.kernel.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.FloatOperands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each operation's exercise runs, and does by vectors what it does in plain Java, on all kinds of numbers.
class ArithmeticExerciseTest {

  private static final int RESULT = 5;

  @BeforeEach
  void vectorsAreThere() {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
  }

  @ParameterizedTest
  @EnumSource
  void doesByVectorsWhatPlainJavaDoesInDouble(Arithmetic operation) {
    DoubleArithmeticExercise exercise = new DoubleArithmeticExercise(1, operation);
    for (int step = 0; step < 8; step++) {
      exercise.light(step);
    }
    for (int variant = 0; variant < exercise.variants(); variant++) {
      exercise.full(variant);
      double[] byVectors = DoubleOperands.array(RESULT, 0).clone();
      exercise.plain(variant);
      assertArrayEquals(byVectors, DoubleOperands.array(RESULT, 0), exercise.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesByVectorsWhatPlainJavaDoesInFloat(Arithmetic operation) {
    FloatArithmeticExercise exercise = new FloatArithmeticExercise(1, operation);
    for (int step = 0; step < 8; step++) {
      exercise.light(step);
    }
    for (int variant = 0; variant < exercise.variants(); variant++) {
      exercise.full(variant);
      float[] byVectors = FloatOperands.array(RESULT, 0).clone();
      exercise.plain(variant);
      assertArrayEquals(byVectors, FloatOperands.array(RESULT, 0), exercise.name());
    }
  }
}
