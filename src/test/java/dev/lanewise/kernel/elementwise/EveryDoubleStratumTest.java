package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.UlpErrors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A hundred million doubles through every function and its derivatives, as the vectors compute them, against
/// double-double. `mvn -Pexhaustive verify` runs it and prints a table; `-Dlanewise.arguments=N` takes N of them.
@Tag("exhaustive")
@EnabledIf("vectorsAreUsed")
class EveryDoubleStratumTest {

  private static final long ARGUMENTS = Long.getLong("lanewise.arguments", 100_000_000);
  private static final int TASKS = 256;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @BeforeAll
  static void head() {
    System.out.println(UlpErrors.head("ulp, over " + ARGUMENTS + " doubles; where no terms cancel"));
  }

  @ParameterizedTest
  @EnumSource
  void everyStratum(DoubleAccuracy function) {
    UlpErrors errors = function.errors();
    IntStream.range(0, TASKS).parallel().forEach(task -> {
      UlpErrors part = function.errors();
      function.measure(ARGUMENTS / TASKS, task, part);
      errors.add(part);
    });
    System.out.println(errors);
    assertTrue(errors.most() <= function.limit(), errors::toString);
  }
}
