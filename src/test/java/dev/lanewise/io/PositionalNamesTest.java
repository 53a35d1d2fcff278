package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names are ranked by their positions at each level, with no more work than sorting them takes.
class PositionalNamesTest {

  @ParameterizedTest
  @CsvSource({
      "0.weight 2.weight 4.weight, 0.weight 1.weight 2.weight",
      "4.weight 0.weight 2.weight, 2.weight 0.weight 1.weight",
      "1.3.bias 1.10.bias 7.5.bias, 0.0.bias 0.1.bias 1.0.bias",
      "2 10 9, 0 2 1",
      "0.4.x a a.3.x, 0.0.x a a.0.x",
      "5 5.3 5.3.1 5.4, 0 0.0 0.0.0 0.1",
      "standardize.mean 8.bias, standardize.mean 0.bias",
      "a.9.x b.9.x a.7.x, a.1.x b.0.x a.0.x",
      // Not positions: a leading zero, a sign, a letter, digits of another script, more digits than an int has.
      "01.weight 0.weight 2.weight, 01.weight 0.weight 1.weight",
      "00.weight 3.weight, 00.weight 0.weight",
      "-1.weight +2.weight 1e3.weight 3.weight, -1.weight +2.weight 1e3.weight 0.weight",
      "３.weight 3.weight, ３.weight 0.weight",
      "1234567890.weight 999999999.weight, 1234567890.weight 0.weight",
      "a..7 .7 7. ., a..0 .0 0. .",
  })
  void ranked(String names, String ranked) {
    assertEquals(List.of(ranked.split(" ")), List.copyOf(PositionalNames.byRank(List.of(names.split(" "))).keySet()));
    assertEquals(List.of(names.split(" ")), List.copyOf(PositionalNames.byRank(List.of(names.split(" "))).values()));
  }

  @ParameterizedTest
  @CsvSource({"0.weight, true", "17, true", "01.weight, false", "00, false", "a.0, false", "'', false", ".0, false",
      "-1.w, false", "999999999.w, true", "1000000000.w, false"})
  void isNumbered(String name, boolean numbered) {
    assertEquals(numbered, PositionalNames.isNumbered(name));
  }

  @Provide
  Arbitrary<Set<String>> names() {
    Arbitrary<String> part = Arbitraries.of("0", "1", "2", "9", "10", "01", "a", "b", "");
    return part.list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join(".", parts)).set().ofMaxSize(30);
  }

  /// The definition, container by container.
  @Property
  void asDefined(@ForAll("names") Set<String> names) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String name : names) {
      List<String> ranked = new ArrayList<>();
      String container = "";
      for (String part : name.split("\\.", -1)) {
        ranked.add(part.matches("0|[1-9][0-9]{0,8}") ? smallerIn(container, part, names) + "" : part);
        container += part + ".";
      }
      expected.put(String.join(".", ranked), name);
    }
    assertEquals(List.copyOf(expected.entrySet()), List.copyOf(PositionalNames.byRank(names).entrySet()));
  }

  private static int smallerIn(String container, String position, Collection<String> names) {
    Set<Integer> smaller = new HashSet<>();
    for (String name : names) {
      String part = name.startsWith(container) ? name.substring(container.length()).split("\\.", -1)[0] : "";
      if (part.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(part) < Integer.parseInt(position)) {
        smaller.add(Integer.valueOf(part));
      }
    }
    return smaller.size();
  }

  /// A name that counts how often a character of it is looked at.
  private record Counted(String text, long[] looks) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks[0]++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return text.subSequence(from, to);
    }
  }

  /// Looks at characters, in all.
  private static long looks(Collection<String> names) {
    long[] looks = new long[1];
    List<Counted> counted = names.stream().map(name -> new Counted(name, looks)).toList();
    assertEquals(names.size(), PositionalNames.byRank(counted).size());
    return looks[0];
  }

  @Test
  void manyLayersTakeTheWorkOfSortingThem() {
    for (int layers : new int[] {1_000, 20_000}) {
      Set<String> names = new LinkedHashSet<>();
      for (int layer = layers; layer > 0; layer--) {
        names.add(2 * layer + ".weight");
        names.add(2 * layer + ".bias");
      }
      long characters = names.stream().mapToLong(String::length).sum();
      long looks = looks(names);
      assertTrue(looks < 6 * characters * 16, layers + " layers: " + looks + " looks at " + characters + " characters");
    }
  }

  /// Each of a name's containers as a text of its own would be ten gigabytes.
  @Test
  void aNameOfManyNumbersTakesTheWorkOfReadingIt() {
    String deep = "7.".repeat(100_000) + "weight";
    long looks = looks(List.of(deep, "8." + deep, deep + ".bias"));
    assertTrue(looks < 60L * deep.length(), looks + " looks at three names of " + deep.length());
    Map<String, String> ranked = PositionalNames.byRank(List.of(deep));
    assertEquals("0.".repeat(100_000) + "weight", ranked.keySet().iterator().next());
    assertFalse(ranked.containsKey(deep));
  }
}
