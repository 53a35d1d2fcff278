package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;

/// A chain of dense layers, the last one linear.
final class Perceptron {

  private Perceptron() {}

  /// E, the number of weights.
  static long weights(int... widths) {
    long weights = 0;
    for (int layer = 1; layer < widths.length; layer++) {
      weights += (long) widths[layer - 1] * widths[layer];
    }
    return weights;
  }

  /// @param widths of the inputs, each hidden layer, the outputs
  static Sequential of(Activation activation, int... widths) {
    Dense[] layers = new Dense[widths.length - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Dense(widths[layer], widths[layer + 1],
          layer < layers.length - 1 ? activation : Activation.IDENTITY);
    }
    return Sequential.of(layers);
  }
}
