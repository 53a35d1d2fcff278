package dev.lanewise;

import java.util.random.RandomGenerator;

/// Independent values: normal with mean 0 and standard deviation `scale`, or uniform on [−scale, scale].
record RandomValues(boolean normal, double scale) implements Initializer {

  RandomValues {
    requireScale(scale, normal ? "normal: sd" : "uniform: bound");
  }

  static void requireScale(double scale, String name) {
    if (!(scale >= 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("Initializer " + name + " is " + scale + ", expected a finite number of at least 0");
    }
  }

  @Override
  public void initialize(Tensor parameter, RandomGenerator random) {
    for (int position = 0; position < parameter.size(); position++) {
      parameter.set(position, scale * (normal ? random.nextGaussian() : 2 * random.nextDouble() - 1));
    }
  }
}
