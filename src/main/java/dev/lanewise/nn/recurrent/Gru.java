package dev.lanewise.nn.recurrent;

import dev.lanewise.ops.RecurrentCell;

/// Gated recurrent units.
///
/// With h₋ the state before a step and s(y) = y(1 − y), rows being samples:
///
/// - **value**: r, z = σ(X·W_iᵀ + b_i + H₋·W_hᵀ + b_h) with their rows; m = H₋·W_hnᵀ + b_hn, n = tanh(X·W_inᵀ + b_in +
///   r·m); h = n + z·(h₋ − n); [Recurrent] has inputs and outputs
/// - **parameters**: W_ih, W_hh, b_ih, b_hh, rows in the order r, z, n; `[3·hidden, in]`, `[3·hidden, hidden]`,
///   `[3·hidden]`, `[3·hidden]`
/// - **residuals**: X, r, z, n, m, h of each step, or every s-th h
/// - **tangent**: Ȧ, ṁ as the value's, by the product rule; ṙ = s(r)·Ȧ_r, ż = s(z)·Ȧ_z, ṅ = (1 − n²)(Ȧ_n + r·ṁ + m·ṙ),
///   ḣ = ṅ + z·(ḣ₋ − ṅ) + (h₋ − n)·ż; `[chunk, …]`
/// - **cotangent**: Ā_n = (1 − n²)(1 − z)·h̄, m̄ = r·Ā_n, Ā_r = s(r)·m·Ā_n, Ā_z = s(z)·(h₋ − n)·h̄; H̄₋ += z·h̄ + (Ā_r,
///   Ā_z, m̄)·W_hh, X̄ = (Ā_r, Ā_z, Ā_n)·W_ih; W̄ and b̄ as of a dense layer; `[chunk, …]`
/// - **its tangent**: the product rule on each of these: `docs/math.md`; `[chunk, …]`, Ȳ of one direction
///
/// Cho et al. 2014, *Learning phrase representations using RNN encoder–decoder*, with r after the product, as in
/// PyTorch.
///
/// @param in features of a step of the input, at least 1
/// @param hidden units, at least 1
/// @param recurrence layers, directions, output, and the states kept
public record Gru(int in, int hidden, Recurrence recurrence) implements Recurrent {

  /// @throws IllegalArgumentException for a width below 1
  public Gru {
    Recurrence.require("Gru", in, hidden, recurrence);
  }

  /// One forward layer with biases; the output has a state for each step; initial states are 0.
  ///
  /// @throws IllegalArgumentException for a width below 1
  public Gru(int in, int hidden) {
    this(in, hidden, Recurrence.DEFAULT);
  }

  /// {@return this layer with a stack of so many layers}
  ///
  /// @throws IllegalArgumentException for fewer than 1
  public Gru withLayers(int layers) {
    return new Gru(in, hidden, recurrence.withLayers(layers));
  }

  /// {@return this layer with each layer in both directions}
  public Gru bidirectional() {
    return new Gru(in, hidden, recurrence.inBothDirections());
  }

  /// {@return this layer without b_ih and b_hh}
  public Gru withoutBias() {
    return new Gru(in, hidden, recurrence.withoutBias());
  }

  /// {@return this layer with the state after the last step as the output}
  public Gru lastState() {
    return new Gru(in, hidden, recurrence.ofLastState());
  }

  /// {@return this layer with initial states from elsewhere}
  public Gru withInitialState(InitialState initialState) {
    return new Gru(in, hidden, recurrence.withInitialState(initialState));
  }

  /// {@return this layer with the length of each sample in its input}
  public Gru withLengths() {
    return new Gru(in, hidden, recurrence.withLengths());
  }

  /// {@return this layer with only every n-th state kept for derivatives, which recompute those between: n near √time
  /// takes the least memory}
  ///
  /// @throws IllegalArgumentException for fewer steps than 1
  public Gru keepingEvery(int steps) {
    return new Gru(in, hidden, recurrence.keepingEvery(steps));
  }

  @Override
  public RecurrentCell cell() {
    return RecurrentCell.GRU;
  }

  /// For example `Gru[in=3, hidden=4, 2 layers, bidirectional]`: what is not the default.
  @Override
  public String toString() {
    return "Gru[in=" + in + ", hidden=" + hidden + recurrence + "]";
  }
}
