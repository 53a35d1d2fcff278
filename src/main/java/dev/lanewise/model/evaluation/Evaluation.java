package dev.lanewise.model.evaluation;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.model.table.Labels;
import dev.lanewise.model.table.TextTable;
import dev.lanewise.train.data.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How well predictions fit the targets, on rows that should not have been trained on.
public sealed interface Evaluation {

  /// {@return the number of rows judged}
  int rows();

  /// {@return the figures as a readable table, with the names of outputs or classes}
  String report();

  /// How well numbers were predicted.
  ///
  /// | figure        | formula, over N rows and C outputs                                               |
  /// |---------------|----------------------------------------------------------------------------------|
  /// | R²            | 1 − Σ_n (o_n − y_n)² / Σ_n (y_n − ȳ)², of each output, then averaged over them   |
  /// | mean absolute | (1/NC) Σ \|o − y\|, in the targets' unit                                         |
  /// | mean squared  | (1/NC) Σ (o − y)²                                                                |
  ///
  /// R² is 1 for perfect predictions, 0 for those as good as the mean, and has no lower bound. Means are computed as by
  /// [Moments], so targets may have any magnitude and offset; NaN among the numbers gives NaN.
  ///
  /// @param r2 R²; NaN if all targets of an output are the same, as in a single row
  /// @param meanAbsoluteError in the targets' unit
  /// @param meanSquaredError in its square; infinite if it exceeds the largest number
  /// @param rootMeanSquaredError the root of the mean squared error, in the targets' unit; finite even then
  /// @param outputs the same of each output
  record Regression(int rows, double r2, double meanAbsoluteError, double meanSquaredError, double rootMeanSquaredError,
      List<Output> outputs) implements Evaluation {

    /// @throws NullPointerException if there are no figures of outputs
    public Regression {
      outputs = List.copyOf(outputs);
    }

    @Override
    public String report() {
      TextTable table = new TextTable(List.of("output", "R²", "mean abs. error", "root mean sq. error"));
      outputs.forEach(output -> table.with(
          output.name, output.r2, output.meanAbsoluteError, output.rootMeanSquaredError));
      return rows + " rows\n\n" + (outputs.size() == 1 ? table
          : table.with("all", r2, meanAbsoluteError, rootMeanSquaredError));
    }
  }

  /// How well one of several numbers was predicted.
  ///
  /// @param name of the output; its number where it has none
  /// @param r2 R²; NaN where all targets are the same
  /// @param meanAbsoluteError in the target's unit
  /// @param rootMeanSquaredError in the target's unit
  record Output(String name, double r2, double meanAbsoluteError, double rootMeanSquaredError) {}

  /// How well classes were predicted, the predicted class being the most probable one; ties go to the lowest class.
  ///
  /// | figure   | formula, over N rows                                             |
  /// |----------|------------------------------------------------------------------|
  /// | accuracy | the share of rows whose predicted class is their own             |
  /// | log-loss | −(1/N) Σ_n log p of the row's own class; slides, equation [48]   |
  ///
  /// ROC AUC, the area under the receiver operating characteristic, belongs to a class: the share of pairs of a row of
  /// it and one of another class in which the first has the larger probability of the class, ties counting half.
  /// Precision, recall and F1 are those of the [ConfusionMatrix].
  ///
  /// [48]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-48
  ///
  /// @param confusion how often each class was taken for each
  /// @param rocAucs of each class against the rest; NaN if all rows are of it, or none
  record Classification(int rows, double accuracy, double logLoss, ConfusionMatrix confusion, List<Double> rocAucs)
      implements Evaluation {

    /// @throws IllegalArgumentException if there are more or fewer areas than classes
    public Classification {
      rocAucs = List.copyOf(rocAucs);
      if (rocAucs.size() != confusion.classes().size()) {
        throw new IllegalArgumentException("Classification: " + rocAucs.size() + " areas, expected "
            + confusion.classes().size() + " as there are classes");
      }
    }

    /// {@return the area under the receiver operating characteristic of this class against the rest; NaN where all rows
    /// are of it, or none is}
    public double rocAuc(int label) {
      return rocAucs.get(label);
    }

    /// {@return the area under the receiver operating characteristic: of two classes that of class 1, which is that of
    /// class 0 as well; of more the mean over the classes for which it is a number}
    public double rocAuc() {
      return rocAucs.size() == 2 ? rocAucs.get(1)
          : rocAucs.stream().mapToDouble(area -> area).filter(area -> !Double.isNaN(area)).average().orElse(Double.NaN);
    }

    /// {@return the share of the rows predicted as this class that are of it; NaN where there are none}
    public double precision(int label) {
      return confusion.precision(label);
    }

    /// {@return the share of the rows of this class that are predicted as it; NaN where there are none}
    public double recall(int label) {
      return confusion.recall(label);
    }

    /// {@return the harmonic mean of precision and recall; NaN where no row is of the class and none predicted as it}
    public double f1(int label) {
      return confusion.f1(label);
    }

    /// {@return the mean of [#f1(int)] over the classes that occur or are predicted}
    public double macroF1() {
      return confusion.macroF1();
    }

    @Override
    public String report() {
      TextTable table = new TextTable(List.of("class", "rows", "precision", "recall", "F1", "ROC AUC"));
      for (int label = 0; label < rocAucs.size(); label++) {
        table.with(line(confusion.classes().get(label), confusion.rowsOf(label), precision(label), recall(label),
            f1(label), rocAuc(label)));
      }
      table.with(line("mean", confusion.rows(), confusion.macroPrecision(), confusion.macroRecall(), macroF1(),
          rocAuc()));
      return rows + " rows, accuracy " + TextTable.number(accuracy) + ", log-loss " + TextTable.number(logLoss)
          + "\n\n" + table + "\n" + confusion;
    }

    private static List<String> line(String name, long rows, double... figures) {
      return Stream.concat(Stream.of(name, Long.toString(rows)), Arrays.stream(figures).mapToObj(TextTable::number))
          .toList();
    }

    /// The figures, without those of single classes.
    @Override
    public String toString() {
      return "Classification[rows=" + rows + ", accuracy=" + accuracy + ", logLoss=" + logLoss + ", rocAuc=" + rocAuc()
          + ", macroF1=" + macroF1() + "]";
    }
  }

  /// Evaluates predicted numbers; outputs are named by their indices.
  ///
  /// @param outputs `[N, C]`
  /// @param targets `[N, C]`
  /// @return how good they are
  /// @throws IllegalArgumentException if the shapes differ or there is no row
  static Regression regression(Tensor outputs, Tensor targets) {
    return regression(outputs, targets, List.of());
  }

  /// Evaluates predicted numbers.
  ///
  /// @param outputs `[N, C]`
  /// @param targets `[N, C]`
  /// @param names of the outputs; their indices if there are none
  /// @return how good they are
  /// @throws IllegalArgumentException if the shapes differ, there is no row, or there are some but not C names
  static Regression regression(Tensor outputs, Tensor targets, List<String> names) {
    requireRows(outputs, targets.shape().rank() == 0 ? 0 : targets.shape().dim(0), "targets");
    if (!outputs.shape().equals(targets.shape())) {
      throw new IllegalArgumentException("Evaluation: targets have shape " + targets.shape() + ", expected "
          + outputs.shape());
    }
    int columns = outputs.shape().dim(1);
    List<String> named = names(names, columns);
    double[] r2 = new double[columns];
    double[] absolute = new double[columns];
    double[] root = new double[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      double[] wanted = IntStream.range(0, outputs.shape().dim(0)).mapToDouble(row -> targets.get(row, at)).toArray();
      double[] errors = new double[wanted.length];
      Arrays.setAll(errors, row -> outputs.get(row, at) - wanted[row]);
      absolute[column] = Moments.meanMagnitude(errors);
      root[column] = Moments.rootMeanSquare(errors);
      double deviation = Moments.standardDeviation(wanted);
      double ratio = root[column] / deviation;
      r2[column] = deviation == 0 ? Double.NaN : 1 - ratio * ratio;
    }
    double rootOfAll = Moments.rootMeanSquare(root);
    List<Output> each = IntStream.range(0, columns)
        .mapToObj(column -> new Output(named.get(column), r2[column], absolute[column], root[column])).toList();
    return new Regression(outputs.shape().dim(0), Moments.mean(r2), Moments.mean(absolute), rootOfAll * rootOfAll,
        rootOfAll, each);
  }

  /// Evaluates predicted classes by their logits; classes are named by their numbers.
  ///
  /// @param logits `[N, C]`
  /// @param labels the class of each row, 0 to C − 1
  /// @return how good they are
  /// @throws IllegalArgumentException if there is another number of labels than rows, no row, a label is none of the
  ///     classes, or a row of logits has NaN or an infinity as its largest
  static Classification classification(Tensor logits, int[] labels) {
    return classification(logits, labels, List.of());
  }

  /// Evaluates predicted classes by their logits, which give the log-loss without rounding probabilities to 0.
  ///
  /// @param logits `[N, C]`
  /// @param labels the class of each row, 0 to C − 1
  /// @param names of the classes; their numbers if there are none
  /// @return how good they are
  /// @throws IllegalArgumentException if there is another number of labels than rows, no row, a label is none of the
  ///     classes, a row of logits has NaN or an infinity as its largest, or there are some but not C names
  static Classification classification(Tensor logits, int[] labels, List<String> names) {
    requireRows(logits, labels.length, "labels");
    int rows = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    List<String> named = names(names, classes);
    Labels.require(labels, classes, "Evaluation");
    int[] predicted = Labels.ofLargest(logits, "Evaluation", "logits");
    Tensor logProbabilities = Tensor.zeros(Precision.DOUBLE, logits.shape());
    RowOps.logSoftmax(logits.to(Precision.DOUBLE), logProbabilities);
    int[][] confusion = new int[classes][classes];
    int right = 0;
    double[] logs = new double[rows];
    for (int row = 0; row < rows; row++) {
      confusion[labels[row]][predicted[row]]++;
      right += predicted[row] == labels[row] ? 1 : 0;
      logs[row] = logProbabilities.get(row, labels[row]);
    }
    // 0 − …, as −0 would be no loss to print.
    return new Classification(rows, (double) right / rows, 0 - Moments.mean(logs), ConfusionMatrix.of(named, confusion),
        Arrays.stream(RocAreas.of(logits, labels)).boxed().toList());
  }

  private static List<String> names(List<String> names, int count) {
    if (Objects.requireNonNull(names, "names").size() != count && !names.isEmpty()) {
      throw new IllegalArgumentException("Evaluation: " + names.size() + " names, expected " + count + " or none");
    }
    return names.isEmpty() ? Labels.numbered(count) : names;
  }

  private static void requireRows(Tensor outputs, int found, String name) {
    if (outputs.isNone() || outputs.shape().rank() != 2 || outputs.size() == 0) {
      throw new IllegalArgumentException("Evaluation: outputs have shape " + outputs.shape()
          + ", expected [rows, outputs] of at least 1 row");
    }
    if (found != outputs.shape().dim(0)) {
      throw new IllegalArgumentException("Evaluation: " + found + " rows of " + name + ", expected "
          + outputs.shape().dim(0));
    }
  }
}
