package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
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
  /// @param r2 R²; NaN where all targets of an output are the same, as in a single row
  record Regression(int rows, double r2, double meanAbsoluteError, double meanSquaredError) implements Evaluation {

    /// The root of the mean squared error, in the targets' unit.
    public double rootMeanSquaredError() {
      return Math.sqrt(meanSquaredError);
    }
  }

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
    double absolute = 0;
    double squared = 0;
    double r2 = 0;
    for (int column = 0; column < columns; column++) {
      double mean = 0;
      for (int row = 0; row < rows; row++) {
        mean += targets.get(row, column) / rows;
      }
      double residual = 0;
      double total = 0;
      for (int row = 0; row < rows; row++) {
        double error = outputs.get(row, column) - targets.get(row, column);
        double distance = targets.get(row, column) - mean;
        absolute += Math.abs(error);
        residual += error * error;
        total += distance * distance;
      }
      squared += residual;
      r2 += (isConstant(targets, column) ? Double.NaN : 1 - residual / total) / columns;
    }
    double count = (double) rows * columns;
    return new Regression(rows, r2, absolute / count, squared / count);
  }

  private static boolean isConstant(Tensor targets, int column) {
    for (int row = 1; row < targets.shape().dim(0); row++) {
      if (targets.get(row, column) != targets.get(0, column)) {
        return false;
      }
    }
    return true;
  }

  /// Judges predicted classes by their logits, from which the log-loss follows without rounding probabilities to 0.
  ///
  /// @param logits `[N, C]`
  /// @param labels the class of each row, 0 to C − 1
  /// @throws IllegalArgumentException if there is another number of labels than rows, no row, or a label is none of the classes
  static Classification classification(Tensor logits, int[] labels) {
    requireRows(logits, labels.length, "labels");
    int rows = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    Labels.require(labels, classes, "Evaluation");
    Tensor logProbabilities = Tensor.zeros(Precision.DOUBLE, logits.shape());
    RowOps.logSoftmax(logits.to(Precision.DOUBLE), logProbabilities);
    int[] predicted = Labels.ofLargest(logits);
    int[][] confusion = new int[classes][classes];
    int right = 0;
    double logLoss = 0;
    for (int row = 0; row < rows; row++) {
      confusion[labels[row]][predicted[row]]++;
      right += predicted[row] == labels[row] ? 1 : 0;
      logLoss -= logProbabilities.get(row, labels[row]);
    }
    return new Classification(rows, (double) right / rows, logLoss / rows, confusion);
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
