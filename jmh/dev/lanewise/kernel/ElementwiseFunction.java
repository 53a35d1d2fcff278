package dev.lanewise.kernel;

/// What is computed element by element: exp, and every φ that kernels know.
public enum ElementwiseFunction {
  /// Not an activation, but what most of them and softmax begin with.
  EXP(null),
  IDENTITY(Nonlinearity.IDENTITY),
  RELU(Nonlinearity.RELU),
  LEAKY_RELU(Nonlinearity.LEAKY_RELU),
  SIGMOID(Nonlinearity.SIGMOID),
  TANH(Nonlinearity.TANH),
  GELU(Nonlinearity.GELU),
  SOFTPLUS(Nonlinearity.SOFTPLUS),
  ELU(Nonlinearity.ELU),
  SILU(Nonlinearity.SILU);

  /// Null for what is no activation.
  final Nonlinearity kind;

  ElementwiseFunction(Nonlinearity kind) {
    this.kind = kind;
  }

  /// Whether a derivative is kept beside the value; else it comes from the value, at no price.
  boolean keepsSlope() {
    return kind != null && !kind.slopeFromOutput();
  }

  /// @param n a vector's worth at least
  void apply(int n, float[] x, float[] y) {
    if (kind == null) {
      FloatVectorMath.exp(n, n - FloatLanes.LENGTH, x, 0, 0, y, 0);
    } else {
      FloatVectorElementwise.activate(kind, n, x, 0, y, 0);
    }
  }

  /// @param n a vector's worth at least
  void apply(int n, double[] x, double[] y) {
    if (kind == null) {
      DoubleVectorMath.exp(n, n - DoubleLanes.LENGTH, x, 0, 0, y, 0);
    } else {
      DoubleVectorElementwise.activate(kind, n, x, 0, y, 0);
    }
  }

  /// By the kernels in plain Java.
  void applyPortable(int n, double[] x, double[] y) {
    if (kind == null) {
      for (int i = 0; i < n; i++) {
        y[i] = DoubleMath.exp(x[i]);
      }
    } else {
      DoublePortableElementwise.activate(kind, n, x, 0, y, 0);
    }
  }
}
