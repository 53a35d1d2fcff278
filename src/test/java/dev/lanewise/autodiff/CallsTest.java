package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Workspace;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The calls that a benchmark measures by themselves are, together, a Jacobian's: they take its multiply-adds.
class CallsTest {

  @ParameterizedTest
  @CsvSource({"1, 2, 5, 3, FLOAT", "2, 2, 5, 3, DOUBLE", "64, 3, 7, 9, FLOAT", "4, 1, 1, 9, FLOAT"})
  void ofSeededIdentities(int chunk, int depth, int d, int m, Precision precision) {
    NaiveCalls calls = new NaiveCalls(precision, Activation.TANH, widths(depth, d, m), chunk, new Workspace());
    assertDoesNotThrow(calls::check);
    assertAll(calls.work());
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 5, 3, FLOAT", "2, 2, 5, 3, DOUBLE", "64, 3, 7, 9, FLOAT", "4, 1, 9, 9, FLOAT"})
  void ofElidedSeeds(int chunk, int depth, int d, int m, Precision precision) {
    ElidedCalls calls = new ElidedCalls(precision, Activation.TANH, widths(depth, d, m), chunk);
    assertDoesNotThrow(calls::check);
    assertAll(calls.work());
  }

  private static int[] widths(int depth, int d, int m) {
    int[] widths = new int[depth + 2];
    Arrays.fill(widths, 64);
    widths[0] = d;
    widths[depth + 1] = m;
    return widths;
  }

  private static void assertAll(Map<Call, Runnable> work) {
    assertEquals(Set.of(Call.values()), work.keySet());
    work.values().forEach(call -> assertDoesNotThrow(call::run));
  }
}
