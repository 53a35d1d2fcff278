package dev.lanewise.kernel.elementwise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.elementary.DoublePower;
import dev.lanewise.kernel.elementary.DoubleTrigonometry;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.elementary.FloatVectorElementary;
import dev.lanewise.kernel.lanes.VirtualMachine;
import dev.lanewise.kernel.math.DoubleErf;
import dev.lanewise.kernel.math.DoubleLogistic;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.DoubleMish;
import dev.lanewise.kernel.math.DoubleNormal;
import dev.lanewise.kernel.math.DoubleTanh;
import dev.lanewise.kernel.math.UlpErrors;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All 2³² floats through every function and its derivative, as the vectors compute them, against the same in `double`,
/// whose own accuracy [DoubleMathTest] holds against decimals. `mvn -Pexhaustive verify` runs it and prints a table.
@Tag("exhaustive")
@EnabledIf("vectorsAreUsed")
class EveryFloatTest {

  private static final int CHUNK = 1 << 13;
  private static final int CHUNKS_A_TASK = 1 << 7;
  /// Derivatives cancel where the function turns or levels out: half a last place of 1. In 1 − y² the error of y counts
  /// double, which comes to 1.147 times that where four last places are less; of a y that is rounded correctly it would
  /// be 1.06.
  private static final double CANCELS = 0x1p-24;
  /// The float next to 1/100: the product with it is rounded once.
  private static final double LEAK = 0.01f;

  static boolean vectorsAreUsed() {
    return VirtualMachine.hasVectors();
  }

  @BeforeAll
  static void head() {
    System.out.println(UlpErrors.head("ulp, over every float; derivatives where off by 2^-24"));
  }

  /// Every activation there is: one that is added later is missing here by name.
  @Test
  void noActivationIsLeftOut() {
    Set<String> tested = Stream.of(Function.values()).map(Enum::name).collect(Collectors.toSet());
    for (Nonlinearity phi : Nonlinearity.values()) {
      assertTrue(tested.contains(phi.name()) && tested.contains(phi + "_SLOPE"), phi.name());
    }
    for (Elementary f : Elementary.values()) {
      assertTrue(tested.contains(f.name()), f.name());
    }
  }

  /// Functions and what they may be off by, in last places.
  private enum Function {
    EXP(1, (n, x, y) -> FloatVectorElementwise.exp(n, x, 0, y, 0), DoubleMath::exp),
    ERF(1, (n, x, y) -> FloatVectorElementwise.erf(n, x, 0, y, 0), DoubleErf::erf),
    LOG(1, value(Elementary.LOG), DoubleMath::log),
    LOG1P(1, value(Elementary.LOG1P), DoubleMath::log1p),
    EXPM1(1.2, value(Elementary.EXPM1), DoubleMath::expm1),
    SIN(1, value(Elementary.SIN), DoubleTrigonometry::sin),
    COS(1, value(Elementary.COS), DoubleTrigonometry::cos),
    CUBE_ROOT(1.2, power(1 / 3.0), x -> power(x, 1 / 3.0)),
    FIFTH_POWER(1.2, power(5), x -> power(x, 5)),
    INVERSE_POWER(1.2, power(-70.1), x -> power(x, -70.1)),
    SIGMOID(1, value(Nonlinearity.SIGMOID), DoubleLogistic::sigmoid),
    TANH(1, value(Nonlinearity.TANH), DoubleTanh::tanh),
    SOFTPLUS(2, value(Nonlinearity.SOFTPLUS), DoubleLogistic::softplus),
    SILU(2, value(Nonlinearity.SILU), DoubleLogistic::silu),
    ELU(2, value(Nonlinearity.ELU), DoubleMath::elu),
    GELU(2, value(Nonlinearity.GELU), DoubleNormal::gelu),
    MISH(2, value(Nonlinearity.MISH), DoubleMish::mish),
    IDENTITY(0, value(Nonlinearity.IDENTITY), x -> x),
    RELU(0, value(Nonlinearity.RELU), x -> x <= 0 ? 0 : x),
    LEAKY_RELU(0.5, value(Nonlinearity.LEAKY_RELU), x -> x > 0 ? x : LEAK * x),
    SIGMOID_SLOPE(4, slope(Nonlinearity.SIGMOID), EveryFloatTest::decayOverSquare),
    TANH_SLOPE(4, slope(Nonlinearity.TANH), x -> 4 * decayOverSquare(2 * x)),
    SOFTPLUS_SLOPE(4, slope(Nonlinearity.SOFTPLUS), DoubleLogistic::sigmoid),
    SILU_SLOPE(4, slope(Nonlinearity.SILU), DoubleLogistic::siluSlope),
    ELU_SLOPE(4, slope(Nonlinearity.ELU), x -> x < 0 ? DoubleMath.exp(x) : 1),
    GELU_SLOPE(4, slope(Nonlinearity.GELU), DoubleNormal::geluSlope),
    MISH_SLOPE(4, slope(Nonlinearity.MISH), DoubleMish::mishSlope),
    IDENTITY_SLOPE(0, slope(Nonlinearity.IDENTITY), x -> 1),
    RELU_SLOPE(0, slope(Nonlinearity.RELU), x -> x <= 0 ? 0 : 1),
    LEAKY_RELU_SLOPE(0, slope(Nonlinearity.LEAKY_RELU), x -> x > 0 ? 1 : LEAK);

    private final double ulps;
    private final Kernel kernel;
    private final Reference reference;

    Function(double ulps, Kernel kernel, Reference reference) {
      this.ulps = ulps;
      this.kernel = kernel;
      this.reference = reference;
    }

    boolean isSlope() {
      return name().endsWith("_SLOPE");
    }
  }

  private interface Kernel {
    void apply(int n, float[] x, float[] y);
  }

  private interface Reference {
    double of(double x);
  }

  private static Kernel power(double exponent) {
    return (n, x, y) -> FloatVectorElementary.pow(exponent, n, x, 0, y, 0);
  }

  private static double power(double x, double exponent) {
    return DoublePower.pow(x, exponent, exponent == 5);
  }

  private static Kernel value(Elementary f) {
    return (n, x, y) -> FloatVectorElementary.apply(f, n, x, 0, y, 0);
  }

  private static Kernel value(Nonlinearity phi) {
    return (n, x, y) -> FloatVectorElementwise.activate(phi, n, x, 0, y, 0);
  }

  private static Kernel slope(Nonlinearity phi) {
    return (n, x, y) -> FloatVectorElementwise.activateKeepingSlope(phi, n, x, 0, x, 0, y, 0);
  }

  /// σ′(x) = e/(1 + e)² with e = exp(−|x|), without cancellation.
  private static double decayOverSquare(double x) {
    double e = DoubleMath.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  }

  @ParameterizedTest
  @EnumSource
  void everyFloat(Function function) {
    UlpErrors errors = new UlpErrors(function.name().toLowerCase(Locale.ROOT));
    IntStream.range(0, (int) ((1L << 32) / CHUNK / CHUNKS_A_TASK)).parallel().forEach(task -> {
      UlpErrors part = new UlpErrors(function.name());
      for (int chunk = 0; chunk < CHUNKS_A_TASK; chunk++) {
        check(function, (task * CHUNKS_A_TASK + chunk) * CHUNK, part);
      }
      errors.add(part);
    });
    System.out.println(errors);
    assertTrue(errors.most() <= function.ulps, errors::toString);
  }

  private static void check(Function function, int firstBits, UlpErrors errors) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      x[i] = Float.intBitsToFloat(firstBits + i);
    }
    function.kernel.apply(CHUNK, function.isSlope() ? x.clone() : x, y);
    double absolute = function == Function.TANH_SLOPE ? 1.15 * CANCELS : function.isSlope() && function.ulps > 0
        ? CANCELS : 0;
    for (int i = 0; i < CHUNK; i++) {
      errors.add(x[i], y[i], function.reference.of(x[i]), absolute);
    }
  }
}
