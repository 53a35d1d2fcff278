package dev.lanewise;

import java.util.random.RandomGenerator;

/// Fills a parameter with its initial values.
@FunctionalInterface
public interface Initializer {

  /// Writes initial values to every element of `parameter`, drawing from `random` in row-major order.
  void initialize(Tensor parameter, RandomGenerator random);

  /// Zeros: for biases.
  static Initializer zeros() {
    return (parameter, _) -> parameter.fill(0);
  }

  /// Uniform on [−a, a] with a = √(6 / (fanIn + fanOut)): keeps the variance of activations and of cotangents alike.
  /// Glorot & Bengio 2010, equation 16.
  static Initializer glorotUniform(int fanIn, int fanOut) {
    double bound = Math.sqrt(6.0 / ((double) fanIn + fanOut));
    return (parameter, random) -> {
      for (int position = 0; position < parameter.size(); position++) {
        parameter.set(position, bound * (2 * random.nextDouble() - 1));
      }
    };
  }
}
