package dev.lanewise.train;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Penalties on large parameters: the cost is C = loss + l2·Σw² + l1·Σ|w|.
///
/// | penalty | effect on a step of rate ρ                                                                     |
/// |---------|------------------------------------------------------------------------------------------------|
/// | l2      | weight decay: 2·l2·w is added to the gradient; equation [46]; PyTorch's `weight_decay` is 2·l2 |
/// | l1      | a proximal step: each w then moves towards 0 by ρ·l1 and stops there, so weights become exactly 0 |
///
/// Parameters that are not trained are exempt, and biases unless included: parameters with one axis, which shift values
/// but do not scale them.
///
/// [46]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-46
///
/// @param l2 λ of the squares
/// @param l1 λ of the absolute values
/// @param biases whether biases are penalised too
public record Regularization(double l2, double l1, boolean biases) {

  private static final Regularization NONE = new Regularization(0, 0, false);

  /// @throws IllegalArgumentException if a λ is negative or no number
  public Regularization {
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY && l1 >= 0 && l1 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Regularization: l2 is " + l2 + " and l1 " + l1
          + ", expected numbers, at least 0");
    }
  }

  /// {@return no penalty}
  public static Regularization none() {
    return NONE;
  }

  /// {@return weight decay, biases exempt}
  ///
  /// @throws IllegalArgumentException if λ is negative or no number
  public static Regularization l2(double lambda) {
    return new Regularization(lambda, 0, false);
  }

  /// {@return a penalty for sparse weights, biases exempt}
  ///
  /// @throws IllegalArgumentException if λ is negative or no number
  public static Regularization l1(double lambda) {
    return new Regularization(0, lambda, false);
  }

  /// {@return the same penalties on biases too}
  public Regularization withBiases() {
    return new Regularization(l2, l1, true);
  }

  /// Checks that a positive λ is a positive number in this precision too.
  void requirePrecision(Precision precision) {
    if (l2 > 0) {
      precision.requirePositive(2 * l2, "Regularization", "2·l2");
    }
    if (l1 > 0) {
      precision.requirePositive(l1, "Regularization", "l1");
    }
  }

  boolean exempts(ParameterSpec.Entry entry) {
    return !entry.trained() || !biases && entry.shape().rank() < 2;
  }

  /// {@return l2·Σw² + l1·Σ|w|, summed in double}
  public double penalty(Parameters theta) {
    if (l2 == 0 && l1 == 0) {
      return 0;
    }
    double penalty = 0;
    for (int index = 0; index < theta.count(); index++) {
      if (!exempts(theta.spec().entries().get(index))) {
        Tensor w = theta.get(index);
        for (int position = 0; position < w.size(); position++) {
          double size = Math.abs(w.get(position));
          // λ first, so that no square overflows where the penalty does not.
          penalty += l2 * size * size + l1 * size;
        }
      }
    }
    return penalty;
  }

  /// {@return how many of the penalised parameters are exactly 0}
  public long zeros(Parameters theta) {
    long zeros = 0;
    for (int index = 0; index < theta.count(); index++) {
      if (!exempts(theta.spec().entries().get(index))) {
        Tensor w = theta.get(index);
        for (int position = 0; position < w.size(); position++) {
          zeros += w.get(position) == 0 ? 1 : 0;
        }
      }
    }
    return zeros;
  }
}
