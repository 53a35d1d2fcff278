package dev.lanewise.graph;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A function f of one sample, and of parameters, to one number: its value, gradient and Hessian, in new memory for
/// each call.
///
/// | what | formula | shape |
/// |------|---------|-------|
/// | [#value]             | f(x, θ)      | |
/// | [#gradient]          | ∂f/∂x        | the sample's |
/// | [#parameterGradient] | ∂f/∂θ        | θ's |
/// | [#hessian]           | ∂²f/∂x², forward over reverse | `[n, n]`, n elements of the sample |
///
/// A sample has the shape that the function was made for, with or without a batch axis of length 1 in front. In loops,
/// and for batches, use [#layer()] with the prepared operators of `dev.lanewise.autodiff`, which allocate nothing. Safe
/// to share between threads.
public final class ScalarFunction {

  private final Layer layer;
  private final Shape sample;
  private final Shape output;

  ScalarFunction(Layer layer, Shape sample) {
    this.layer = layer;
    this.sample = sample;
    this.output = layer.outputShape(sample.prepend(1));
    if (output.size() != 1) {
      throw new IllegalArgumentException("Graph: the result of " + layer + " has shape " + output.withoutFirst()
          + ", expected one element");
    }
  }

  /// {@return the same function as a layer}
  public Layer layer() {
    return layer;
  }

  /// {@return f(x)} For a function without parameters.
  ///
  /// @throws IllegalArgumentException if x does not fit, or there are parameters
  public double value(Tensor x) {
    return value(x, none(x));
  }

  /// {@return f(x, θ)}
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  public double value(Tensor x, Parameters theta) {
    return layer.forward(batch(x), theta, new Workspace()).get(0);
  }

  /// {@return ∂f/∂x} For a function without parameters.
  ///
  /// @throws IllegalArgumentException if x does not fit, or there are parameters
  public Tensor gradient(Tensor x) {
    return gradient(x, none(x));
  }

  /// {@return ∂f/∂x, of x's shape}
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  public Tensor gradient(Tensor x, Parameters theta) {
    Linearization at = layer.linearize(batch(x), theta, new Workspace());
    Tensor gradient = Tensor.zeros(x.precision(), x.shape());
    at.vjp(one(x.precision()), gradient.view(0, sample.prepend(1).prepend(1)), Parameters.none());
    return gradient;
  }

  /// {@return ∂f/∂θ}
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  public Parameters parameterGradient(Tensor x, Parameters theta) {
    Linearization at = layer.linearize(batch(x), theta, new Workspace());
    Parameters gradient = Parameters.zeros(theta.spec(), x.precision());
    at.vjp(one(x.precision()), Tensor.none(), gradient);
    return gradient;
  }

  /// {@return ∂²f/∂x², `[n, n]`} For a function without parameters.
  ///
  /// @throws IllegalArgumentException if x does not fit, or there are parameters
  public Tensor hessian(Tensor x) {
    return hessian(x, none(x));
  }

  /// {@return ∂²f/∂x², `[n, n]`}
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  /// @throws UnsupportedOperationException if a layer inside has no second derivative
  public Tensor hessian(Tensor x, Parameters theta) {
    Linearization at = layer.linearize(batch(x), theta, new Workspace());
    int n = sample.size();
    Tensor identity = Tensor.zeros(x.precision(), n, n);
    for (int i = 0; i < n; i++) {
      identity.set(i * n + i, 1);
    }
    Tensor hessian = Tensor.zeros(x.precision(), n, n);
    Shape panel = sample.prepend(1).prepend(n);
    Tensor still = Tensor.zeros(x.precision(), output.prepend(n));
    at.vjpDot(identity.view(0, panel), Parameters.none(), one(x.precision()), still, hessian.view(0, panel),
        Parameters.none());
    return hessian;
  }

  private Tensor batch(Tensor x) {
    if (x.isNone() || !x.shape().equals(sample) && !x.shape().is(1, sample)) {
      throw new IllegalArgumentException(layer + ": x is " + x.describe() + ", expected " + sample + " or "
          + sample.prepend(1));
    }
    return x.view(0, sample.prepend(1));
  }

  private Parameters none(Tensor x) {
    if (layer.parameters().size() > 0) {
      throw new IllegalArgumentException(layer + ": has parameters " + layer.parameters()
          + ", expected to be called with them");
    }
    return Parameters.zeros(layer.parameters(), x.isNone() ? Precision.DOUBLE : x.precision());
  }

  private Tensor one(Precision precision) {
    Tensor one = Tensor.zeros(precision, output.prepend(1));
    one.fill(1);
    return one;
  }

  /// For example `Scalar Graph[x.squaredNorm()]`.
  @Override
  public String toString() {
    return "Scalar " + layer;
  }
}
