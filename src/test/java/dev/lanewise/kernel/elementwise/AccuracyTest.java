package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Accuracy;
import dev.lanewise.kernel.ElementwiseFunction;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.DoubleDouble;
import dev.lanewise.kernel.math.UlpErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The report's scan for the largest error, on few arguments.
class AccuracyTest {

  private static final int STRIDE = 100_003;
  private static final int SAMPLES = 1 << 12;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @ParameterizedTest
  @EnumSource
  @EnabledIf("vectorsAreUsed")
  void whatIsComputedIsOffAndWhatIsCopiedIsNot(ElementwiseFunction function) {
    double floats = Accuracy.ofFloats(function, STRIDE);
    double doubles = Accuracy.ofDoubles(function, SAMPLES);
    if (function == ElementwiseFunction.IDENTITY || function == ElementwiseFunction.RELU) {
      assertEquals(0, floats);
      assertEquals(0, doubles);
    } else {
      assertTrue(floats > 0.49 && floats < 4, () -> "float: " + floats);
      assertTrue(doubles > 0.49 && doubles < 4, () -> "double: " + doubles);
    }
  }

  @Test
  void subnormalResultsAreLeftOut() {
    UlpErrors errors = new UlpErrors("f", true);
    errors.add(1f, 3 * Float.MIN_VALUE, Float.MIN_VALUE, 0);
    errors.add(1.0, 3 * Double.MIN_VALUE, DoubleDouble.of(Math.scalb(Double.MIN_VALUE, 512)), 512, 0);
    assertEquals(0, errors.most());
    errors.add(1f, Float.MIN_NORMAL, Float.MIN_NORMAL + 0.5 * Float.MIN_VALUE, 0);
    assertEquals(0.5, errors.most());
    errors.add(1.0, Double.MIN_NORMAL + Double.MIN_VALUE, DoubleDouble.of(Math.scalb(Double.MIN_NORMAL, 512)), 512, 0);
    assertEquals(1, errors.most());
  }
}
