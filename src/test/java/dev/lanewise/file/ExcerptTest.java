package dev.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a message quotes of a file is short, on one line, and whole characters.
class ExcerptTest {

  @Test
  void ofTexts() {
    assertEquals("", Excerpt.of(""));
    assertEquals("a".repeat(80), Excerpt.of("a".repeat(80)));
    assertEquals("a".repeat(80) + "…", Excerpt.of("a".repeat(81)));
    assertEquals("a".repeat(79) + "…", Excerpt.of("a".repeat(79) + "𝜃𝜃"));
    assertEquals("a".repeat(78) + "𝜃…", Excerpt.of("a".repeat(78) + "𝜃𝜃"));
    assertEquals("a?b?", Excerpt.of("a\nb\u009b"));
  }

  @Test
  void ofLists() {
    assertEquals("[]", Excerpt.of(List.of()));
    assertEquals("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", Excerpt.of(IntStream.range(0, 12).boxed().toList()));
    assertEquals("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … 2 more]",
        Excerpt.of(IntStream.range(0, 14).boxed().toList()));
    assertEquals("[" + "a".repeat(80) + "…]", Excerpt.of(List.of("a".repeat(1_000))));
  }

  @Test
  void ofMessages() {
    assertEquals("m".repeat(4_000), Excerpt.ofMessage("m".repeat(4_000)));
    assertEquals("m".repeat(4_000) + "…", Excerpt.ofMessage("m".repeat(4_001)));
  }
}
