package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.train.data.Moments;
import java.util.Arrays;

/// How well predictions fit what was to be predicted, on rows that should not have been trained on.
public sealed interface Evaluation {

  /// The number of rows judged.
  int rows();

  /// How well numbers were predicted.
  ///
  /// | what             | formula, over N rows and C outputs                                          |
  /// |------------------|-----------------------------------------------------------------------------|
  /// | R²               | 1 − Σ_n (o_n − y_n)² / Σ_n (y_n − ȳ)², of each output, then averaged over them |
  /// | mean absolute    | (1/NC) Σ \|o − y\|, in the targets' unit                                      |
  /// | mean squared     | (1/NC) Σ (o − y)²                                                            |
  ///
  /// R² is 1 for perfect predictions, 0 for those as good as the mean, and has no lower bound.
  ///
  /// Means are taken as [Moments] takes them, so that targets of any size and offset are judged rightly; NaN among the
  /// numbers gives NaN.
  ///
  /// @param r2 R²; NaN where all targets of an output are the same, as in a single row
  /// @param meanAbsoluteError in the targets' unit
  /// @param meanSquaredError in its square; infinite where that is beyond the largest number
  /// @param rootMeanSquaredError the root of the mean squared error, in the targets' unit, finite also there
  record Regression(int rows, double r2, double meanAbsoluteError, double meanSquaredError, double rootMeanSquaredError)
      implements Evaluation {}

  /// How well classes were predicted, the predicted class being the most probable one, of equals the first.
  ///
  /// | what      | formula, over N rows                                         |
  /// |-----------|--------------------------------------------------------------|
  /// | accuracy  | the share of rows whose predicted class is their own         |
  /// | log-loss  | −(1/N) Σ_n log p of the row's own class; slides, equation 48 |
  /// | confusion | entry (i, j) counts the rows of class i predicted as class j |
  ///
  /// @param confusion row by row; not to be changed
  record Classification(int rows, double accuracy, double logLoss, int[][] confusion) implements Evaluation {

    /// The share of the rows predicted as this class that are of it; NaN where there are none.
    public double precision(int label) {
      return (double) confusion[label][label] / Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
    }

    /// The share of the rows of this class that are predicted as it; NaN where there are none.
    public double recall(int label) {
      return (double) confusion[label][label] / Arrays.stream(confusion[label]).sum();
    }

    /// The figures, without the confusion matrix.
    @Override
    public String toString() {
      return "Classification[rows=" + rows + ", accuracy=" + accuracy + ", logLoss=" + logLoss + "]";
    }
  }

  /// Judges predicted numbers.
  ///
  /// @param outputs `[N, C]`
  /// @param targets `[N, C]`
  /// @throws IllegalArgumentException if the shapes differ or there is no row
  static Regression regression(Tensor outputs, Tensor targets) {
    requireRows(outputs, targets.shape().rank() == 0 ? 0 : targets.shape().dim(0), "targets");
    if (!outputs.shape().equals(targets.shape())) {
      throw new IllegalArgumentException("Evaluation: targets have shape " + targets.shape() + ", expected " + outputs.shape());
    }
    int rows = outputs.shape().dim(0);
    int columns = outputs.shape().dim(1);
    double[] errors = new double[rows];
    double[] wanted = new double[rows];
    double[] r2 = new double[columns];
    double[] absolute = new double[columns];
    double[] root = new double[columns];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        wanted[row] = targets.get(row, column);
        errors[row] = outputs.get(row, column) - wanted[row];
      }
      absolute[column] = Moments.meanMagnitude(errors);
      root[column] = Moments.rootMeanSquare(errors);
      double deviation = Moments.standardDeviation(wanted);
      double ratio = root[column] / deviation;
      r2[column] = deviation == 0 ? Double.NaN : 1 - ratio * ratio;
    }
    double rootOfAll = Moments.rootMeanSquare(root);
    return new Regression(rows, Moments.mean(r2), Moments.mean(absolute), rootOfAll * rootOfAll, rootOfAll);
  }

  /// Judges predicted classes by their logits, from which the log-loss follows without rounding probabilities to 0.
  ///
  /// @param logits `[N, C]`
  /// @param labels the class of each row, 0 to C − 1
  /// @throws IllegalArgumentException if there is another number of labels than rows, no row, a label is none of the
  ///     classes, or a row of logits has NaN or an infinity as its largest
  static Classification classification(Tensor logits, int[] labels) {
    requireRows(logits, labels.length, "labels");
    int rows = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
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
    return new Classification(rows, (double) right / rows, 0 - Moments.mean(logs), confusion);
  }

  private static void requireRows(Tensor outputs, int found, String name) {
    if (outputs.isNone() || outputs.shape().rank() != 2 || outputs.size() == 0) {
      throw new IllegalArgumentException("Evaluation: outputs have shape " + outputs.shape() + ", expected [rows, outputs] of at least 1 row");
    }
    if (found != outputs.shape().dim(0)) {
      throw new IllegalArgumentException("Evaluation: " + found + " rows of " + name + ", expected " + outputs.shape().dim(0));
    }
  }
}
