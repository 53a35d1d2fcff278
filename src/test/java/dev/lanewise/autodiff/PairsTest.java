package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pairs D × M of a benchmark, as its parameter says them.
class PairsTest {

  private static String pairs(String text) {
    return String.join(" ", Pairs.of(text).stream().map(pair -> pair[0] + "x" + pair[1]).toList());
  }

  @Test
  void anAxisStandsForAllItsPairsAndAPairForItself() {
    assertEquals("1x1 1x4 4x1 4x4", pairs("1-4"));
    assertEquals("8x16", pairs("8x16"));
    assertEquals("1x1 1x4 4x1 4x4 8x16 16x8", pairs("1-4/8x16/16x8"));
    assertEquals("7x7", pairs("7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "1-", "-1", "0", "0x4", "4x", "4x8x2", "1-4/", "1, 4", "1e3", "4X8", "1234567", " 4",
      "1--4", "٣x٤"})
  void anythingElseIsRefused(String text) {
    String message = assertThrows(IllegalArgumentException.class, () -> Pairs.of(text)).getMessage();
    assertTrue(message.startsWith("cells are " + text + ", expected "), message);
  }

  @Test
  void aPairThatStandsTwiceIsRefused() {
    for (String text : List.of("1-4/1x4", "8x16/8x16", "4-4")) {
      assertTrue(assertThrows(IllegalArgumentException.class, () -> Pairs.of(text)).getMessage()
          .endsWith("each pair once"), text);
    }
  }
}
