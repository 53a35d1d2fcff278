package dev.lanewise.kernel.elementwise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementary.Elementary;
import dev.lanewise.kernel.math.DoubleDouble;
import dev.lanewise.kernel.math.DoubleDoubleElementary;
import dev.lanewise.kernel.math.DoubleDoubleMath;
import dev.lanewise.kernel.math.DoubleDoubleNormal;
import dev.lanewise.kernel.math.DoubleStrata;
import dev.lanewise.kernel.math.UlpErrors;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// The functions of `double` as [DoubleKernels] computes them here, what they may be off by in last places, and the
/// range of arguments in which they are neither constant nor a straight line.
///
/// Where a derivative is a sum whose terms cancel, it may be off by some times 2⁻⁵³ of the terms instead; where none
/// cancel, as in most tails, its last places count however small it is. But for the last binades: where the density or
/// σ′ is subnormal, a factor of x or x² multiplies what rounds it, up to half of the smallest `double`; 2⁻¹⁰¹⁶, 2⁻¹⁰¹¹
/// and 2⁻¹⁰¹⁰ stand for that.
public enum DoubleAccuracy {
  EXP(2, -746, 710, (n, x, y) -> DoubleKernels.BEST.exp(n, x, 0, y, 0), DoubleDoubleMath::exp),
  ERF(2, -6.5, 6.5, (n, x, y) -> DoubleKernels.BEST.erf(n, x, 0, y, 0), DoubleDoubleNormal::erf),
  LOG(1, 1e-3, 100, value(Elementary.LOG), DoubleDoubleElementary::log),
  LOG1P(1, -1, 100, value(Elementary.LOG1P), DoubleDoubleElementary::log1p),
  EXPM1(1.3, -40, 710, value(Elementary.EXPM1), DoubleDoubleElementary::expm1),
  SIN(1, -1000, 1000, value(Elementary.SIN), DoubleDoubleElementary::sin),
  COS(1, -1000, 1000, value(Elementary.COS), DoubleDoubleElementary::cos),
  CUBE_ROOT(1, 1e-3, 1e3, power(1 / 3.0), (x, scale) -> DoubleDoubleElementary.pow(x, 1 / 3.0, scale)),
  FIFTIETH_POWER(1, -1000, 1000, power(50), (x, scale) -> DoubleDoubleElementary.pow(x, 50, scale)),
  INVERSE_POWER(1, 0.4, 3, power(-800.1), (x, scale) -> DoubleDoubleElementary.pow(x, -800.1, scale)),
  SIGMOID(2, -746, 40, value(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoid),
  TANH(2, -22, 22, value(Nonlinearity.TANH), DoubleDoubleMath::tanh),
  SOFTPLUS(2, -746, 40, value(Nonlinearity.SOFTPLUS), DoubleDoubleMath::softplus),
  SILU(2, -753, 45, value(Nonlinearity.SILU), DoubleDoubleMath::silu),
  ELU(2, -40, 1, value(Nonlinearity.ELU), DoubleDoubleMath::elu),
  GELU(2, -39, 9, value(Nonlinearity.GELU), DoubleDoubleNormal::gelu),
  MISH(2, -753, 45, value(Nonlinearity.MISH), DoubleDoubleMath::mish),
  IDENTITY(0, -1, 1, value(Nonlinearity.IDENTITY), (x, scale) -> DoubleDouble.of(x).scaled(scale)),
  RELU(0, -1, 1, value(Nonlinearity.RELU), (x, scale) -> DoubleDouble.of(x <= 0 ? 0 : x).scaled(scale)),
  LEAKY_RELU(0.5, -1, 1, value(Nonlinearity.LEAKY_RELU),
      (x, scale) -> x > 0 ? DoubleDouble.of(x).scaled(scale) : DoubleDouble.of(x).scaled(scale).times(0.01)),
  SIGMOID_SLOPE(4, -746, 40, slope(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoidSlope, x -> x > 0 ? 1 : 0),
  TANH_SLOPE(4, -20, 20, slope(Nonlinearity.TANH), DoubleDoubleMath::tanhSlope, x -> 2),
  SOFTPLUS_SLOPE(4, -746, 40, slope(Nonlinearity.SOFTPLUS), DoubleDoubleMath::sigmoid),
  SILU_SLOPE(4, -753, 45, slope(Nonlinearity.SILU), DoubleDoubleMath::siluSlope,
  x -> x < 0 ? Math.exp(x) * (1 - x) : 0),
  ELU_SLOPE(4, -40, 1, slope(Nonlinearity.ELU), DoubleDoubleMath::eluSlope, x -> x < 0 ? 1 : 0),
  GELU_SLOPE(4, -39, 9, slope(Nonlinearity.GELU), DoubleDoubleNormal::geluSlope,
      x -> x < 0 ? 1.5 * Math.exp(-x * x / 2) + 0x1p-1016 : 0),
  MISH_SLOPE(5, -753, 45, slope(Nonlinearity.MISH), DoubleDoubleMath::mishSlope,
      x -> x < 0 ? 2 * Math.exp(x) * (1 - x) : 0),
  IDENTITY_SLOPE(0, -1, 1, slope(Nonlinearity.IDENTITY), (x, scale) -> DoubleDouble.ONE.scaled(scale)),
  RELU_SLOPE(0, -1, 1, slope(Nonlinearity.RELU), (x, scale) -> DoubleDouble.of(x <= 0 ? 0 : 1).scaled(scale)),
  LEAKY_RELU_SLOPE(0, -1, 1, slope(Nonlinearity.LEAKY_RELU),
  (x, scale) -> DoubleDouble.of(x > 0 ? 1 : 0.01).scaled(scale)),
  SIGMOID_CURVATURE(4, -746, 746, curvature(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoidCurvature,
      x -> Math.abs(x) < 1 ? 1 : 0),
  TANH_CURVATURE(4, -20, 20, curvature(Nonlinearity.TANH), DoubleDoubleMath::tanhCurvature, x -> 4),
  SOFTPLUS_CURVATURE(4, -746, 746, curvature(Nonlinearity.SOFTPLUS), DoubleDoubleMath::sigmoidSlope),
  SILU_CURVATURE(5, -753, 753, curvature(Nonlinearity.SILU), DoubleDoubleMath::siluCurvature,
      x -> 4 * Math.exp(-Math.abs(x)) + 0x1p-1011),
  ELU_CURVATURE(4, -40, 1, curvature(Nonlinearity.ELU), DoubleDoubleMath::eluCurvature, x -> 1),
  GELU_CURVATURE(5, -39, 39, curvature(Nonlinearity.GELU), DoubleDoubleNormal::geluCurvature, x -> 0x1p-1010),
  MISH_CURVATURE(7, -753, 376, curvature(Nonlinearity.MISH), DoubleDoubleMath::mishCurvature,
      x -> (2 + Math.abs(x)) * (x < 0 ? 2 * Math.exp(x) : 12 * Math.exp(-2 * x)) + 0x1p-1011),
  IDENTITY_CURVATURE(0, -1, 1, curvature(Nonlinearity.IDENTITY), (x, scale) -> DoubleDouble.ZERO),
  RELU_CURVATURE(0, -1, 1, curvature(Nonlinearity.RELU), (x, scale) -> DoubleDouble.ZERO),
  LEAKY_RELU_CURVATURE(0, -1, 1, curvature(Nonlinearity.LEAKY_RELU), (x, scale) -> DoubleDouble.ZERO);

  /// Results below 2⁻⁴⁰⁰ are compared with references that are this many octaves larger.
  private static final int SCALE = 512;

  private final double ulps;
  private final double from;
  private final double to;
  private final Kernel kernel;
  private final Reference reference;
  private final DoubleUnaryOperator terms;

  DoubleAccuracy(double ulps, double from, double to, Kernel kernel, Reference reference) {
    this(ulps, from, to, kernel, reference, x -> 0);
  }

  /// `terms`: how large, about, the terms are that cancel.
  DoubleAccuracy(double ulps, double from, double to, Kernel kernel, Reference reference, DoubleUnaryOperator terms) {
    this.ulps = ulps;
    this.from = from;
    this.to = to;
    this.kernel = kernel;
    this.reference = reference;
    this.terms = terms;
  }

  private interface Kernel {
    void apply(int n, double[] x, double[] y);
  }

  private interface Reference {
    DoubleDouble of(double x, int scale);
  }

  private static Kernel power(double exponent) {
    return (n, x, y) -> DoubleKernels.BEST.pow(exponent, n, x, 0, y, 0);
  }

  private static Kernel value(Elementary f) {
    return (n, x, y) -> DoubleKernels.BEST.elementary(f, n, x, 0, y, 0);
  }

  private static Kernel value(Nonlinearity phi) {
    return (n, x, y) -> DoubleKernels.BEST.activate(phi, n, x, 0, y, 0);
  }

  private static Kernel slope(Nonlinearity phi) {
    return (n, x, y) -> DoubleKernels.BEST.activateKeepingSlope(phi, n, x, 0, new double[n], 0, y, 0);
  }

  private static Kernel curvature(Nonlinearity phi) {
    return (n, x, y) -> DoubleKernels.BEST.curvature(phi, n, x, 0, y, 0);
  }

  double limit() {
    return ulps;
  }

  UlpErrors errors() {
    return new UlpErrors(name().toLowerCase(Locale.ROOT));
  }

  /// Adds `count` arguments of every stratum, rounded up to a multiple of 4096.
  public void measure(long count, long seed, UlpErrors errors) {
    DoubleStrata strata = new DoubleStrata(from, to, seed);
    double[] x = new double[1 << 12];
    double[] y = new double[x.length];
    for (long done = 0; done < count; done += x.length) {
      strata.fill(x);
      kernel.apply(x.length, x, y);
      for (int i = 0; i < x.length; i++) {
        int scale = Math.abs(y[i]) < 0x1p-400 ? SCALE : 0;
        errors.add(x[i], y[i], reference.of(x[i], scale), scale, 0x1p-53 * terms.applyAsDouble(x[i]));
      }
    }
  }
}
