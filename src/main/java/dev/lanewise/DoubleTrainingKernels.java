package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;

/// The kernels of losses and updates on tensors of doubles. [DoubleTensorKernels] describes the classes made from such
/// a source.
///
/// A method works on `n` elements from a position of each tensor on, and on `e`, the losses, from its beginning.
@SuppressWarnings("cast")
final class DoubleTrainingKernels {

  private DoubleTrainingKernels() {}

  /// e = (o − y)², g = factor·(o − y).
  static void squared(int n, Tensor o, Tensor y, int from, double factor, Tensor g, Tensor e) { // both precisions
    DoubleKernels.BEST.squared(n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + from,
        (double) factor, g.doubles(), g.offset() + from, e.doubles(), e.offset());
  }

  /// e = |o − y|, g = factor·sgn(o − y).
  static void absolute(int n, Tensor o, Tensor y, int from, double factor, Tensor g, Tensor e) { // both precisions
    DoubleKernels.BEST.absolute(n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + from,
        (double) factor, g.doubles(), g.offset() + from, e.doubles(), e.offset());
  }

  /// e = Huber's loss of o − y, g = factor·its slope.
  static void huber(
      int n, Tensor o, Tensor y, int from, double delta, double factor, Tensor g, Tensor e) { // both precisions
    DoubleKernels.BEST.huber(n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + from,
        (double) delta, (double) factor, g.doubles(), g.offset() + from, e.doubles(), e.offset());
  }

  /// v = factor·u where |o − y| ≤ δ, 0 elsewhere.
  static void huberCurvature(
      int n, Tensor o, Tensor y, int from, double delta, double factor, Tensor u, Tensor v, int at) { // both precisions
    DoubleKernels.BEST.huberCurvature(n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + from,
        (double) delta, (double) factor, u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
  }

  /// e = cross-entropy of each row's softmax with a class's number or with probabilities, g = factor·its slope.
  static void crossEntropy(boolean classes, int rows, int n, Tensor o, int from, Tensor y, int yt,
      double factor, Tensor g, Tensor e) { // both precisions
    if (classes) {
      DoubleKernels.BEST.crossEntropyOfClasses(rows, n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + yt,
          (double) factor, g.doubles(), g.offset() + from, e.doubles(), e.offset());
    } else {
      DoubleKernels.BEST.crossEntropy(rows, n, o.doubles(), o.offset() + from, y.doubles(), y.offset() + yt,
          (double) factor, g.doubles(), g.offset() + from, e.doubles(), e.offset());
    }
  }

  /// A step of gradient descent.
  static void descend(
      int n, Tensor w, Tensor g, int from, double rate, double pull, double keep, double threshold) { // both precisions
    DoubleKernels.BEST.descend(n, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from,
        (double) rate, (double) pull, (double) keep, (double) threshold);
  }

  /// A step with momentum.
  static void momentum(int n, Tensor w, Tensor g, Tensor state, int from,
      double friction, double ahead, double along, // both precisions
      double rate, double pull, double keep, double threshold) { // both precisions
    DoubleKernels.BEST.momentum(n, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from,
        state.doubles(), state.offset() + from, (double) friction, (double) ahead, (double) along,
        (double) rate, (double) pull, (double) keep, (double) threshold);
  }

  /// A step of Adam.
  static void adam(int n, Tensor w, Tensor g, Tensor state, int from,
      double beta1, double beta2, double rootScale, double epsilon, // both precisions
      double rate, double pull, double keep, double threshold) { // both precisions
    int m = state.offset() + from;
    int v = m + w.size();
    DoubleKernels.BEST.adam(n, w.doubles(), w.offset() + from, g.doubles(), g.offset() + from,
        state.doubles(), m, state.doubles(), v,
        (double) beta1, (double) beta2, (double) rootScale, (double) epsilon,
        (double) rate, (double) pull, (double) keep, (double) threshold);
  }
}
