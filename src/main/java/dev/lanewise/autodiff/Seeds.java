package dev.lanewise.autodiff;

import dev.lanewise.Tensor;

/// Panels of the identity: row r of the panel that begins at direction `first` is the one-hot vector e_(first + r). Slides,
/// equations 10 and 12.
final class Seeds {

  private Seeds() {}

  /// Makes `panel`, `[chunk, …]`, the identity's rows from `first` on.
  static void identity(Tensor panel, int first) {
    if (!panel.isNone()) {
      panel.fill(0);
      ones(panel, first, 1);
    }
  }

  /// Makes `panel`, the identity's rows from `before` on, those from `first` on: two writes a row.
  static void advance(Tensor panel, int before, int first) {
    ones(panel, before, 0);
    ones(panel, first, 1);
  }

  private static void ones(Tensor panel, int first, double value) {
    int chunk = panel.shape().dim(0);
    int n = panel.size() / chunk;
    for (int row = 0; row < chunk; row++) {
      panel.set(row * n + first + row, value);
    }
  }
}
