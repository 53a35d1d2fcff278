package dev.lanewise.examples;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Numbers in rows and named columns; the last column is the target.
///
/// @param columns the columns' names
/// @param values `[rows, columns]`
record Table(List<String> columns, Tensor values) {

  /// Reads a CSV file that lies beside the examples: a line of names, then a line of numbers for each row.
  static Table read(String name) throws IOException {
    try (InputStream in = Examples.open(name)) {
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  /// @param name of the file, for messages
  static Table parse(String name, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      throw new IOException(name + ": is empty, expected a line of names");
    }
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    Tensor values = Tensor.zeros(Precision.DOUBLE, lines.size() - 1, columns.size());
    for (int row = 1; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      if (cells.length != columns.size()) {
        throw new IOException(name + ": line " + (row + 1) + " has " + cells.length + " columns, expected "
            + columns.size());
      }
      for (int column = 0; column < cells.length; column++) {
        double value = number(cells[column]);
        if (!Double.isFinite(value)) {
          throw new IOException(name + ": line " + (row + 1) + ", column " + columns.get(column) + " is '"
              + cells[column] + "', expected a number");
        }
        values.set((row - 1) * cells.length + column, value);
      }
    }
    return new Table(columns, values);
  }

  /// NaN for a text that is no number.
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  int rows() {
    return values.shape().dim(0);
  }

  /// All columns but the last, `[rows, columns − 1]`.
  Tensor features() {
    return columns(0, columns.size() - 1);
  }

  static int firstOf(int label, int... labels) {
    int row = 0;
    while (labels[row] != label) {
      row++;
    }
    return row;
  }

  /// The last column, `[rows, 1]`.
  Tensor target() {
    return columns(columns.size() - 1, 1);
  }

  /// The last column as class numbers.
  int[] labels() {
    int[] labels = new int[rows()];
    for (int row = 0; row < labels.length; row++) {
      double value = values.get(row, columns.size() - 1);
      labels[row] = (int) value;
      if (labels[row] != value) {
        throw new IllegalArgumentException(
            "Table: " + columns.getLast() + " is " + value + " in row " + row + ", expected the number of a class");
      }
    }
    return labels;
  }

  private Tensor columns(int from, int count) {
    Tensor part = Tensor.zeros(Precision.DOUBLE, rows(), count);
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < count; column++) {
        part.set(row * count + column, values.get(row, from + column));
      }
    }
    return part;
  }
}
