package dev.lanewise.nn.recurrent;

import dev.lanewise.Initializer;
import dev.lanewise.Tensor;
import java.util.random.RandomGenerator;

/// Initial biases of an [Lstm], with an offset for those of the forget gates, the second quarter.
///
/// @param values the initial values of all biases
/// @param forget the offset of the biases of f
record ForgetBias(Initializer values, double forget) implements Initializer {

  @Override
  public void initialize(Tensor parameter, RandomGenerator random) {
    values.initialize(parameter, random);
    int hidden = parameter.size() / 4;
    for (int unit = hidden; unit < 2 * hidden; unit++) {
      parameter.set(unit, parameter.get(unit) + forget);
    }
  }
}
