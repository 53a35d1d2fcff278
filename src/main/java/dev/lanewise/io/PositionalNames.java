package dev.lanewise.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names of parameters that identify layers by their order, whatever their position numbers are.
///
/// A container numbers its layers, and those without parameters leave gaps: PyTorch's `Sequential` counts activations,
/// so its layers are 0, 2, 4, where layers that include their activation are 0, 1, 2. Replacing each number by its rank
/// among its siblings makes both the same, at each level of nested containers. Positions have no leading zeros: `01` is
/// an ordinary name.
///
/// | names                   | ranked                 |
/// |-------------------------|------------------------|
/// | `0.weight`, `2.weight`  | `0.weight`, `1.weight` |
/// | `1.3.bias`, `1.10.bias` | `0.0.bias`, `0.1.bias` |
/// | `standardize.mean`      | the same               |
///
/// A file chooses its names, so the work is that of sorting them, which puts siblings side by side in the order of
/// their positions. No container gets its own object, as one name can have a million containers.
final class PositionalNames {

  private static final int MOST_DIGITS = 9;

  private PositionalNames() {}

  /// The names by their ranked form, in their order.
  static <N extends CharSequence> Map<String, N> byRank(Collection<N> names) {
    List<N> sorted = new ArrayList<>(names);
    sorted.sort(BY_PARTS);
    Map<N, String> ranked = new HashMap<>();
    CharSequence before = "";
    Ranks ranks = new Ranks();
    for (N name : sorted) {
      ranked.put(name, ranks.ranked(before, name));
      before = name;
    }
    Map<String, N> byRank = new LinkedHashMap<>();
    for (N name : names) {
      byRank.put(ranked.get(name), name);
    }
    return byRank;
  }

  /// Part by part; positions before other parts, and by number: without leading zeros the longer one is larger.
  private static final Comparator<CharSequence> BY_PARTS = (a, b) -> {
    int from = commonParts(a, b);
    if (from > a.length() || from > b.length()) {
      return Integer.compare(a.length(), b.length()); // One ends where the other goes on.
    }
    int endOfA = end(a, from);
    int endOfB = end(b, from);
    boolean positionInA = isPosition(a, from, endOfA);
    if (positionInA != isPosition(b, from, endOfB)) {
      return positionInA ? -1 : 1;
    }
    int at = from;
    while (at < endOfA && at < endOfB && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return positionInA && endOfA != endOfB || at == endOfA || at == endOfB
        ? Integer.compare(endOfA, endOfB) : Character.compare(a.charAt(at), b.charAt(at));
  };

  /// Where the first part begins that differs; after the shorter's end if the longer contains all of it.
  private static int commonParts(CharSequence a, CharSequence b) {
    int part = 0;
    for (int at = 0; true; at++) {
      boolean ends = at == a.length() || at == b.length();
      if (ends) {
        boolean wholePart = (at == a.length() || a.charAt(at) == '.') && (at == b.length() || b.charAt(at) == '.');
        return wholePart ? at + 1 : part;
      }
      if (a.charAt(at) != b.charAt(at)) {
        return part;
      }
      if (a.charAt(at) == '.') {
        part = at + 1;
      }
    }
  }

  /// The ranks of the last name's positions, by their depth.
  private static final class Ranks {

    private final List<Integer> ranks = new ArrayList<>();

    /// @param before the name before this one in the order of their parts
    String ranked(CharSequence before, CharSequence name) {
      int common = commonParts(before, name);
      boolean firstWithin = common > before.length(); // The name before is that of the container itself.
      StringBuilder ranked = new StringBuilder(name.length());
      int depth = 0;
      for (int from = 0; from <= name.length(); depth++) {
        int end = end(name, from);
        if (isPosition(name, from, end)) {
          ranked.append(rank(depth, from, firstWithin ? common - 1 : common));
        } else {
          ranked.append(name, from, end);
        }
        ranked.append(end == name.length() ? "" : ".");
        from = end + 1;
      }
      return ranked.toString();
    }

    /// A part before `common` keeps its rank from the name before, at it comes a sibling's successor, after it the
    /// first in its container.
    private int rank(int depth, int from, int common) {
      while (ranks.size() <= depth) {
        ranks.add(-1);
      }
      int rank = from > common ? 0 : from == common ? ranks.get(depth) + 1 : ranks.get(depth);
      ranks.set(depth, rank);
      return rank;
    }
  }

  /// Whether the name's outermost part is a position.
  static boolean isNumbered(CharSequence name) {
    return isPosition(name, 0, end(name, 0));
  }

  private static int end(CharSequence name, int from) {
    int end = from;
    while (end < name.length() && name.charAt(end) != '.') {
      end++;
    }
    return end;
  }

  private static boolean isPosition(CharSequence name, int from, int end) {
    if (end == from || end - from > MOST_DIGITS || name.charAt(from) == '0' && end > from + 1) {
      return false;
    }
    for (int at = from; at < end; at++) {
      if (name.charAt(at) < '0' || name.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }
}
