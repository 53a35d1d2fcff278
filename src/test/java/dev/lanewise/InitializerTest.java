package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.nn.Dense;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Initial values have the mean, variance and bounds of their formula, are orthogonal where they say so, and the same
/// for the same seed.
class InitializerTest {

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static Tensor draw(Initializer initializer, int... dims) {
    Tensor parameter = Tensor.zeros(Precision.DOUBLE, dims);
    initializer.initialize(parameter, random(5));
    return parameter;
  }

  /// Initializer, variance of a 300 × 500 weight, kurtosis: 3 of a normal distribution, 9/5 of a uniform one.
  static Stream<Arguments> distributions() {
    return Stream.of(
        arguments(Initializer.normal(0.03), 0.0009, 3),
        arguments(Initializer.uniform(0.03), 0.0003, 1.8),
        arguments(Initializer.glorotNormal(), 2.0 / 800, 3),
        arguments(Initializer.glorotUniform(), 2.0 / 800, 1.8),
        arguments(Initializer.glorotUniform(500, 300), 2.0 / 800, 1.8),
        arguments(Initializer.heNormal(), 2.0 / 500, 3),
        arguments(Initializer.heUniform(), 2.0 / 500, 1.8),
        arguments(Initializer.lecunNormal(), 1.0 / 500, 3),
        arguments(Initializer.lecunUniform(), 1.0 / 500, 1.8));
  }

  /// Six standard errors of 150,000 draws: of the mean √(σ²/n), of the variance √((κ − 1)/n)·σ².
  @ParameterizedTest
  @MethodSource("distributions")
  void momentsAreTheFormulas(Initializer initializer, double variance, double kurtosis) {
    double[] values = draw(initializer, 300, 500).toDoubles();
    double n = values.length;
    double mean = Arrays.stream(values).average().orElseThrow();
    double second = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    double fourth = Arrays.stream(values).map(v -> v * v * v * v).average().orElseThrow();
    assertEquals(0, mean, 6 * Math.sqrt(variance / n));
    assertEquals(variance, second, 6 * Math.sqrt((kurtosis - 1) / n) * variance);
    assertEquals(kurtosis, fourth / (second * second), 0.15);
    if (kurtosis < 2) {
      double bound = Math.sqrt(3 * variance);
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertTrue(largest <= bound && largest > 0.999 * bound, largest + " of " + bound);
    }
  }

  @Test
  void fansOfAConvolutionCountItsWindow() {
    assertEquals(Math.sqrt(6.0 / (7 * 9)), spread(draw(Initializer.heUniform(), 50, 7, 3, 3)), 1e-3);
    assertEquals(Math.sqrt(6.0 / (9 * (50 + 7))), spread(draw(Initializer.glorotUniform(), 50, 7, 3, 3)), 1e-3);
  }

  private static double spread(Tensor values) {
    return Arrays.stream(values.toDoubles()).map(Math::abs).max().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "40, 40", "17, 60", "60, 17"})
  void orthogonalMatricesAreOrthonormalOnTheirShortSide(int rows, int columns) {
    Tensor q = draw(Initializer.orthogonal(2), rows, columns);
    int shortSide = Math.min(rows, columns);
    for (int i = 0; i < shortSide; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot += rows <= columns ? q.get(i, k) * q.get(j, k) : q.get(k, i) * q.get(k, j);
        }
        assertEquals(i == j ? 4 : 0, dot, 1e-14, "product of " + i + " and " + j);
      }
    }
  }

  @Test
  void orthogonalMatricesTakeNoDirectionMoreOftenThanTheOther() {
    RandomGenerator random = random(1);
    double trace = 0;
    double determinant = 0;
    int draws = 4000;
    for (int draw = 0; draw < draws; draw++) {
      Tensor q = Tensor.zeros(Precision.DOUBLE, 2, 2);
      Initializer.orthogonal().initialize(q, random);
      trace += q.get(0, 0) + q.get(1, 1);
      determinant += q.get(0, 0) * q.get(1, 1) - q.get(0, 1) * q.get(1, 0);
    }
    assertEquals(0, trace / draws, 6 / Math.sqrt(draws));
    assertEquals(0, determinant / draws, 6 / Math.sqrt(draws));
  }

  @Test
  void theSameSeedGivesTheSameValuesInEitherPrecision() {
    Layer layer = new Dense(6, 5).withInitializer(Initializer.orthogonal());
    Parameters doubles = Parameters.initialize(layer.parameters(), Precision.DOUBLE, 3);
    assertArrayEquals(doubles.flat().toDoubles(),
        Parameters.initialize(layer.parameters(), Precision.DOUBLE, 3).flat().toDoubles());
    assertArrayEquals(doubles.to(Precision.FLOAT).flat().toDoubles(),
        Parameters.initialize(layer.parameters(), Precision.FLOAT, 3).flat().toDoubles());
    assertTrue(doubles.flat().get(0) != Parameters.initialize(layer.parameters(), Precision.DOUBLE, 4).flat().get(0));
  }

  @Test
  void aLayerStartsFromTheInitializerThatItIsGiven() {
    Parameters theta = Parameters.initialize(new Dense(400, 300).withInitializer(Initializer.uniform(0.5)).parameters(),
        Precision.FLOAT, 3);
    assertEquals(0.5, spread(theta.get("weight")), 1e-3);
    assertEquals(0, spread(theta.get("bias")));
    assertEquals(new Dense(4, 3).withInitializer(Initializer.heNormal()),
        new Dense(4, 3, true, Activation.IDENTITY, Initializer.heNormal()));
    assertEquals(new Dense(4, 3), new Dense(4, 3).withInitializer(Initializer.glorotUniform()));
  }

  @Test
  void scalesAndShapesThatDoNotFitAreRefused() {
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused("Initializer normal: sd is " + wrong + ", expected a finite number",
          () -> Initializer.normal(wrong));
      assertRefused("Initializer uniform: bound is " + wrong + ", expected a finite number",
          () -> Initializer.uniform(wrong));
      assertRefused("Initializer orthogonal: gain is " + wrong + ", expected a finite number",
          () -> Initializer.orthogonal(wrong));
    }
    assertRefused("parameter is DOUBLE [7], expected at least the axes [out, in]",
        () -> draw(Initializer.heNormal(), 7));
    assertRefused("parameter is DOUBLE [7], expected at least the axes [out, in]",
        () -> draw(Initializer.orthogonal(), 7));
  }

  private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
