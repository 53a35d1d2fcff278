package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.math.UlpErrors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// 100,000 arguments of all strata through every function of `double`; [EveryDoubleStratumTest] takes a thousand times
/// as many.
class DoubleAccuracyTest {

  /// Every activation there is, with both derivatives.
  @ParameterizedTest
  @EnumSource
  void noActivationIsLeftOut(Nonlinearity phi) {
    DoubleAccuracy.valueOf(phi.name());
    DoubleAccuracy.valueOf(phi + "_SLOPE");
    DoubleAccuracy.valueOf(phi + "_CURVATURE");
  }

  @ParameterizedTest
  @EnumSource
  void noElementaryFunctionIsLeftOut(Elementary f) {
    DoubleAccuracy.valueOf(f.name());
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinItsLimit(DoubleAccuracy function) {
    UlpErrors errors = function.errors();
    function.measure(100_000, 1, errors);
    assertTrue(errors.most() <= function.limit(), errors::toString);
  }
}
