package dev.lanewise.model.table;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.train.data.Imputation;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.util.Arrays;
import java.util.List;

/// Sequences of different lengths as rows of one tensor, `[rows, longest·features + 1]`: the steps, padding, the
/// length.
public final class Sequences {

  private Sequences() {}

  /// The steps, zeros up to the longest, the length.
  public static Tensor rows(int longest, List<Tensor> sequences) {
    if (longest < 1 || sequences.isEmpty() || sequences.getFirst().shape().rank() != 2) {
      throw new IllegalArgumentException("Sequence: " + sequences.size() + " sequences of up to " + longest
          + " steps, expected at least 1 of both and [time, features] each");
    }
    Precision precision = sequences.getFirst().precision();
    int features = sequences.getFirst().shape().dim(1);
    int row = Shape.of(longest, features).size() + 1;
    Tensor rows = Tensor.zeros(precision, sequences.size(), row);
    for (int index = 0; index < sequences.size(); index++) {
      Tensor sequence = sequences.get(index);
      Shape shape = sequence.shape();
      if (sequence.precision() != precision || shape.rank() != 2 || shape.dim(1) != features || shape.dim(0) < 1
          || shape.dim(0) > longest) {
        throw new IllegalArgumentException("Sequence: sequence " + index + " is " + sequence.precision() + " " + shape
            + ", expected " + precision + " [time, " + features + "] of 1 to " + longest + " steps");
      }
      rows.view(index * row, shape).copyFrom(sequence);
      rows.set(index * row + row - 1, shape.dim(0));
    }
    return rows;
  }

  /// Checks the number at the end of each row.
  public static void requireLengths(Tensor rows, int longest, Object owner, String name) {
    int row = rows.shape().last();
    for (int index = 0; index < rows.shape().dim(0); index++) {
      double length = rows.get(index * row + row - 1);
      if (!(length >= 1 && length <= longest && length == Math.rint(length))) {
        throw new IllegalArgumentException(owner + ": " + name + " has length " + length + " at row " + index
            + ", expected a whole number from 1 to " + longest);
      }
    }
  }

  /// Fitted on the steps of the sequences: each step has its features' means and deviations, the length 0 and 1, which
  /// do not change it.
  public static Standardizer standardizer(Tensor rows, int features) {
    int row = rows.shape().last();
    Standardizer ofFeatures = Standardizer.fit(steps(rows, features));
    double[] mean = new double[row];
    double[] sd = new double[row];
    Arrays.setAll(mean, at -> ofFeatures.mean().get(at % features));
    Arrays.setAll(sd, at -> ofFeatures.sd().get(at % features));
    mean[row - 1] = 0;
    sd[row - 1] = 1;
    return Standardizer.of(Tensor.of(mean, row), Tensor.of(sd, row));
  }

  /// Fitted on the steps of the sequences: each step has its features' numbers, the length none.
  public static Imputer imputer(Imputation imputation, Tensor rows, int features) {
    Tensor ofFeatures = Imputer.fit(imputation, steps(rows, features)).values();
    double[] values = new double[rows.shape().last()];
    Arrays.setAll(values, at -> ofFeatures.get(at % features));
    values[values.length - 1] = Double.NaN;
    return Imputer.of(Tensor.of(values, values.length));
  }

  /// Checks that a length is taken as it is.
  public static void requireLengthAsItIs(Standardizer standardizer, Object owner) {
    int last = standardizer.columns() - 1;
    if (standardizer.mean().get(last) != 0 || standardizer.sd().get(last) != 1) {
      throw new IllegalArgumentException(owner + ": the length has mean " + standardizer.mean().get(last) + " and sd "
          + standardizer.sd().get(last) + ", expected 0 and 1, which leave it what it is");
    }
  }

  /// The steps that the sequences have, `[steps, features]`.
  private static Tensor steps(Tensor rows, int features) {
    int row = rows.shape().last();
    int steps = 0;
    for (int end = row - 1; end < rows.size(); end += row) {
      steps += (int) rows.get(end);
    }
    Tensor there = Tensor.zeros(rows.precision(), steps, features);
    int step = 0;
    for (int first = 0; first < rows.size(); first += row) {
      int count = (int) rows.get(first + row - 1);
      there.slice(step, count).copyFrom(rows.view(first, Shape.of(count, features)));
      step += count;
    }
    return there;
  }
}
