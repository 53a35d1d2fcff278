package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;
import java.util.Arrays;

/// Sequences of tensors of doubles, for [SequenceOps] after its checks.
final class DoubleSequenceKernels {

  private DoubleSequenceKernels() {}

  static void gather(SequenceOrder order, int first, int count, int rows, int n,
      Tensor sequence, int at, int rowStride, int timeStride, Tensor steps) {
    double[] from = sequence.doubles();
    double[] to = steps.doubles();
    for (int row = 0, sample = 0; row < rows; row++, sample = sample + 1 == order.batch() ? 0 : sample + 1) {
      int length = order.length(sample);
      int begin = sequence.offset() + at + row * rowStride;
      for (int step = first; step < first + count; step++) {
        int place = steps.offset() + ((first + count - 1 - step) * rows + row) * n;
        if (step < length) {
          System.arraycopy(from, begin + order.timeOf(step, length) * timeStride, to, place, n);
        } else {
          Arrays.fill(to, place, place + n, 0);
        }
      }
    }
  }

  static void scatter(SequenceOrder order, int first, int count, int rows, int n,
      Tensor steps, Tensor sequence, int at, int rowStride, int timeStride, boolean add) {
    double[] from = steps.doubles();
    double[] to = sequence.doubles();
    for (int row = 0, sample = 0; row < rows; row++, sample = sample + 1 == order.batch() ? 0 : sample + 1) {
      int length = order.length(sample);
      int begin = sequence.offset() + at + row * rowStride;
      for (int step = first; step < first + count; step++) {
        int place = steps.offset() + ((first + count - 1 - step) * rows + row) * n;
        if (step < length) {
          int here = begin + order.timeOf(step, length) * timeStride;
          if (add) {
            DoubleKernels.BEST.add(n, from, place, to, here);
          } else {
            System.arraycopy(from, place, to, here, n);
          }
        } else if (!add) {
          Arrays.fill(to, begin + step * timeStride, begin + step * timeStride + n, 0);
        }
      }
    }
  }

  static void gatherLast(SequenceOrder order, int first, int count, int rows, int n,
      Tensor last, int at, int rowStride, Tensor steps) {
    double[] to = steps.doubles();
    Arrays.fill(to, steps.offset(), steps.offset() + count * rows * n, 0);
    for (int row = 0; row < rows; row++) {
      int step = order.length(row % order.batch()) - 1;
      if (step >= first && step < first + count) {
        System.arraycopy(last.doubles(), last.offset() + at + row * rowStride,
            to, steps.offset() + ((first + count - 1 - step) * rows + row) * n, n);
      }
    }
  }

  static void scatterLast(SequenceOrder order, int first, int count, int rows, int n,
      Tensor steps, Tensor last, int at, int rowStride) {
    for (int row = 0; row < rows; row++) {
      int step = order.length(row % order.batch()) - 1;
      if (step >= first && step < first + count) {
        System.arraycopy(steps.doubles(), steps.offset() + ((first + count - 1 - step) * rows + row) * n,
            last.doubles(), last.offset() + at + row * rowStride, n);
      }
    }
  }

  static void copyRows(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x.doubles(), x.offset() + xt + row * xs, y.doubles(), y.offset() + yt + row * ys, n);
    }
  }

  static void addRows(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys) {
    for (int row = 0; row < rows; row++) {
      DoubleKernels.BEST.add(n, x.doubles(), x.offset() + xt + row * xs, y.doubles(), y.offset() + yt + row * ys);
    }
  }

  static void clear(int n, Tensor x, int xt) {
    Arrays.fill(x.doubles(), x.offset() + xt, x.offset() + xt + n, 0);
  }
}
