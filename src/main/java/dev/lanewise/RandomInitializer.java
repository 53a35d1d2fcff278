package dev.lanewise;

import java.util.random.RandomGenerator;

/// Initial values that are drawn at random: what [Initializer]'s methods make.
sealed interface RandomInitializer extends Initializer {

  /// The number of terms of a sum forward (IN), or the mean of those forward and backward.
  enum Fan { IN, MEAN }

  /// Independent values: normal with mean 0 and standard deviation `scale`, or uniform on [−scale, scale].
  record RandomValues(boolean normal, double scale) implements RandomInitializer {

    public RandomValues {
      requireScale(scale, normal ? "normal: sd" : "uniform: bound");
    }

    @Override
    public void initialize(Tensor parameter, RandomGenerator random) {
      for (int position = 0; position < parameter.size(); position++) {
        parameter.set(position, scale * (normal ? random.nextGaussian() : 2 * random.nextDouble() - 1));
      }
    }
  }

  /// Independent values of mean 0 and variance `factor` / fan, normal or uniform, the fan read off the parameter's
  /// shape.
  record VarianceScaling(double factor, Fan fan, boolean normal) implements RandomInitializer {

    @Override
    public void initialize(Tensor parameter, RandomGenerator random) {
      requireFans(this, parameter);
      if (parameter.size() > 0) {
        double fanIn = parameter.size() / (double) parameter.shape().dim(0);
        double fanOut = parameter.size() / (double) parameter.shape().dim(1);
        double variance = factor / (fan == Fan.IN ? fanIn : (fanIn + fanOut) / 2);
        new RandomValues(normal, Math.sqrt(normal ? variance : 3 * variance)).initialize(parameter, random);
      }
    }
  }

  /// `gain` times a matrix with orthonormal rows, or columns where those are fewer, uniform (by Haar's measure) among
  /// them.
  ///
  /// The Q of G = Q·R with diag R > 0, for a G of independent standard normal values: Mezzadri, *How to generate random
  /// matrices from the classical compact groups*, 2007, section 5. By Gram and Schmidt's process with every vector
  /// taken through it twice, after which it is orthogonal to rounding: Giraud, Langou, Rozložník and van den Eshof,
  /// *Rounding error analysis of the classical Gram-Schmidt orthogonalization process*, 2005.
  record Orthogonal(double gain) implements RandomInitializer {

    public Orthogonal {
      requireScale(gain, "orthogonal: gain");
    }

    @Override
    public void initialize(Tensor parameter, RandomGenerator random) {
      requireFans(this, parameter);
      if (parameter.size() == 0) {
        return;
      }
      int rows = parameter.shape().dim(0);
      int columns = parameter.size() / rows;
      boolean byRows = rows <= columns;
      double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double value = random.nextGaussian();
          vectors[byRows ? row : column][byRows ? column : row] = value;
        }
      }
      orthonormalise(vectors);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          parameter.set(row * columns + column, gain * vectors[byRows ? row : column][byRows ? column : row]);
        }
      }
    }

    private static void orthonormalise(double[][] vectors) {
      for (int index = 0; index < vectors.length; index++) {
        double[] vector = vectors[index];
        for (int pass = 0; pass < 2; pass++) {
          for (int before = 0; before < index; before++) {
            add(-dot(vectors[before], vector), vectors[before], vector);
          }
          add(1 / Math.sqrt(dot(vector, vector)) - 1, vector, vector);
        }
      }
    }

    private static double dot(double[] u, double[] v) {
      double sum = 0;
      for (int i = 0; i < u.length; i++) {
        sum += u[i] * v[i];
      }
      return sum;
    }

    /// v += a·u.
    private static void add(double a, double[] u, double[] v) {
      for (int i = 0; i < u.length; i++) {
        v[i] += a * u[i];
      }
    }
  }

  private static void requireScale(double scale, String name) {
    if (!(scale >= 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          "Initializer " + name + " is " + scale + ", expected a finite number of at least 0");
    }
  }

  private static void requireFans(Initializer owner, Tensor parameter) {
    if (parameter.shape().rank() < 2) {
      throw new IllegalArgumentException(
          owner + ": parameter is " + parameter.describe() + ", expected at least the axes [out, in]");
    }
  }
}
