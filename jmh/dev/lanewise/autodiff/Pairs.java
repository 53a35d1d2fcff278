package dev.lanewise.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Pairs D × M as a benchmark's parameter: `1-4-16` for all nine pairs of these numbers, `8x16` for D = 8, M = 16,
/// several of these separated by slashes. (JMH takes a comma for the end of a value.)
final class Pairs {

  private static final Pattern AXIS = Pattern.compile("[1-9]\\d{0,5}(-[1-9]\\d{0,5})*");
  private static final Pattern PAIR = Pattern.compile("[1-9]\\d{0,5}x[1-9]\\d{0,5}");

  private Pairs() {}

  /// The distinct `{D, M}`, in the order of first appearance in `text`.
  ///
  /// @throws IllegalArgumentException if `text` has another form, or a pair twice
  static List<int[]> of(String text) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (PAIR.matcher(part).matches()) {
        pairs.add(numbers(part.split("x")));
      } else if (AXIS.matcher(part).matches()) {
        List<Integer> axis = numbers(part.split("-"));
        axis.forEach(d -> axis.forEach(m -> pairs.add(List.of(d, m))));
      } else {
        throw new IllegalArgumentException("cells are " + text
            + ", expected numbers as in 1-4-16 and pairs as in 8x16, with slashes between them");
      }
    }
    if (pairs.stream().distinct().count() != pairs.size()) {
      throw new IllegalArgumentException("cells are " + text + ", expected each pair once");
    }
    return pairs.stream().map(pair -> new int[] {pair.getFirst(), pair.getLast()}).toList();
  }

  private static List<Integer> numbers(String[] words) {
    return Stream.of(words).map(Integer::valueOf).toList();
  }
}
