package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.recurrent.DoubleGateExercise.Step;

/// One step of gated recurrent units, for rows of samples, n hidden units each.
///
/// A row of gates has n, r, z, m in this order: the candidate, both gates, and the contribution of h₋, the state before
/// the step, to the candidate before r scales it. All other rows have n numbers. With s(y) = y(1 − y):
///
/// | operation | formula                                                                              |
/// |-----------|--------------------------------------------------------------------------------------|
/// | value     | r, z = σ(a), n = tanh(a + r·m), h = n + z·(h₋ − n)                                   |
/// | push      | ṙ = s(r)·ȧ, ż = s(z)·ȧ, ṅ = (1 − n²)(ȧ + r·ṁ + m·ṙ), ḣ = ṅ + z·(ḣ₋ − ṅ) + (h₋ − n)·ż |
/// | pull      | n̄ = (1 − n²)(1 − z)·h̄, m̄ = n̄·r, r̄ = s(r)·n̄·m, z̄ = s(z)·h̄·(h₋ − n), h̄₋ += h̄·z         |
/// | pullDot   | the derivative of the pull along the tangents of the push                            |
///
/// Only the value has transcendental functions. `rows` are k·period: row r of a direction reads row r mod period of the
/// values kept at the point. The bits on vectors and in plain Java are the same.
public final class DoubleGru {

  private DoubleGru() {}

  /// `a` becomes the gates.
  public static void value(int rows, int n, double[] a, int at, double[] before, int bt, double[] h, int ht) {
    for (int row = 0; row < rows; row++) {
      int gates = at + row * 4 * n + n;
      DoubleKernels.BEST.activate(Nonlinearity.SIGMOID, 2 * n, a, gates, a, gates);
    }
    int from = DoubleGateExercise.whole(Step.GRU_VALUE, n);
    if (from > 0) {
      DoubleVectorGru.candidate(rows, n, a, at);
    }
    if (from < n) {
      DoublePortableGru.candidate(rows, from, n, a, at);
    }
    for (int row = 0; row < rows; row++) {
      int gates = at + row * 4 * n;
      DoubleKernels.BEST.activate(Nonlinearity.TANH, n, a, gates, a, gates);
    }
    if (from > 0) {
      DoubleVectorGru.output(rows, n, a, at, before, bt, h, ht);
    }
    if (from < n) {
      DoublePortableGru.output(rows, from, n, a, at, before, bt, h, ht);
    }
  }

  /// `dots`, ȧ, becomes the gates' tangents.
  public static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] hDot, int ht) {
    int from = DoubleGateExercise.whole(Step.GRU_PUSH, n);
    if (from > 0) {
      DoubleVectorGru.push(rows, period, n, gates, gt, before, bt, dots, at, beforeDot, bdt, hDot, ht);
    }
    if (from < n) {
      DoublePortableGru.push(rows, period, from, n, gates, gt, before, bt, dots, at, beforeDot, bdt, hDot, ht);
    }
  }

  /// Adds to `beforeBar`.
  public static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] hBar, int ht, double[] aBar, int at, double[] beforeBar, int bbt) {
    int from = DoubleGateExercise.whole(Step.GRU_PULL, n);
    if (from > 0) {
      DoubleVectorGru.pull(rows, period, n, gates, gt, before, bt, hBar, ht, aBar, at, beforeBar, bbt);
    }
    if (from < n) {
      DoublePortableGru.pull(rows, period, from, n, gates, gt, before, bt, hBar, ht, aBar, at, beforeBar, bbt);
    }
  }

  /// h̄ is for one direction, operands with a dot for k directions. Adds to `beforeBarDot`.
  public static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] hBar, int ht,
      double[] hBarDot, int hdt, double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    int from = DoubleGateExercise.whole(Step.GRU_PULL_DOT, n);
    if (from > 0) {
      DoubleVectorGru.pullDot(rows, period, n, gates, gt, before, bt, dots, dt, beforeDot, bdt, hBar, ht,
          hBarDot, hdt, aBarDot, at, beforeBarDot, bbt);
    }
    if (from < n) {
      DoublePortableGru.pullDot(rows, period, from, n, gates, gt, before, bt, dots, dt, beforeDot, bdt, hBar, ht,
          hBarDot, hdt, aBarDot, at, beforeBarDot, bbt);
    }
  }
}
