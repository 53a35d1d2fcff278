package dev.lanewise.kernel.elementwise;

/// The elementwise nonlinearities φ that kernels know by name.
///
/// | kind       | φ(z)                     | φ′                                          | φ′ comes from |
/// |------------|--------------------------|---------------------------------------------|---------------|
/// | IDENTITY   | z                        | 1                                           | –             |
/// | RELU       | z ≤ 0 ? 0 : z            | y ≤ 0 ? 0 : 1, so relu′(0) = 0              | output        |
/// | LEAKY_RELU | z > 0 ? z : 0.01 z       | y > 0 ? 1 : 0.01, so 0.01 at 0              | output        |
/// | SIGMOID    | 1/(1 + e⁻ᶻ)              | y(1 − y)                                    | output        |
/// | TANH       | tanh z                   | 1 − y²                                      | output        |
/// | GELU       | z Φ(z), Φ the normal cdf | Φ(z) + z e^(−z²/2)/√(2π)                    | kept slope    |
/// | SOFTPLUS   | log(1 + eᶻ)              | 1/(1 + e⁻ᶻ)                                 | kept slope    |
/// | ELU        | z ≥ 0 ? z : eᶻ − 1       | y < 0 ? y + 1 : 1, so 1 at 0                | output        |
/// | SILU       | z σ(z), σ the sigmoid    | y(1 − σ) + σ                                | kept slope    |
/// | MISH       | z·tanh(log(1 + eᶻ))      | t + z(1 − t²)σ, t that tanh                 | kept slope    |
///
/// The values at 0, NaN and ±∞ follow PyTorch: NaN stays NaN, and gelu(−∞), silu(−∞) and mish(−∞) are −∞·0 = NaN.
public enum Nonlinearity {
  IDENTITY(true),
  RELU(true),
  LEAKY_RELU(true),
  SIGMOID(true),
  TANH(true),
  GELU(false),
  SOFTPLUS(false),
  ELU(true),
  SILU(false),
  MISH(false);

  private final boolean slopeFromOutput;

  Nonlinearity(boolean slopeFromOutput) {
    this.slopeFromOutput = slopeFromOutput;
  }

  /// Whether φ′ is a cheap function of the output y; if not, the forward pass keeps φ′(z) as a separate residual.
  public boolean slopeFromOutput() {
    return slopeFromOutput;
  }

  /// Whether φ is made of exponentials; if not, it takes a comparison at most.
  public boolean isTranscendental() {
    return switch (this) {
      case IDENTITY, RELU, LEAKY_RELU -> false;
      case SIGMOID, TANH, GELU, SOFTPLUS, ELU, SILU, MISH -> true;
    };
  }
}
