package dev.lanewise.nn.recurrent;

/// Where the states before the first step come from: h₀, and c₀ of an [Lstm], one for each layer and direction.
public enum InitialState {
  /// All are 0.
  ZERO,
  /// Parameters `h0` and `c0`, `[layers·directions, hidden]`, the same for all samples; they start from 0.
  PARAMETER,
  /// Each sample has its own state in its input, at the place that [Recurrent] describes.
  INPUT
}
