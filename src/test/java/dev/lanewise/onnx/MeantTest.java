package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.onnx.trace.Meant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a float of a file stands for is a double that is the same float again.
class MeantTest {

  @Property
  void isTheSameFloatAgain(@ForAll float value) {
    assertEquals(value, (float) Meant.of(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 0.1, -0.044715, 3.0E-12, 1.0 / 3, -1.0 / 6, 1.4142135623730951, 0.125, 65_504, 1e30})
  void isWhatWasWritten(double value) {
    assertEquals(value, Meant.of((float) value));
  }

  @Test
  void isARootOfAWidth() {
    assertEquals(Math.sqrt(6), Meant.of((float) Math.sqrt(6)));
    assertEquals(1 / Math.sqrt(48), Meant.of((float) (1 / Math.sqrt(48))));
    assertEquals(-Math.sqrt(768), Meant.of((float) -Math.sqrt(768)));
  }

  @Test
  void isItselfOtherwise() {
    float learnt = 0.73219436f;
    assertEquals(learnt, Meant.of(learnt));
    assertEquals(Double.NEGATIVE_INFINITY, Meant.of(Float.NEGATIVE_INFINITY));
    assertEquals(-0.0, Meant.of(-0f));
  }
}
