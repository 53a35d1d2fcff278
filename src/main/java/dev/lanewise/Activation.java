package dev.lanewise;

import dev.lanewise.kernel.elementwise.Nonlinearity;

/// The elementwise nonlinearities φ that gemm kernels fuse.
///
/// | constant   | φ(z)                      | φ′(z), from what is kept        | residual |
/// |------------|---------------------------|---------------------------------|----------|
/// | IDENTITY   | z                         | 1                               | output   |
/// | RELU       | max(z, 0)                 | 1 if y > 0, else 0              | output   |
/// | LEAKY_RELU | z if z > 0, else 0.01 z   | 1 if y > 0, else 0.01           | output   |
/// | SIGMOID    | 1/(1 + e⁻ᶻ)               | y(1 − y)                        | output   |
/// | TANH       | tanh z                    | 1 − y²                          | output   |
/// | GELU       | z·Φ(z), exact             | Φ(z) + z·φ_N(z)                 | slope    |
/// | SOFTPLUS   | log(1 + eᶻ)               | σ(z)                            | slope    |
/// | ELU        | z if z > 0, else eᶻ − 1   | 1 if y > 0, else y + 1          | output   |
/// | SILU       | z·σ(z)                    | σ(z)(1 + z(1 − σ(z)))           | slope    |
/// | MISH       | z·t, t = tanh(log(1 + eᶻ)) | t + z(1 − t²)σ(z)              | slope    |
///
/// Φ and φ_N are the standard normal's distribution and density, σ is SIGMOID. At 0, relu′ is 0 and leaky relu's slope
/// is 0.01, as in PyTorch. An activation that is not in this list is its own [Layer].
public enum Activation {
  /// φ(z) = z: none.
  IDENTITY(Nonlinearity.IDENTITY),
  /// The rectifier.
  RELU(Nonlinearity.RELU),
  /// The rectifier that lets 1 % of the negative side through.
  LEAKY_RELU(Nonlinearity.LEAKY_RELU),
  /// The logistic function.
  SIGMOID(Nonlinearity.SIGMOID),
  /// The hyperbolic tangent.
  TANH(Nonlinearity.TANH),
  /// The Gaussian error linear unit, exact (by erf), not its tanh approximation.
  GELU(Nonlinearity.GELU),
  /// The smooth rectifier.
  SOFTPLUS(Nonlinearity.SOFTPLUS),
  /// The exponential linear unit, α = 1.
  ELU(Nonlinearity.ELU),
  /// The sigmoid linear unit, also called swish.
  SILU(Nonlinearity.SILU),
  /// A self-regularized non-monotonic activation function (D. Misra, arXiv 1908.08681, equation 1).
  MISH(Nonlinearity.MISH);

  private final Nonlinearity nonlinearity;

  Activation(Nonlinearity nonlinearity) {
    this.nonlinearity = nonlinearity;
  }

  /// {@return whether φ′ is a function of the output alone, so that a linearization need keep nothing but its output}
  /// Otherwise the forward pass writes the slope φ′(z) beside the output.
  public boolean slopeFromOutput() {
    return nonlinearity.slopeFromOutput();
  }

  /// {@return the numbers that a linearization keeps of `n` units: their outputs, and their slopes if these are not
  /// functions of the outputs}
  public long kept(long n) {
    return slopeFromOutput() ? n : 2 * n;
  }

  /// {@return whether φ″ is ever nonzero: false for piecewise linear functions}
  public boolean curved() {
    return switch (this) {
      case IDENTITY, RELU, LEAKY_RELU -> false;
      case SIGMOID, TANH, GELU, SOFTPLUS, ELU, SILU, MISH -> true;
    };
  }

  Nonlinearity nonlinearity() {
    return nonlinearity;
  }
}
