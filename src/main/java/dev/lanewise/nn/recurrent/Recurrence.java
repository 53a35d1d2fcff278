package dev.lanewise.nn.recurrent;

import java.util.Objects;

/// The structure of a recurrent layer, whatever its cell.
///
/// @param layers the number of stacked layers, at least 1; each reads the outputs of all directions of the one below
/// @param bidirectional whether each layer also reads the sequence from its end, with separate weights
/// @param bias whether there are b_ih and b_hh
/// @param lastState whether the output is only the state after the last step, in each direction, not a state for each
///     step
/// @param initialState where the states before the first step come from
/// @param lengths whether each sample's input contains its length
/// @param every the distance in steps of the states kept for derivatives, which recompute those between; 0 keeps all
public record Recurrence(
    int layers, boolean bidirectional, boolean bias, boolean lastState, InitialState initialState, boolean lengths,
    int every) {

  /// One forward layer with biases; the output has a state for each step; initial states are 0; all states are kept.
  public static final Recurrence DEFAULT = new Recurrence(1, false, true, false, InitialState.ZERO, false, 0);

  /// @throws IllegalArgumentException for fewer layers than 1, or a negative `every`
  public Recurrence {
    Objects.requireNonNull(initialState, "initialState");
    if (layers < 1) {
      throw new IllegalArgumentException("Recurrence: " + layers + " layers, expected at least 1");
    }
    if (every < 0) {
      throw new IllegalArgumentException("Recurrence: a state kept every " + every
          + " steps, expected 1 or more, or 0 for all");
    }
  }

  static void require(String layer, int in, int hidden, Recurrence recurrence) {
    Objects.requireNonNull(recurrence, "recurrence");
    if (in < 1 || hidden < 1) {
      throw new IllegalArgumentException(layer + ": in=" + in + ", hidden=" + hidden + ", expected both at least 1");
    }
  }

  /// {@return 1, or 2 if it is bidirectional}
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  Recurrence withLayers(int other) {
    return new Recurrence(other, bidirectional, bias, lastState, initialState, lengths, every);
  }

  Recurrence inBothDirections() {
    return new Recurrence(layers, true, bias, lastState, initialState, lengths, every);
  }

  Recurrence withoutBias() {
    return new Recurrence(layers, bidirectional, false, lastState, initialState, lengths, every);
  }

  Recurrence ofLastState() {
    return new Recurrence(layers, bidirectional, bias, true, initialState, lengths, every);
  }

  Recurrence withInitialState(InitialState other) {
    return new Recurrence(layers, bidirectional, bias, lastState, other, lengths, every);
  }

  Recurrence withLengths() {
    return new Recurrence(layers, bidirectional, bias, lastState, initialState, true, every);
  }

  Recurrence keepingEvery(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("Recurrence: a state kept every " + steps + " steps, expected 1 or more");
    }
    return new Recurrence(layers, bidirectional, bias, lastState, initialState, lengths, steps);
  }

  /// Whatever is not the default, each after a comma.
  @Override
  public String toString() {
    return (layers == 1 ? "" : ", " + layers + " layers")
        + (bidirectional ? ", bidirectional" : "")
        + (bias ? "" : ", no bias")
        + (lastState ? ", last state" : "")
        + (initialState == InitialState.ZERO ? "" : ", initial state " + initialState)
        + (lengths ? ", lengths" : "")
        + (every == 0 ? "" : ", every " + every + " steps kept");
  }
}
