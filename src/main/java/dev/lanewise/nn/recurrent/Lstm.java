package dev.lanewise.nn.recurrent;

import dev.lanewise.Initializer;
import dev.lanewise.ops.RecurrentCell;

/// Long short-term memory.
///
/// With h₋ and c₋ the states before a step, D = 1 − tanh² c and s(y) = y(1 − y), rows being samples:
///
/// - **value**: A = X·W_ihᵀ + b_ih + H₋·W_hhᵀ + b_hh; i, f, o = σ(A_i, A_f, A_o), g = tanh A_g; c = f·c₋ + i·g,
///   h = o·tanh c; [Recurrent] has inputs and outputs
/// - **parameters**: W_ih, W_hh, b_ih, b_hh, rows in the order i, f, g, o; `[4·hidden, in]`, `[4·hidden, hidden]`,
///   `[4·hidden]`, `[4·hidden]`
/// - **residuals**: X, i, f, g, o, c, tanh c, h of each step, or every s-th c and h
/// - **tangent**: Ȧ = Ẋ·W_ihᵀ + Ḣ₋·W_hhᵀ + X·Ẇ_ihᵀ + H₋·Ẇ_hhᵀ + ḃ; ċ = f·ċ₋ + c₋·ḟ + i·ġ + g·i̇, ḣ = o·D·ċ + tanh c·ȯ,
///   with i̇ = s(i)·Ȧ_i and so on, ġ = (1 − g²)·Ȧ_g; `[chunk, …]`
/// - **cotangent**: c̄ += o·D·h̄; Ā = s(i)·g·c̄, s(f)·c₋·c̄, (1 − g²)·i·c̄, s(o)·tanh c·h̄; c̄₋ = f·c̄, H̄₋ += Ā·W_hh,
///   X̄ = Ā·W_ih, W̄_ih += Āᵀ·X, W̄_hh += Āᵀ·H₋, b̄ += Āᵀ·1; `[chunk, …]`
/// - **its tangent**: the product rule on each of these: `docs/math.md`; `[chunk, …]`, Ȳ of one direction
///
/// Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000 for the forget gate.
///
/// @param in features of a step of the input, at least 1
/// @param hidden units, at least 1
/// @param forgetBias the offset of the initial values of b_ih for f: 0 as in PyTorch, 1 for a memory that lasts from
///     the beginning
/// @param recurrence layers, directions, output, and the states kept
public record Lstm(int in, int hidden, double forgetBias, Recurrence recurrence) implements Recurrent {

  /// @throws IllegalArgumentException for a width below 1, or a forget bias that is no number
  public Lstm {
    Recurrence.require("Lstm", in, hidden, recurrence);
    if (!Double.isFinite(forgetBias)) {
      throw new IllegalArgumentException("Lstm: forget bias is " + forgetBias + ", expected a number");
    }
  }

  /// One forward layer with biases; the output has a state for each step; initial states are 0.
  ///
  /// @throws IllegalArgumentException for a width below 1
  public Lstm(int in, int hidden) {
    this(in, hidden, 0, Recurrence.DEFAULT);
  }

  /// With another structure, and PyTorch's initial values.
  ///
  /// @throws IllegalArgumentException for a width below 1
  public Lstm(int in, int hidden, Recurrence recurrence) {
    this(in, hidden, 0, recurrence);
  }

  /// {@return this layer with a stack of so many layers}
  ///
  /// @throws IllegalArgumentException for fewer than 1
  public Lstm withLayers(int layers) {
    return new Lstm(in, hidden, forgetBias, recurrence.withLayers(layers));
  }

  /// {@return this layer with each layer in both directions}
  public Lstm bidirectional() {
    return new Lstm(in, hidden, forgetBias, recurrence.inBothDirections());
  }

  /// {@return this layer without b_ih and b_hh}
  public Lstm withoutBias() {
    return new Lstm(in, hidden, forgetBias, recurrence.withoutBias());
  }

  /// {@return this layer with the forget gates' initial biases b_ih around a number other than 0: with 1 or 2, the
  /// memory lasts longer before anything is learnt} Jozefowicz, Zaremba & Sutskever 2015.
  ///
  /// @throws IllegalArgumentException if it is no number
  public Lstm withForgetBias(double other) {
    return new Lstm(in, hidden, other, recurrence);
  }

  /// {@return this layer with the state after the last step as the output}
  public Lstm lastState() {
    return new Lstm(in, hidden, forgetBias, recurrence.ofLastState());
  }

  /// {@return this layer with initial states from elsewhere}
  public Lstm withInitialState(InitialState initialState) {
    return new Lstm(in, hidden, forgetBias, recurrence.withInitialState(initialState));
  }

  /// {@return this layer with the length of each sample in its input}
  public Lstm withLengths() {
    return new Lstm(in, hidden, forgetBias, recurrence.withLengths());
  }

  /// {@return this layer with only every n-th state kept for derivatives, which recompute those between: n near √time
  /// takes the least memory}
  ///
  /// @throws IllegalArgumentException for fewer steps than 1
  public Lstm keepingEvery(int steps) {
    return new Lstm(in, hidden, forgetBias, recurrence.keepingEvery(steps));
  }

  @Override
  public Initializer biasInitializer() {
    return forgetBias == 0 ? Recurrent.super.biasInitializer() : new ForgetBias(Recurrent.super.biasInitializer(),
        forgetBias);
  }

  @Override
  public RecurrentCell cell() {
    return RecurrentCell.LSTM;
  }

  /// For example `Lstm[in=3, hidden=4, 2 layers, bidirectional]`: what is not the default.
  @Override
  public String toString() {
    return "Lstm[in=" + in + ", hidden=" + hidden + (forgetBias == 0 ? "" : ", forget bias " + forgetBias)
        + recurrence + "]";
  }
}
