package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.file.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A table for messages: the parameters a network wants beside the tensors of a file.
///
/// ```
///   wanted             in the file
///   0.weight [32, 64]  net.0.weight [32, 64]
///   0.bias [32]        net.0.bias [32]
///   … 4 more
/// ```
final class SideBySide {

  private static final int MOST_ROWS = 12;
  private static final int MOST_CHARACTERS = 76;

  private SideBySide() {}

  /// Parameters without a tensor beside tensors without a parameter, in order, then matched pairs as far as there is
  /// room.
  ///
  /// @param inFile from a parameter's name to its tensor's, as far as known
  /// @param left tensors that belong to no parameter
  /// @param inWords describes a tensor
  static String of(ParameterSpec spec, Map<String, String> inFile, Collection<String> left,
      Function<String, String> inWords) {
    List<String> wanted = new ArrayList<>();
    List<String> matched = new ArrayList<>();
    for (ParameterSpec.Entry entry : spec.entries()) {
      (inFile.containsKey(entry.name()) ? matched : wanted).add(entry.name());
    }
    List<String> rest = new ArrayList<>(left);
    int unmatched = Math.max(wanted.size(), rest.size());
    int rows = Math.min(MOST_ROWS, unmatched + matched.size());
    String[][] table = new String[rows + 1][];
    table[0] = new String[] {"wanted", "in the file"};
    for (int row = 0; row < rows; row++) {
      String name = row >= unmatched ? matched.get(row - unmatched) : row < wanted.size() ? wanted.get(row) : null;
      String here = row >= unmatched ? inFile.get(name) : row < rest.size() ? rest.get(row) : null;
      table[row + 1] = new String[] {
          name == null ? "–" : cell(name, spec.entries().get(spec.indexOf(name)).shape().toString()),
          here == null ? "–" : cell(here, inWords.apply(here))};
    }
    int more = unmatched + matched.size() - rows;
    return text(table) + (more > 0 ? "\n  … " + more + " more" : "");
  }

  private static String cell(String name, String what) {
    String shape = Excerpt.of(what);
    int room = Math.max(MOST_CHARACTERS - shape.length(), 0);
    return Excerpt.of(name.length() <= room ? name + " " + shape : name.substring(0, room) + "… " + shape);
  }

  private static String text(String[][] table) {
    int width = 0;
    for (String[] row : table) {
      width = Math.max(width, row[0].length());
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : table) {
      text.append("\n  ").append(row[0]).repeat(' ', width - row[0].length() + 2).append(row[1]);
    }
    return text.toString();
  }
}
