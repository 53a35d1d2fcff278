package dev.lanewise.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which kernels compute is what properties ask for, where there may be vectors at all.
class KernelsTest {

  @ParameterizedTest
  @CsvSource({
      "             ,    , SWITCHING",
      "             , on , SWITCHING",
      "             , off, VECTORS",
      "switching    , off, SWITCHING",
      "vectors      ,    , VECTORS",
      "portable     ,    , PORTABLE",
      "alternating  ,    , ALTERNATING"})
  void areThoseThatAreAskedFor(String name, String warmup, Kernels expected) {
    assertEquals(expected, Kernels.choice(name, warmup, true));
    assertEquals(Kernels.PORTABLE, Kernels.choice(name, warmup, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "VECTORS", "simd"})
  void refusesOtherNames(String name) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Kernels.choice(name, null,
        true));
    assertEquals("-Dlanewise.kernels=" + name + ": expected switching, vectors, portable or alternating",
        refused.getMessage());
  }

  @Test
  void refusesOtherWarmUps() {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Kernels.choice(null, "no",
        true));
    assertTrue(refused.getMessage().startsWith("-Dlanewise.warmup=no"), refused.getMessage());
  }
}
