package dev.lanewise;

import java.util.random.RandomGenerator;

/// Fills a parameter with its initial values.
///
/// | initializer                            | distribution of each element               | for                       | source |
/// |----------------------------------------|--------------------------------------------|---------------------------|--------|
/// | [#zeros]                               | 0                                          | biases                    | |
/// | [#normal], [#uniform]                  | N(0, sd²), U[−a, a]                        | small random values       | slides, "Considerations" |
/// | [#glorotNormal], [#glorotUniform()]    | variance 2 / (fanIn + fanOut)              | tanh, sigmoid, none       | Glorot & Bengio 2010, equations 12, 16 |
/// | [#heNormal], [#heUniform]              | variance 2 / fanIn                         | relu and its like         | He, Zhang, Ren & Sun 2015, equation 10 |
/// | [#lecunNormal], [#lecunUniform]        | variance 1 / fanIn                         | tanh of standardized input | LeCun, Bottou, Orr & Müller 1998, equation 16 |
/// | [#orthogonal(double)]                  | gain·Q, Q uniform among orthogonal matrices | deep and recurrent layers | Saxe, McClelland & Ganguli 2014 |
///
/// The weight of a layer is `[out, in, …]`, as of [dev.lanewise.nn.Dense], or of a convolution whose further axes are its
/// window: fanIn = in·window, fanOut = out·window. Those that need them refuse a parameter of fewer than two axes. Equal
/// values would never break the symmetry between units: that is why weights are random. U[−a, a] has the variance a²/3.
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
  /// activations and of cotangents alike} For a parameter whose shape does not tell its fans; [#glorotUniform()] reads
  /// them off. Glorot & Bengio 2010, equation 16.
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

  /// {@return a matrix with orthonormal rows, or columns where there are more rows than columns: all its singular
  /// values are 1}
  static Initializer orthogonal() {
    return orthogonal(1);
  }

  /// {@return `gain` times a matrix with orthonormal rows, or columns where there are more rows than columns} A
  /// parameter `[out, in, …]` counts as a matrix of `out` rows.
  ///
  /// @param gain all singular values: 1 for linear layers, √2 for relu
  /// @throws IllegalArgumentException if it is negative, NaN or infinite
  static Initializer orthogonal(double gain) {
    return new RandomInitializer.Orthogonal(gain);
  }
}
