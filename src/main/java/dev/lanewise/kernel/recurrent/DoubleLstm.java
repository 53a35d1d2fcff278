package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.recurrent.DoubleGateExercise.Step;

/// One step of long short-term memory, for rows of samples, n hidden units each.
///
/// A row of gates has i, f, g, o in this order, n numbers each; all other rows have n numbers. With c₋ the cell's
/// state before the step, D = 1 − τ² and s(y) = y(1 − y):
///
/// | operation | formula                                                                            |
/// |-----------|------------------------------------------------------------------------------------|
/// | value     | i, f, o = σ(a), g = tanh(a), c = f·c₋ + i·g, τ = tanh c, h = o·τ                   |
/// | push      | i̇ = s(i)·ȧ and so on, ġ = (1 − g²)·ȧ, ċ = f·ċ₋ + c₋·ḟ + i·ġ + g·i̇, ḣ = o·D·ċ + τ·ȯ |
/// | pull      | c̄ += h̄·o·D, ā = s(i)·c̄·g, s(f)·c̄·c₋, (1 − g²)·c̄·i, s(o)·h̄·τ, c̄₋ = c̄·f              |
/// | pullDot   | the derivative of the pull along the tangents of the push                          |
///
/// Only the value has transcendental functions. `rows` are k·period: row r of a direction reads row r mod period of the
/// values kept at the point. The bits on vectors and in plain Java are the same.
public final class DoubleLstm {

  private DoubleLstm() {}

  /// `a` becomes the gates.
  public static void value(
      int rows, int n, double[] a, int at, double[] before, int bt, double[] c, int ct, double[] tanh, int tt,
          double[] h, int ht) {
    for (int row = 0; row < rows; row++) {
      int gates = at + row * 4 * n;
      DoubleKernels.BEST.activate(Nonlinearity.SIGMOID, 2 * n, a, gates, a, gates);
      DoubleKernels.BEST.activate(Nonlinearity.TANH, n, a, gates + 2 * n, a, gates + 2 * n);
      DoubleKernels.BEST.activate(Nonlinearity.SIGMOID, n, a, gates + 3 * n, a, gates + 3 * n);
    }
    int from = DoubleGateExercise.whole(Step.LSTM_VALUE, n);
    if (from > 0) {
      DoubleVectorLstm.cell(rows, n, a, at, before, bt, c, ct);
    }
    if (from < n) {
      DoublePortableLstm.cell(rows, from, n, a, at, before, bt, c, ct);
    }
    DoubleKernels.BEST.activate(Nonlinearity.TANH, rows * n, c, ct, tanh, tt);
    if (from > 0) {
      DoubleVectorLstm.output(rows, n, a, at, tanh, tt, h, ht);
    }
    if (from < n) {
      DoublePortableLstm.output(rows, from, n, a, at, tanh, tt, h, ht);
    }
  }

  /// `dots`, ȧ, becomes the gates' tangents.
  public static void push(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int at, double[] beforeDot, int bdt, double[] cDot, int ct, double[] hDot, int ht) {
    int from = DoubleGateExercise.whole(Step.LSTM_PUSH, n);
    if (from > 0) {
      DoubleVectorLstm.push(
          rows, period, n, gates, gt, before, bt, tanh, tt, dots, at, beforeDot, bdt, cDot, ct, hDot, ht);
    }
    if (from < n) {
      DoublePortableLstm.push(
          rows, period, from, n, gates, gt, before, bt, tanh, tt, dots, at, beforeDot, bdt, cDot, ct, hDot, ht);
    }
  }

  /// `cBar` is c̄ from the following step, and becomes all of c̄.
  public static void pull(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] hBar, int ht, double[] cBar, int ct, double[] aBar, int at, double[] beforeBar, int bbt) {
    int from = DoubleGateExercise.whole(Step.LSTM_PULL, n);
    if (from > 0) {
      DoubleVectorLstm.pull(rows, period, n, gates, gt, before, bt, tanh, tt, hBar, ht, cBar, ct, aBar, at, beforeBar,
          bbt);
    }
    if (from < n) {
      DoublePortableLstm.pull(rows, period, from, n, gates, gt, before, bt, tanh, tt, hBar, ht, cBar, ct, aBar, at,
          beforeBar, bbt);
    }
  }

  /// h̄ and c̄, in full, are for one direction, operands with a dot for k directions.
  public static void pullDot(
      int rows, int period, int n, double[] gates, int gt, double[] before, int bt, double[] tanh, int tt,
      double[] dots, int dt, double[] beforeDot, int bdt, double[] cDot, int cdt,
      double[] hBar, int ht, double[] cBar, int ct, double[] hBarDot, int hdt, double[] cBarDot, int cbt,
      double[] aBarDot, int at, double[] beforeBarDot, int bbt) {
    int from = DoubleGateExercise.whole(Step.LSTM_PULL_DOT, n);
    if (from > 0) {
      DoubleVectorLstm.pullDot(rows, period, n, gates, gt, before, bt, tanh, tt, dots, dt, beforeDot, bdt, cDot, cdt,
          hBar, ht, cBar, ct, hBarDot, hdt, cBarDot, cbt, aBarDot, at, beforeBarDot, bbt);
    }
    if (from < n) {
      DoublePortableLstm.pullDot(rows, period, from, n, gates, gt, before, bt, tanh, tt, dots, dt, beforeDot, bdt, cDot,
          cdt, hBar, ht, cBar, ct, hBarDot, hdt, cBarDot, cbt, aBarDot, at, beforeBarDot, bbt);
    }
  }
}
