package dev.lanewise.io;

import dev.lanewise.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Pairs a file's layers with a network's if names count layers by class, as in Flax and Keras: `Conv_0`, `Dense_0`,
/// `Dense_1`, or `conv2d`, `dense`, `dense_1`.
///
/// Such names do not say how the classes are interleaved. But layers with the same parameters of the same ranks are of
/// one kind, and the n-th of a kind in the file is the n-th in the network. If two classes share a kind, such as an
/// embedding and a dense layer without bias, shapes must distinguish them; what is still ambiguous is left out.
final class LayersByKind {

  private static final int MOST_DIGITS = 9;
  private static final String INNER = ".out_proj";

  /// A layer's name, as its class within those of its containers and its numbers, and its parameters' own names and
  /// shapes.
  private record Kind(String name, String classes, int[] numbers, Map<String, Shape> parameters) {

    String byRank() {
      StringBuilder kind = new StringBuilder();
      parameters.forEach((name, shape) -> kind.append(name).append(':').append(shape.rank()).append(' '));
      return kind.toString();
    }

    String byShape() {
      return parameters.toString();
    }

    String parameter(String own) {
      return name.isEmpty() ? own : name + "." + own;
    }
  }

  private LayersByKind() {}

  /// From a parameter's name to a tensor's, for the layers that can be paired.
  static Map<String, String> inFile(Map<String, Shape> here, Map<String, Shape> wanted) {
    Map<String, String> inFile = new LinkedHashMap<>();
    pair(layers(here), layers(wanted), List.of(Kind::byRank, Kind::byShape), inFile);
    return inFile;
  }

  private static void pair(List<Kind> here, List<Kind> wanted, List<Function<Kind, String>> kinds,
      Map<String, String> inFile) {
    Map<String, List<Kind>> byKind = by(kinds.getFirst(), here);
    by(kinds.getFirst(), wanted).forEach((kind, layers) -> {
      List<Kind> found = byKind.getOrDefault(kind, List.of());
      if (isOrdered(found) && found.size() == layers.size()) {
        for (int i = 0; i < found.size(); i++) {
          Kind from = found.get(i);
          Kind to = layers.get(i);
          to.parameters.keySet().forEach(own -> inFile.put(to.parameter(own), from.parameter(own)));
        }
      } else if (kinds.size() > 1) {
        pair(found, layers, kinds.subList(1, kinds.size()), inFile);
      }
    });
  }

  private static Map<String, List<Kind>> by(Function<Kind, String> kind, List<Kind> layers) {
    Map<String, List<Kind>> byKind = new LinkedHashMap<>();
    layers.forEach(layer -> byKind.computeIfAbsent(kind.apply(layer), _ -> new ArrayList<>()).add(layer));
    return byKind;
  }

  /// Sorts layers of one class by their numbers; false where there are several classes, or two layers of a number.
  private static boolean isOrdered(List<Kind> layers) {
    Set<List<Integer>> numbers = new HashSet<>();
    for (Kind layer : layers) {
      boolean isNew = numbers.add(Arrays.stream(layer.numbers).boxed().toList());
      if (!isNew || !layer.classes.equals(layers.getFirst().classes)) {
        return false;
      }
    }
    layers.sort(Comparator.comparing(Kind::numbers, Arrays::compare));
    return true;
  }

  private static List<Kind> layers(Map<String, Shape> parameters) {
    Map<String, Map<String, Shape>> layers = new LinkedHashMap<>();
    parameters.forEach((name, shape) -> {
      int dot = name.lastIndexOf('.');
      if (dot >= 0 && ("." + name.substring(0, dot)).endsWith(INNER)) {
        dot -= INNER.length(); // The output projection belongs to its attention layer.
      }
      layers.computeIfAbsent(name.substring(0, Math.max(dot, 0)), _ -> new TreeMap<>())
          .put(name.substring(dot + 1), shape);
    });
    List<Kind> kinds = new ArrayList<>();
    layers.forEach((name, own) -> kinds.add(kind(name, own)));
    return kinds;
  }

  /// A part's number follows its last `_`, or is all of it; 0 if there is none.
  private static Kind kind(String name, Map<String, Shape> parameters) {
    String[] parts = name.split("\\.", -1);
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int from = parts[i].lastIndexOf('_') + 1;
      if (isNumber(parts[i], from)) {
        numbers[i] = Integer.parseInt(parts[i], from, parts[i].length(), 10);
        parts[i] = parts[i].substring(0, Math.max(from - 1, 0));
      }
    }
    return new Kind(name, String.join(".", parts), numbers, parameters);
  }

  private static boolean isNumber(String part, int from) {
    int digits = part.length() - from;
    return digits > 0 && digits <= MOST_DIGITS && part.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }
}
