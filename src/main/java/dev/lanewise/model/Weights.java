package dev.lanewise.model;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.train.data.Moments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// How much rows and classes count in a fit: training minimizes Σ_n w_n·ℓ_n / Σ_n w_n, and the validation loss is
/// weighted alike.
///
/// | given              | w_n                                                                                |
/// |--------------------|------------------------------------------------------------------------------------|
/// | [#ofRows]          | the row's                                                                          |
/// | [#ofClasses]       | that of the row's class                                                            |
/// | [#balanced]        | N/(C·N_c) for class c of C with N_c of the N rows: all classes count the same      |
/// | one of each        | their product                                                                      |
///
/// Training rows and rows held out are each scaled to a mean weight of 1. A batch's loss is the mean of w_n·ℓ_n, not
/// divided by the batch's own weights, so its expectation is the mean over the whole set. King and Zeng, *Logistic
/// regression in rare events data*, 2001, for balanced weights.
///
/// Standardizers and imputers ignore weights.
public final class Weights {

  private static final Weights NONE = new Weights(new double[0], new double[0], false);

  private final double[] rows;
  private final double[] classes;
  private final boolean balanced;

  private Weights(double[] rows, double[] classes, boolean balanced) {
    this.rows = rows;
    this.classes = classes;
    this.balanced = balanced;
  }

  /// {@return weights by which all count alike}
  public static Weights none() {
    return NONE;
  }

  /// {@return a weight for each row; the weight of a row that stands for several may be their number}
  ///
  /// @throws IllegalArgumentException if there is none, one is negative, NaN or infinite, or all are 0
  public static Weights ofRows(double... weights) {
    return new Weights(checked(weights, "rows", "row"), new double[0], false);
  }

  /// {@return a weight for each class, by number}
  ///
  /// @throws IllegalArgumentException if there is none, one is negative, NaN or infinite, or all are 0
  public static Weights ofClasses(double... weights) {
    return new Weights(new double[0], checked(weights, "classes", "class"), false);
  }

  /// {@return weights by which each class counts as much as any other}
  public static Weights balanced() {
    return new Weights(new double[0], new double[0], true);
  }

  /// {@return the product of both: one of rows, one of classes}
  ///
  /// @throws IllegalArgumentException if both are of rows, or both of classes
  public Weights and(Weights other) {
    if (rows.length > 0 && other.rows.length > 0 || isOfClasses() && other.isOfClasses()) {
      throw new IllegalArgumentException("Weights: both are " + (rows.length > 0 ? "of rows" : "of classes")
          + ", expected one of rows and one of classes");
    }
    return new Weights(rows.length > 0 ? rows : other.rows, classes.length > 0 ? classes : other.classes,
        balanced || other.balanced);
  }

  private static double[] checked(double[] weights, String what, String one) {
    for (int at = 0; at < weights.length; at++) {
      if (!(weights[at] >= 0 && weights[at] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("Weights: the weight of " + one + " " + at + " is " + weights[at]
            + ", expected a finite number, at least 0");
      }
    }
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          "Weights: all " + weights.length + " weights of " + what + " are 0, expected one above 0");
    }
    return weights.clone();
  }

  private boolean isOfClasses() {
    return balanced || classes.length > 0;
  }

  private boolean isNone() {
    return rows.length == 0 && !isOfClasses();
  }

  /// The weights of the rows of a regression; none where all count alike.
  double[] of(int count, Object owner) {
    if (isOfClasses()) {
      throw new IllegalArgumentException(owner
          + ": weights are of classes, expected weights of rows, as there are no classes");
    }
    return requireCount(rows, count, "rows", owner);
  }

  /// The weights of the rows of a classification; none where all count alike.
  double[] of(int[] labels, int count, Object owner) {
    if (isNone()) {
      return rows;
    }
    requireCount(rows, labels.length, "rows", owner);
    requireCount(classes, count, "classes", owner);
    double[] ofClass = balanced ? balance(labels, count) : classes;
    double[] weights = new double[labels.length];
    Arrays.setAll(weights, row -> (rows.length == 0 ? 1 : rows[row])
        * (ofClass.length == 0 ? 1 : ofClass[labels[row]]));
    return weights;
  }

  private static double[] balance(int[] labels, int count) {
    double[] counts = new double[count];
    for (int label : labels) {
      counts[label]++;
    }
    return Arrays.stream(counts).map(members -> members == 0 ? 0 : labels.length / (count * members)).toArray();
  }

  private static double[] requireCount(double[] weights, int count, String what, Object owner) {
    if (weights.length != 0 && weights.length != count) {
      throw new IllegalArgumentException(owner + ": " + weights.length + " weights of " + what + ", expected " + count);
    }
    return weights;
  }

  /// The weights scaled to a mean of 1, as a loss takes them.
  static Tensor normalized(double[] weights, Precision precision, Object owner, String what) {
    if (weights.length == 0) {
      return Tensor.none();
    }
    double largest = Arrays.stream(weights).max().orElse(0);
    // By the largest first: neither the mean nor a quotient overflows then.
    double[] shares = Arrays.stream(weights).map(weight -> weight / largest).toArray();
    double mean = Moments.mean(shares);
    if (largest == 0) {
      throw new IllegalArgumentException(owner + ": the weights of all " + weights.length + " rows " + what
          + " are 0, expected one above 0");
    }
    return Tensor.of(Arrays.stream(shares).map(share -> share / mean).toArray(), weights.length).to(precision);
  }

  /// Adds the weights to a checksum of data.
  void addTo(CRC32C checksum) {
    if (!isNone()) {
      checksum.update((balanced + Arrays.toString(rows) + Arrays.toString(classes)).getBytes(StandardCharsets.UTF_8));
    }
  }

  /// For example `Weights[150 rows, 3 classes]`.
  @Override
  public String toString() {
    return isNone() ? "Weights[none]" : "Weights[" + (rows.length == 0 ? "" : rows.length + " rows")
        + (rows.length > 0 && isOfClasses() ? ", " : "")
        + (balanced ? "balanced" : classes.length == 0 ? "" : classes.length + " classes") + "]";
  }
}
