package dev.lanewise.ops;

/// The formula by which a recurrent layer computes a step from its input x and the state h₋ before it.
///
/// | cell | formula |
/// |---|---|
/// | TANH, RELU | h = φ(a), a = W_ih·x + b_ih + W_hh·h₋ + b_hh |
/// | LSTM | i, f, o = σ(a_i, a_f, a_o), g = tanh(a_g), c = f·c₋ + i·g, h = o·tanh(c) |
/// | GRU | r, z = σ(a_r, a_z), n = tanh(W_in·x + b_in + r·m), m = W_hn·h₋ + b_hn, h = n + z·(h₋ − n) |
///
/// Elman 1990; Hochreiter & Schmidhuber 1997 with the forget gate of Gers, Schmidhuber & Cummins 2000; Cho et al. 2014,
/// with r applied after the product, as in cuDNN and PyTorch.
public enum RecurrentCell {
  /// A plain layer with tanh.
  TANH(1, 1, 0),
  /// A plain layer with relu.
  RELU(1, 1, 0),
  /// Long short-term memory; the weights' rows are those of i, f, g, o.
  LSTM(4, 4, 0),
  /// Gated recurrent units; the weights' rows are those of r, z, n.
  GRU(3, 4, 1);

  private final int gates;
  private final int parts;
  private final int firstOfState;

  RecurrentCell(int gates, int parts, int firstOfState) {
    this.gates = gates;
    this.parts = parts;
    this.firstOfState = firstOfState;
  }

  /// {@return how many rows the weights have for each hidden unit}
  public int gates() {
    return gates;
  }

  /// {@return whether there is a state c beside h}
  public boolean hasCells() {
    return this == LSTM;
  }

  /// {@return how many numbers a step leaves for each hidden unit, beside its states: what it computes for the gates
  /// and, apart from that where r scales it, what h₋ gives to the candidate}
  public int parts() {
    return parts;
  }

  /// The first of the parts that h₋ has a share in; x has one in the first `gates`.
  int firstOfState() {
    return firstOfState;
  }
}
