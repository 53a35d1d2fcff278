package dev.lanewise.kernel.recurrent;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;
import java.util.Locale;

/// Gets the vector code of a recurrent cell's steps compiled.
final class DoubleGateExercise extends Exercise {

  /// The steps, each with separate code.
  enum Step { LSTM_VALUE, LSTM_PUSH, LSTM_PULL, LSTM_PULL_DOT, GRU_VALUE, GRU_PUSH, GRU_PULL, GRU_PULL_DOT }

  private static final int ODD = 0x6C07_8965;
  private static final int ROWS = 2;

  private final Step step;

  DoubleGateExercise(int key, Step step) {
    super(key);
    this.step = step;
  }

  /// The number of n units to compute by vectors: all in whole vectors, or none while a step's code is not compiled.
  static int whole(Step step, int n) {
    int key = Ready.key((step.ordinal() + 1 << 4 | Double.BYTES) * ODD);
    if (Ready.is(key)) {
      return n - n % DoubleLanes.LENGTH;
    }
    if (Warmup.isNew(key)) {
      Warmup.want(new DoubleGateExercise(key, step));
    }
    return 0;
  }

  @Override
  protected String name() {
    return step.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of doubles";
  }

  @Override
  protected void light(int at) {
    run(1, DoubleLanes.LENGTH, false);
  }

  @Override
  protected void full(int variant) {
    run(ROWS, 2 * DoubleLanes.LENGTH, false);
  }

  @Override
  protected void plain(int variant) {
    run(ROWS, 2 * DoubleLanes.LENGTH, true);
  }

  /// Operands share arrays where that does no harm: nobody reads the results.
  private void run(int rows, int n, boolean plain) {
    double[] gates = DoubleOperands.array(0, 4 * rows * n);
    double[] before = DoubleOperands.array(1, 0);
    double[] tanh = DoubleOperands.array(2, 0);
    double[] dots = DoubleOperands.array(3, 4 * rows * n);
    double[] u = DoubleOperands.array(4, 0);
    double[] v = DoubleOperands.array(5, 0);
    double[] w = DoubleOperands.array(6, 4 * rows * n);
    double[] z = DoubleOperands.array(7, 0);
    switch (step) {
      case LSTM_VALUE -> {
        if (plain) {
          DoublePortableLstm.cell(rows, 0, n, gates, 0, before, 0, u, 0);
          DoublePortableLstm.output(rows, 0, n, gates, 0, tanh, 0, v, 0);
        } else {
          DoubleVectorLstm.cell(rows, n, gates, 0, before, 0, u, 0);
          DoubleVectorLstm.output(rows, n, gates, 0, tanh, 0, v, 0);
        }
      }
      case LSTM_PUSH -> {
        if (plain) {
          DoublePortableLstm.push(rows, rows, 0, n, gates, 0, before, 0, tanh, 0, w, 0, u, 0, v, 0, z, 0);
        } else {
          DoubleVectorLstm.push(rows, rows, n, gates, 0, before, 0, tanh, 0, w, 0, u, 0, v, 0, z, 0);
        }
      }
      case LSTM_PULL -> {
        if (plain) {
          DoublePortableLstm.pull(rows, rows, 0, n, gates, 0, before, 0, tanh, 0, u, 0, v, 0, w, 0, z, 0);
        } else {
          DoubleVectorLstm.pull(rows, rows, n, gates, 0, before, 0, tanh, 0, u, 0, v, 0, w, 0, z, 0);
        }
      }
      case LSTM_PULL_DOT -> {
        if (plain) {
          DoublePortableLstm.pullDot(rows, rows, 0, n, gates, 0, before, 0, tanh, 0, dots, 0, u, 0, v, 0, z, 0, z, 0,
              u, 0, v, 0, w, 0, before, 0);
        } else {
          DoubleVectorLstm.pullDot(rows, rows, n, gates, 0, before, 0, tanh, 0, dots, 0, u, 0, v, 0, z, 0, z, 0, u, 0,
              v, 0, w, 0, before, 0);
        }
      }
      case GRU_VALUE, GRU_PUSH, GRU_PULL, GRU_PULL_DOT -> gru(rows, n, plain, gates, before, dots, u, v, w);
    }
  }

  private void gru(
      int rows, int n, boolean plain, double[] gates, double[] before, double[] dots, double[] u, double[] v,
      double[] w) {
    switch (step) {
      case GRU_VALUE -> {
        if (plain) {
          DoublePortableGru.candidate(rows, 0, n, w, 0);
          DoublePortableGru.output(rows, 0, n, gates, 0, before, 0, u, 0);
        } else {
          DoubleVectorGru.candidate(rows, n, w, 0);
          DoubleVectorGru.output(rows, n, gates, 0, before, 0, u, 0);
        }
      }
      case GRU_PUSH -> {
        if (plain) {
          DoublePortableGru.push(rows, rows, 0, n, gates, 0, before, 0, w, 0, u, 0, v, 0);
        } else {
          DoubleVectorGru.push(rows, rows, n, gates, 0, before, 0, w, 0, u, 0, v, 0);
        }
      }
      case GRU_PULL -> {
        if (plain) {
          DoublePortableGru.pull(rows, rows, 0, n, gates, 0, before, 0, u, 0, w, 0, v, 0);
        } else {
          DoubleVectorGru.pull(rows, rows, n, gates, 0, before, 0, u, 0, w, 0, v, 0);
        }
      }
      default -> {
        if (plain) {
          DoublePortableGru.pullDot(rows, rows, 0, n, gates, 0, before, 0, dots, 0, u, 0, v, 0, u, 0, w, 0, v, 0);
        } else {
          DoubleVectorGru.pullDot(rows, rows, n, gates, 0, before, 0, dots, 0, u, 0, v, 0, u, 0, w, 0, v, 0);
        }
      }
    }
  }
}
