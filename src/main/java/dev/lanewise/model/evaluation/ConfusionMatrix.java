package dev.lanewise.model.evaluation;

import dev.lanewise.model.table.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// How often each class is taken for each: entry (i, j) counts the rows of class i predicted as class j.
///
/// | figure    | formula for class c, n_ij the entries                                | NaN if                  |
/// |-----------|----------------------------------------------------------------------|-------------------------|
/// | precision | n_cc / Σ_i n_ic                                                      | nothing is predicted as c |
/// | recall    | n_cc / Σ_j n_cj                                                      | no row is of c          |
/// | F1        | 2·n_cc / (Σ_i n_ic + Σ_j n_cj)                                       | both                    |
/// | macro     | the mean over classes that occur or are predicted, NaN counting as 0 | there is no row         |
/// | accuracy  | Σ_c n_cc / Σ_ij n_ij                                                 | there is no row         |
///
/// F1 is the harmonic mean of precision and recall: van Rijsbergen, *Information retrieval*, 1979. Immutable.
public final class ConfusionMatrix {

  private final List<String> classes;
  private final int[][] counts;

  private ConfusionMatrix(List<String> classes, int[][] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /// {@return a matrix of these counts, of classes with these names}
  ///
  /// @throws IllegalArgumentException if there is no class, the counts are not a row and a column for each, or one is
  ///     negative
  public static ConfusionMatrix of(List<String> classes, int[][] counts) {
    int n = classes.size();
    boolean square = counts.length == n && Arrays.stream(counts).allMatch(row -> row.length == n);
    if (n == 0 || !square || Arrays.stream(counts).flatMapToInt(Arrays::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("ConfusionMatrix: " + counts.length + " rows of counts, expected " + n
          + " of " + n + " as there are classes, at least 1, each count at least 0");
    }
    return new ConfusionMatrix(List.copyOf(classes), Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new));
  }

  /// {@return the names of the classes, by number; unmodifiable}
  public List<String> classes() {
    return classes;
  }

  /// {@return the rows of class `label` predicted as class `predicted`}
  public int count(int label, int predicted) {
    return counts[label][predicted];
  }

  /// {@return all counts, in new arrays}
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /// {@return the rows counted}
  public long rows() {
    return IntStream.range(0, classes.size()).mapToLong(this::rowsOf).sum();
  }

  /// {@return the rows of a class}
  public long rowsOf(int label) {
    return Arrays.stream(counts[label]).asLongStream().sum();
  }

  /// {@return the rows predicted as a class}
  public long predictedAs(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  /// {@return the share of the rows whose predicted class is their own; NaN where there are none}
  public double accuracy() {
    return (double) IntStream.range(0, classes.size()).mapToLong(label -> counts[label][label]).sum() / rows();
  }

  /// {@return the share of the rows predicted as this class that are of it; NaN where there are none}
  public double precision(int label) {
    return (double) counts[label][label] / predictedAs(label);
  }

  /// {@return the share of the rows of this class that are predicted as it; NaN where there are none}
  public double recall(int label) {
    return (double) counts[label][label] / rowsOf(label);
  }

  /// {@return the harmonic mean of precision and recall; 0 where one of them is, NaN where no row is of the class and
  /// none predicted as it}
  public double f1(int label) {
    return 2.0 * counts[label][label] / (rowsOf(label) + predictedAs(label));
  }

  /// {@return the mean precision of the classes that occur or are predicted; 0 for one that is not predicted}
  public double macroPrecision() {
    return macro(this::precision);
  }

  /// {@return the mean recall of the classes that occur or are predicted; 0 for one that does not occur}
  public double macroRecall() {
    return macro(this::recall);
  }

  /// {@return the mean F1 of the classes that occur or are predicted}
  public double macroF1() {
    return macro(this::f1);
  }

  private double macro(IntToDoubleFunction figure) {
    return IntStream.range(0, classes.size()).filter(label -> rowsOf(label) + predictedAs(label) > 0)
        .mapToDouble(figure).map(value -> Double.isNaN(value) ? 0 : value).average().orElse(Double.NaN);
  }

  /// {@return the counts of both, as of two folds}
  ///
  /// @throws IllegalArgumentException if the other's classes have other names
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (!other.classes.equals(classes)) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: the other has the classes " + other.classes + ", expected " + classes);
    }
    int[][] sums = counts();
    for (int label = 0; label < sums.length; label++) {
      for (int predicted = 0; predicted < sums.length; predicted++) {
        sums[label][predicted] = Math.addExact(sums[label][predicted], other.counts[label][predicted]);
      }
    }
    return new ConfusionMatrix(classes, sums);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && classes.equals(matrix.classes)
        && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(counts);
  }

  /// A table with a line for each class, and a column for each that its rows are predicted as.
  @Override
  public String toString() {
    List<String> headings = new ArrayList<>(List.of("is \\ predicted"));
    headings.addAll(classes);
    TextTable table = new TextTable(headings);
    for (int label = 0; label < counts.length; label++) {
      List<String> cells = new ArrayList<>(List.of(classes.get(label)));
      Arrays.stream(counts[label]).mapToObj(Integer::toString).forEach(cells::add);
      table.with(cells);
    }
    return table.toString();
  }
}
