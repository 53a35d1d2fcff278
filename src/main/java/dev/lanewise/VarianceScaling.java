package dev.lanewise;

import java.util.random.RandomGenerator;

/// Independent values of mean 0 and variance `factor` / fan, normal or uniform, the fan read off the parameter's shape.
record VarianceScaling(double factor, Fan fan, boolean normal) implements Initializer {

  /// The number of terms of a sum forward (IN), or the mean of those forward and backward.
  enum Fan { IN, MEAN }

  @Override
  public void initialize(Tensor parameter, RandomGenerator random) {
    Shape shape = parameter.shape();
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(this + ": parameter is " + parameter.describe() + ", expected at least the axes [out, in]");
    }
    if (parameter.size() > 0) {
      double fanIn = parameter.size() / (double) shape.dim(0);
      double fanOut = parameter.size() / (double) shape.dim(1);
      double variance = factor / (fan == Fan.IN ? fanIn : (fanIn + fanOut) / 2);
      new RandomValues(normal, Math.sqrt(normal ? variance : 3 * variance)).initialize(parameter, random);
    }
  }
}
