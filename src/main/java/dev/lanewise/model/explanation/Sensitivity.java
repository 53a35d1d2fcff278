package dev.lanewise.model.explanation;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.table.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// How strongly a model's outputs depend on each number of its inputs, on average over the rows of a data set:
///
/// S_md = s_d·(1/N) Σ_n |∂y_m/∂x_d (x_n)|
///
/// with s_d the standard deviation (over N) of feature d in these rows. So S_md is how far output m moves, in its own
/// unit, if feature d moves by its standard deviation at the slope of the row, which makes features of different units
/// comparable. It is 0 for a constant feature.
///
/// A mean of slopes misses steps between the rows, such as those of an inactive rectifier, and correlations of
/// features; [PermutationImportance] is complementary.
///
/// The standard deviation is that of a column, of a channel over all pixels of images, or of a feature over all steps
/// of sequences. Dimopoulos, Bourret and Lek, *Use of some sensitivity criteria for choosing networks with good
/// generalization ability*, 1995, take the sum of squared slopes; the mean magnitude keeps the output's unit.
///
/// @param values S, `[M, D]`, in double; not to be changed
/// @param outputs the names of the M outputs or classes
/// @param features the names of the D numbers
public record Sensitivity(Tensor values, List<String> outputs, List<String> features) {

  private static final int MOST_LINES = 30;
  private static final int MOST_NUMBERS = 1 << 20;
  private static final int MOST_ROWS = 64;

  /// @throws IllegalArgumentException if there is not a name for each output and each number
  public Sensitivity {
    outputs = List.copyOf(outputs);
    features = List.copyOf(features);
    values.require(Precision.DOUBLE, Shape.of(outputs.size(), features.size()), "Sensitivity", "values");
  }

  /// Over the rows of `x`.
  ///
  /// @param prepare makes the model's Jacobians for a shape
  /// @param x `[N, …]`
  /// @param spread s, of each of the D numbers
  /// @param outputs the names of the M outputs
  /// @param features the names of the D numbers
  /// @return the mean slopes
  /// @throws IllegalArgumentException if there is no row, or a number is one that the model does not take
  public static Sensitivity of(
      Function<Shape, PreparedModelJacobian> prepare, Tensor x, double[] spread, List<String> outputs,
      List<String> features) {
    int rows = x.shape().dim(0);
    if (rows < 1) {
      throw new IllegalArgumentException("Sensitivity: x has 0 rows, expected at least 1");
    }
    int m = outputs.size();
    int d = features.size();
    int slice = Math.min(rows, Math.clamp(MOST_NUMBERS / ((long) m * d), 1, MOST_ROWS));
    double[] sums = new double[m * d];
    PreparedModelJacobian prepared = null;
    for (int from = 0; from < rows; from += slice) {
      Tensor part = x.slice(from, Math.min(slice, rows - from));
      if (prepared == null || prepared.shape().dim(0) != part.shape().dim(0)) {
        prepared = prepare.apply(part.shape());
      }
      Tensor jacobian = Tensor.zeros(Precision.DOUBLE, prepared.shape());
      prepared.at(part, Tensor.zeros(Precision.DOUBLE, part.shape().dim(0), m), jacobian);
      for (int at = 0; at < jacobian.size(); at++) {
        sums[at % sums.length] += Math.abs(jacobian.get(at));
      }
    }
    for (int at = 0; at < sums.length; at++) {
      sums[at] = sums[at] / rows * spread[at % d];
    }
    return new Sensitivity(Tensor.of(sums, m, d), outputs, features);
  }

  /// {@return S_md}
  public double of(int output, int feature) {
    return values.get(output, feature);
  }

  /// {@return the numbers by their largest S over the outputs, the largest first}
  public List<Integer> ranking() {
    return IntStream.range(0, features.size()).boxed()
        .sorted(Comparator.comparingDouble((Integer feature) -> -largest(feature)).thenComparing(feature -> feature))
        .toList();
  }

  private double largest(int feature) {
    return IntStream.range(0, outputs.size()).mapToDouble(output -> of(output, feature)).max().orElse(0);
  }

  /// {@return the thirty numbers on which an output depends most, as a table for people}
  public String report() {
    List<String> headings = new ArrayList<>(List.of("feature"));
    headings.addAll(outputs);
    TextTable table = new TextTable(headings);
    ranking().stream().limit(MOST_LINES).forEach(feature -> table.with(features.get(feature),
        IntStream.range(0, outputs.size()).mapToDouble(output -> of(output, feature)).toArray()));
    int left = features.size() - MOST_LINES;
    return table + (left > 0 ? "… " + left + " more\n" : "");
  }

  /// For example `Sensitivity[3 outputs by 4 features]`.
  @Override
  public String toString() {
    return "Sensitivity[" + outputs.size() + " outputs by " + features.size() + " features]";
  }
}
