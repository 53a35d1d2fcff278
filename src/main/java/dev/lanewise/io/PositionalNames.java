package dev.lanewise.io;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Names of parameters under which layers are told by their order, whatever positions they are numbered by.
///
/// A container numbers its layers, and those without parameters leave gaps: PyTorch's `Sequential` counts activations, so
/// its layers are 0, 2, 4, where layers that take their activation along are 0, 1, 2. Replacing each number by its rank
/// among its siblings makes both the same. Containers in containers are ranked at each level.
///
/// | names                     | ranked                |
/// |---------------------------|-----------------------|
/// | `0.weight`, `2.weight`    | `0.weight`, `1.weight` |
/// | `1.3.bias`, `1.10.bias`   | `0.0.bias`, `0.1.bias` |
/// | `standardize.mean`        | the same              |
final class PositionalNames {

  private PositionalNames() {}

  /// The names by their ranked form, in their order.
  static Map<String, String> byRank(Collection<String> names) {
    Map<String, SortedSet<Integer>> positions = new HashMap<>();
    for (String name : names) {
      String container = "";
      for (String part : name.split("\\.", -1)) {
        if (isPosition(part)) {
          positions.computeIfAbsent(container, _ -> new TreeSet<>()).add(Integer.valueOf(part));
        }
        container += part + ".";
      }
    }
    Map<String, String> byRank = new LinkedHashMap<>();
    for (String name : names) {
      byRank.put(ranked(name, positions), name);
    }
    return byRank;
  }

  private static String ranked(String name, Map<String, SortedSet<Integer>> positions) {
    StringBuilder ranked = new StringBuilder();
    String container = "";
    for (String part : name.split("\\.", -1)) {
      ranked.append(container.isEmpty() ? "" : ".");
      ranked.append(isPosition(part) ? positions.get(container).headSet(Integer.valueOf(part)).size() + "" : part);
      container += part + ".";
    }
    return ranked.toString();
  }

  /// Whether the name's outermost part is a position.
  static boolean isNumbered(String name) {
    return isPosition(name.split("\\.", -1)[0]);
  }

  private static boolean isPosition(String part) {
    return part.matches("0|[1-9][0-9]{0,8}");
  }
}
