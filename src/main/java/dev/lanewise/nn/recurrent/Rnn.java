package dev.lanewise.nn.recurrent;

import dev.lanewise.Activation;
import dev.lanewise.ops.RecurrentCell;
import java.util.Objects;

/// A plain recurrent layer.
///
/// With h₋ the state before a step, rows being samples:
///
/// - **value**: H = φ(A), A = X·W_ihᵀ + b_ih + H₋·W_hhᵀ + b_hh; [Recurrent] has inputs and outputs
/// - **parameters**: W_ih, W_hh, b_ih, b_hh; `[hidden, in]`, `[hidden, hidden]`, `[hidden]`, `[hidden]`
/// - **residuals**: X, H of each step, or every s-th H
/// - **tangent**: Ḣ = φ′·(Ẋ·W_ihᵀ + Ḣ₋·W_hhᵀ + X·Ẇ_ihᵀ + H₋·Ẇ_hhᵀ + ḃ); `[chunk, …]`
/// - **cotangent**: Ā = φ′·H̄, H̄₋ += Ā·W_hh, X̄ = Ā·W_ih, W̄_ih += Āᵀ·X, W̄_hh += Āᵀ·H₋, b̄ += Āᵀ·1; `[chunk, …]`
/// - **its tangent**: Ā̇ = φ′·H̄̇ − 2H·Ḣ·H̄ with tanh, φ′·H̄̇ with relu; the rest by the product rule; `[chunk, …]`, Ȳ
///   of one direction
///
/// Elman 1990, *Finding structure in time*.
///
/// @param in features of a step of the input, at least 1
/// @param hidden units, at least 1
/// @param activation φ: tanh or relu
/// @param recurrence layers, directions, output, and the states kept
public record Rnn(int in, int hidden, Activation activation, Recurrence recurrence) implements Recurrent {

  /// @throws IllegalArgumentException for a width below 1, or another activation than tanh and relu
  public Rnn {
    Objects.requireNonNull(activation, "activation");
    Recurrence.require("Rnn", in, hidden, recurrence);
    if (activation != Activation.TANH && activation != Activation.RELU) {
      throw new IllegalArgumentException("Rnn: activation is " + activation + ", expected TANH or RELU");
    }
  }

  /// One forward layer with biases; the output has a state for each step; initial states are 0.
  ///
  /// @throws IllegalArgumentException for a width below 1, or another activation than tanh and relu
  public Rnn(int in, int hidden, Activation activation) {
    this(in, hidden, activation, Recurrence.DEFAULT);
  }

  /// One forward layer of tanh with biases; the output has a state for each step; initial states are 0.
  ///
  /// @throws IllegalArgumentException for a width below 1
  public Rnn(int in, int hidden) {
    this(in, hidden, Activation.TANH, Recurrence.DEFAULT);
  }

  /// {@return this layer with a stack of so many layers}
  ///
  /// @throws IllegalArgumentException for fewer than 1
  public Rnn withLayers(int layers) {
    return new Rnn(in, hidden, activation, recurrence.withLayers(layers));
  }

  /// {@return this layer with each layer in both directions}
  public Rnn bidirectional() {
    return new Rnn(in, hidden, activation, recurrence.inBothDirections());
  }

  /// {@return this layer without b_ih and b_hh}
  public Rnn withoutBias() {
    return new Rnn(in, hidden, activation, recurrence.withoutBias());
  }

  /// {@return this layer with the state after the last step as the output}
  public Rnn lastState() {
    return new Rnn(in, hidden, activation, recurrence.ofLastState());
  }

  /// {@return this layer with initial states from elsewhere}
  public Rnn withInitialState(InitialState initialState) {
    return new Rnn(in, hidden, activation, recurrence.withInitialState(initialState));
  }

  /// {@return this layer with the length of each sample in its input}
  public Rnn withLengths() {
    return new Rnn(in, hidden, activation, recurrence.withLengths());
  }

  /// {@return this layer with only every n-th state kept for derivatives, which recompute those between: n near √time
  /// takes the least memory}
  ///
  /// @throws IllegalArgumentException for fewer steps than 1
  public Rnn keepingEvery(int steps) {
    return new Rnn(in, hidden, activation, recurrence.keepingEvery(steps));
  }

  @Override
  public RecurrentCell cell() {
    return activation == Activation.RELU ? RecurrentCell.RELU : RecurrentCell.TANH;
  }

  /// For example `Rnn[in=3, hidden=4, 2 layers, bidirectional]`: what is not the default.
  @Override
  public String toString() {
    return "Rnn[in=" + in + ", hidden=" + hidden + (activation == Activation.TANH ? "" : ", " + activation)
        + recurrence + "]";
  }
}
