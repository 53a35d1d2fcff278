package dev.lanewise.kernel.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.warmup.DoubleOperands;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The exercise of each step of a recurrent cell runs, and does by vectors what it does in plain Java.
class GateExerciseTest {

  private static final int OPERANDS = 8;

  @ParameterizedTest
  @EnumSource(DoubleGateExercise.Step.class)
  void doesByVectorsWhatPlainJavaDoes(DoubleGateExercise.Step step) {
    assumeTrue(VirtualMachine.hasVectors(), "vectors");
    DoubleGateExercise exercise = new DoubleGateExercise(1, step);
    exercise.light(0);
    refill();
    exercise.full(0);
    double[][] byVectors = new double[OPERANDS][];
    for (int operand = 0; operand < OPERANDS; operand++) {
      byVectors[operand] = DoubleOperands.array(operand, 0).clone();
    }
    refill();
    exercise.plain(0);
    for (int operand = 0; operand < OPERANDS; operand++) {
      assertArrayEquals(byVectors[operand], DoubleOperands.array(operand, 0), exercise.name());
    }
  }

  private static void refill() {
    for (int operand = 0; operand < OPERANDS; operand++) {
      DoubleOperands.refill(operand, DoubleOperands.array(operand, 0));
    }
  }
}
