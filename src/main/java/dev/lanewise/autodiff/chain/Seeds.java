package dev.lanewise.autodiff.chain;

import dev.lanewise.Tensor;

/// Panels of the identity: row r of the panel that begins at direction `first` is the one-hot vector e_(first + r).
/// Slides, equations 10 and 12.
public final class Seeds {

  private Seeds() {}

  /// Makes `panel`, `[chunk, …]`, the identity's rows from `first` on.
  static void identity(Tensor panel, int first) {
    if (!panel.isNone()) {
      seed(panel, -1, first, 1);
    }
  }

  /// Makes `panel`, `[chunk, batch, …]`, the identity's rows from `first` on in each sample of the batch.
  ///
  /// @param before where the rows begin that it holds, negative if it holds anything
  public static void seed(Tensor panel, int before, int first, int batch) {
    if (before < 0) {
      panel.fill(0);
    } else {
      ones(panel, before, batch, 0);
    }
    ones(panel, first, batch, 1);
  }

  private static void ones(Tensor panel, int first, int batch, double value) {
    int chunk = panel.shape().dim(0);
    int n = panel.size() / chunk / batch;
    for (int row = 0; row < chunk; row++) {
      for (int sample = 0; sample < batch; sample++) {
        panel.set((row * batch + sample) * n + first + row, value);
      }
    }
  }
}
