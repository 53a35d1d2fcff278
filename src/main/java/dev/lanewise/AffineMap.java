package dev.lanewise;

import java.util.Objects;

/// The map y = φ(W·x + b) of a layer on one sample, known before any input, for operators that compute a chain of small
/// layers in one pass.
///
/// @param weight W, `[n_out, n_in]`; not to be changed
/// @param bias b, `[n_out]`, or [Tensor#none()]; not to be changed
/// @param activation φ
public record AffineMap(Tensor weight, Tensor bias, Activation activation) {

  /// @throws IllegalArgumentException if W is no matrix, or b does not fit it
  public AffineMap {
    Objects.requireNonNull(activation, "activation");
    if (weight.shape().rank() != 2) {
      throw new IllegalArgumentException("AffineMap: weight is " + weight.describe() + ", expected [n_out, n_in]");
    }
    if (!bias.isNone()) {
      bias.require(weight.precision(), Shape.of(weight.shape().dim(0)), "AffineMap", "bias");
    }
  }

  /// {@return n_out, the number of elements of a sample of y}
  public int out() {
    return weight.shape().dim(0);
  }

  /// {@return n_in, the number of elements of a sample of x}
  public int in() {
    return weight.shape().dim(1);
  }
}
