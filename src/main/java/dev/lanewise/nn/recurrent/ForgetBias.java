package dev.lanewise.nn.recurrent;

import dev.lanewise.Initializer;
import dev.lanewise.Tensor;
import java.util.random.RandomGenerator;

/// Initial biases of an [Lstm]: those of the forget gates, the second quarter, are moved.
///
/// @param values what all of them start from
/// @param forget by how much those of f are moved
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
