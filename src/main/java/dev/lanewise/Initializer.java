package dev.lanewise;

import java.util.random.RandomGenerator;

/// Fills a parameter with its initial values.
///
/// - [#zeros]: 0; biases
/// - [#normal], [#uniform]: N(0, sd²), U[−a, a]; small random values; slides, "Considerations"
/// - [#glorotNormal], [#glorotUniform()]: variance 2 / (fanIn + fanOut); tanh, sigmoid, none; Glorot & Bengio 2010,
///   equations 12, 16
/// - [#heNormal], [#heUniform]: variance 2 / fanIn; relu and its like; He, Zhang, Ren & Sun 2015, equation 10
/// - [#lecunNormal], [#lecunUniform]: variance 1 / fanIn; tanh of standardized input; LeCun, Bottou, Orr & Müller 1998,
///   equation 16
/// - [#orthogonal(double)]: gain·Q, Q uniform among orthogonal matrices; deep and recurrent layers; Saxe, McClelland &
///   Ganguli 2014
///
/// The weight of a layer is `[out, in, …]`, as in [dev.lanewise.nn.Dense], or in a convolution whose further axes are
/// its window: fanIn = in·window, fanOut = out·window. Initializers that need these refuse a parameter with fewer than
/// two axes. Weights are random because equal values would never break the symmetry between units. U[−a, a] has the
/// variance a²/3.
@FunctionalInterface
public interface Initializer {

  /// Writes initial values to every element of `parameter`, drawing from `random` in row-major order.
  void initialize(Tensor parameter, RandomGenerator random);

  /// {@return zeros: for biases}
  static Initializer zeros() {
    return (parameter, _) -> parameter.fill(0);
  }

  /// {@return normally distributed numbers with mean 0}
  ///
  /// @param sd standard deviation, at least 0
  /// @throws IllegalArgumentException if it is negative, NaN or infinite
  static Initializer normal(double sd) {
    return new RandomInitializer.RandomValues(true, sd);
  }

  /// {@return uniformly distributed numbers on [−bound, bound]}
  ///
  /// @throws IllegalArgumentException if the bound is negative, NaN or infinite
  static Initializer uniform(double bound) {
    return new RandomInitializer.RandomValues(false, bound);
  }

  /// {@return uniformly distributed numbers on [−a, a] with a = √(6 / (fanIn + fanOut)): keeps the variance of
  /// activations and of cotangents alike} For a parameter whose shape does not give its fans; [#glorotUniform()] reads
  /// them from the shape. Glorot & Bengio 2010, equation 16.
  static Initializer glorotUniform(int fanIn, int fanOut) {
    return uniform(Math.sqrt(6.0 / ((double) fanIn + fanOut)));
  }

  /// {@return uniformly distributed numbers with variance 2 / (fanIn + fanOut): keeps the variance of activations and
  /// of cotangents alike}
  static Initializer glorotUniform() {
    return new RandomInitializer.VarianceScaling(1, RandomInitializer.Fan.MEAN, false);
  }

  /// {@return normally distributed numbers with variance 2 / (fanIn + fanOut): keeps the variance of activations and of
  /// cotangents alike}
  static Initializer glorotNormal() {
    return new RandomInitializer.VarianceScaling(1, RandomInitializer.Fan.MEAN, true);
  }

  /// {@return normally distributed numbers with variance 2 / fanIn: keeps the mean square of activations through layers
  /// of relu}
  static Initializer heNormal() {
    return new RandomInitializer.VarianceScaling(2, RandomInitializer.Fan.IN, true);
  }

  /// {@return uniformly distributed numbers with variance 2 / fanIn: keeps the mean square of activations through
  /// layers of relu}
  static Initializer heUniform() {
    return new RandomInitializer.VarianceScaling(2, RandomInitializer.Fan.IN, false);
  }

  /// {@return normally distributed numbers with variance 1 / fanIn: sums of standardized inputs have variance 1}
  static Initializer lecunNormal() {
    return new RandomInitializer.VarianceScaling(1, RandomInitializer.Fan.IN, true);
  }

  /// {@return uniformly distributed numbers with variance 1 / fanIn: sums of standardized inputs have variance 1}
  static Initializer lecunUniform() {
    return new RandomInitializer.VarianceScaling(1, RandomInitializer.Fan.IN, false);
  }

  /// {@return a matrix with orthonormal rows, or orthonormal columns if it has more rows than columns: all its singular
  /// values are 1}
  static Initializer orthogonal() {
    return orthogonal(1);
  }

  /// {@return `gain` times a matrix with orthonormal rows, or orthonormal columns if it has more rows than columns} A
  /// parameter `[out, in, …]` counts as a matrix of `out` rows.
  ///
  /// @param gain all singular values: 1 for linear layers, √2 for relu
  /// @throws IllegalArgumentException if it is negative, NaN or infinite
  static Initializer orthogonal(double gain) {
    return new RandomInitializer.Orthogonal(gain);
  }
}

/// Random initial values, made by [Initializer]'s methods.
sealed interface RandomInitializer extends Initializer {

  /// The number of terms in a forward sum (IN), or the mean of those in forward and backward sums.
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

  /// Independent values of mean 0 and variance `factor` / fan, normal or uniform, with the fan from the parameter's
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

  /// `gain` times a matrix with orthonormal rows, or columns if those are fewer, uniform (by Haar's measure) among
  /// them.
  ///
  /// The Q of G = Q·R with diag R > 0, for a G of independent standard normal values: Mezzadri, *How to generate random
  /// matrices from the classical compact groups*, 2007, section 5. It is computed by the Gram-Schmidt process, applied
  /// twice to each vector, which is then orthogonal to rounding: Giraud, Langou, Rozložník and van den Eshof, *Rounding
  /// error analysis of the classical Gram-Schmidt orthogonalization process*, 2005.
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
