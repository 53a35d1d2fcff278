package dev.lanewise.kernel;

import dev.lanewise.kernel.elementwise.DoublePortableElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;

/// Elementwise functions: exp, erf, and each φ of the kernels.
public enum ElementwiseFunction {
  /// Not an activation, but the basis of most activations and of softmax.
  EXP(null),
  /// The function that defines gelu.
  ERF(null),
  IDENTITY(Nonlinearity.IDENTITY),
  RELU(Nonlinearity.RELU),
  LEAKY_RELU(Nonlinearity.LEAKY_RELU),
  SIGMOID(Nonlinearity.SIGMOID),
  TANH(Nonlinearity.TANH),
  GELU(Nonlinearity.GELU),
  SOFTPLUS(Nonlinearity.SOFTPLUS),
  ELU(Nonlinearity.ELU),
  SILU(Nonlinearity.SILU),
  MISH(Nonlinearity.MISH);

  /// Null for a function that is not an activation.
  final Nonlinearity kind;

  ElementwiseFunction(Nonlinearity kind) {
    this.kind = kind;
  }

  /// Whether a derivative is kept beside the value; otherwise it follows from the value, at no cost.
  boolean keepsSlope() {
    return kind != null && !kind.slopeFromOutput();
  }

  void apply(int n, float[] x, float[] y) {
    switch (this) {
      case EXP -> FloatKernels.BEST.exp(n, x, 0, y, 0);
      case ERF -> FloatKernels.BEST.erf(n, x, 0, y, 0);
      default -> FloatKernels.BEST.activate(kind, n, x, 0, y, 0);
    }
  }

  void apply(int n, double[] x, double[] y) {
    switch (this) {
      case EXP -> DoubleKernels.BEST.exp(n, x, 0, y, 0);
      case ERF -> DoubleKernels.BEST.erf(n, x, 0, y, 0);
      default -> DoubleKernels.BEST.activate(kind, n, x, 0, y, 0);
    }
  }

  /// Applies the function with the kernels in plain Java.
  void applyPortable(int n, double[] x, double[] y) {
    switch (this) {
      case EXP -> DoublePortableElementwise.exp(n, x, 0, y, 0);
      case ERF -> DoublePortableElementwise.erf(n, x, 0, y, 0);
      default -> DoublePortableElementwise.activate(kind, n, x, 0, y, 0);
    }
  }
}
