package dev.lanewise.kernel;

import dev.lanewise.Precision;
import dev.lanewise.kernel.GemmBenchmark.Form;
import java.util.Arrays;
import java.util.SplittableRandom;

/// C = A·B of m × n × k in one of the three forms, with operands that every contestant copies.
///
/// @param form which operand lies transposed: Wᵀ in [Form#X_WT], Uᵀ in [Form#UT_X]
/// @param threads how many a contestant may use
/// @param a row by row, as it lies: [#aRows()] × [#aColumns()]
/// @param b row by row, as it lies: [#bRows()] × [#bColumns()]
record Product(Form form, int m, int n, int k, Precision precision, int threads, double[] a, double[] b) {

  private static final int SAMPLES = 200;

  /// @param shape for example `X_WT 32x100x784`: the form, then m × n × k
  static Product of(String shape, Precision precision, int threads) {
    String[] words = shape.split("[ x]");
    if (words.length != 4) {
      throw new IllegalArgumentException("shape " + shape + ", expected one like X_WT 32x100x784");
    }
    return random(Form.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]),
        Integer.parseInt(words[3]), precision, threads);
  }

  private static Product random(Form form, int m, int n, int k, Precision precision, int threads) {
    SplittableRandom random = new SplittableRandom(7);
    return new Product(form, m, n, k, precision, threads, uniform(m * k, random), uniform(k * n, random));
  }

  /// Floats, so that both precisions multiply the same numbers.
  private static double[] uniform(int size, SplittableRandom random) {
    double[] values = new double[size];
    Arrays.setAll(values, _ -> (float) random.nextDouble(-1, 1));
    return values;
  }

  /// The same form with no side longer than `most`.
  Product atMost(int most) {
    return random(form, Math.min(m, most), Math.min(n, most), Math.min(k, most), precision, threads);
  }

  boolean sameShape(Product other) {
    return form == other.form && m == other.m && n == other.n && k == other.k;
  }

  boolean isFloat() {
    return precision == Precision.FLOAT;
  }

  boolean transposesA() {
    return form == Form.UT_X;
  }

  boolean transposesB() {
    return form == Form.X_WT;
  }

  int aRows() {
    return transposesA() ? k : m;
  }

  int aColumns() {
    return transposesA() ? m : k;
  }

  int bRows() {
    return transposesB() ? n : k;
  }

  int bColumns() {
    return transposesB() ? k : n;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int position = 0; position < floats.length; position++) {
      floats[position] = (float) values[position];
    }
    return floats;
  }

  /// |c − c*| ≤ γ_k·Σ|a||b| at random places, γ_k = k·u/(1 − k·u).
  void check(String name, Contestant contestant) {
    SplittableRandom random = new SplittableRandom(8);
    double ku = k * precision.unitRoundoff();
    for (int sample = 0; sample < SAMPLES; sample++) {
      int i = random.nextInt(m);
      int j = random.nextInt(n);
      double exact = 0;
      double magnitude = 0;
      for (int p = 0; p < k; p++) {
        double term = (transposesA() ? a[p * m + i] : a[i * k + p]) * (transposesB() ? b[j * k + p] : b[p * n + j]);
        exact += term;
        magnitude += Math.abs(term);
      }
      double found = contestant.result(i, j);
      if (!(Math.abs(found - exact) <= 2 * ku / (1 - ku) * magnitude)) {
        throw new IllegalStateException(name + ", " + this + ": element (" + i + ", " + j + ") is " + found
            + ", expected " + exact);
      }
    }
  }

  @Override
  public String toString() {
    return form + " " + m + "x" + n + "x" + k + " " + precision;
  }
}
