package dev.lanewise.model.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A readable table: the first column is left-aligned, the others right-aligned.
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  /// With these headings.
  public TextTable(List<String> headings) {
    lines.add(List.copyOf(headings));
  }

  /// With a line of as many cells as there are headings.
  public TextTable with(List<String> cells) {
    if (cells.size() != lines.getFirst().size()) {
      throw new IllegalArgumentException("TextTable: " + cells.size() + " cells, expected " + lines.getFirst().size());
    }
    lines.add(List.copyOf(cells));
    return this;
  }

  /// With a line of a name and numbers.
  public TextTable with(String name, double... numbers) {
    List<String> cells = new ArrayList<>(List.of(name));
    Arrays.stream(numbers).mapToObj(TextTable::number).forEach(cells::add);
    return with(cells);
  }

  /// Some four digits: `0.983`, `152.1`, `1.235e+07`.
  public static String number(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || value == 0) {
      return value == 0 ? "0" : Double.toString(value);
    } else if (size >= 1e-3 && size < 10) {
      return String.format(Locale.ROOT, "%.3f", value);
    } else if (size >= 10 && size < 1e5) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }

  /// The lines, each with its end.
  @Override
  public String toString() {
    int[] widths = new int[lines.getFirst().size()];
    lines.forEach(line -> Arrays.setAll(widths, column -> Math.max(widths[column], width(line.get(column)))));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - width(line.get(column)));
        row.append(column == 0 ? line.get(column) + padding : GAP + padding + line.get(column));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
