package dev.lanewise.kernel;

import dev.lanewise.kernel.elementwise.DoublePortableElementwise;
import dev.lanewise.kernel.elementwise.Nonlinearity;

/// What is computed element by element: exp, erf, and every φ that kernels know.
public enum ElementwiseFunction {
  /// Not an activation, but what most of them and softmax begin with.
  EXP(null),
  /// What gelu is defined by.
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

  /// Null for what is no activation.
  final Nonlinearity kind;

  ElementwiseFunction(Nonlinearity kind) {
    this.kind = kind;
  }

  /// Whether a derivative is kept beside the value; else it comes from the value, at no price.
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

  /// By the kernels in plain Java.
  void applyPortable(int n, double[] x, double[] y) {
    switch (this) {
      case EXP -> DoublePortableElementwise.exp(n, x, 0, y, 0);
      case ERF -> DoublePortableElementwise.erf(n, x, 0, y, 0);
      default -> DoublePortableElementwise.activate(kind, n, x, 0, y, 0);
    }
  }
}
