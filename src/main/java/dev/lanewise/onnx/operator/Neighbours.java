package dev.lanewise.onnx.operator;

import dev.lanewise.onnx.format.NodeProto;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/// Finds the supported operators whose names are nearest to one that is not supported.
final class Neighbours {

  private static final int MOST = 3;

  private Neighbours() {}

  /// {@return the message for a node with an unknown operator}
  static String unknown(NodeProto node, long opset, Set<String> known) {
    String domain = Operators.isOwn(node.domain()) ? "" : node.domain() + ".";
    String near = String.join(", ", known.stream()
        .sorted(Comparator.comparingInt((String name) -> distance(name, node.operator())).thenComparing(name -> name))
        .limit(MOST).toList());
    return node.label() + ": operator " + domain
        + node.operator() + " (opset " + opset + ") is not supported, expected one of ONNX's own among the "
        + known.size() + " in docs/onnx.md; near it: " + near;
  }

  /// The edit distance between two names, at most 1 where one contains the other.
  private static int distance(String known, String wanted) {
    String a = known.toLowerCase(Locale.ROOT);
    String b = wanted.toLowerCase(Locale.ROOT).substring(0, Math.min(wanted.length(), 64));
    int[] before = new int[b.length() + 1];
    for (int column = 0; column <= b.length(); column++) {
      before[column] = column;
    }
    for (int row = 1; row <= a.length(); row++) {
      int[] now = new int[b.length() + 1];
      now[0] = row;
      for (int column = 1; column <= b.length(); column++) {
        int same = before[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
        now[column] = Math.min(same, Math.min(before[column], now[column - 1]) + 1);
      }
      before = now;
    }
    boolean isPart = a.contains(b) || b.contains(a) && 2 * a.length() >= b.length();
    return isPart ? Math.min(1, before[b.length()]) : before[b.length()];
  }
}
