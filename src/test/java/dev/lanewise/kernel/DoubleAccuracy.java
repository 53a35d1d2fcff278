package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.Locale;

/// The functions of `double` as [DoubleKernels] computes them here, what they may be off by in last places, and the range of arguments
/// in which they are neither constant nor a straight line.
///
/// Derivatives cancel where the function turns or levels out: there they may be off by an absolute error, half a last place of 1,
/// or two of it for the second ones. In 1 − y² what rounds y counts twice.
enum DoubleAccuracy {
  EXP(2, 0, -746, 710, DoubleAccuracy::exp, DoubleDoubleMath::exp),
  SIGMOID(2, 0, -746, 40, value(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoid),
  TANH(2, 0, -22, 22, value(Nonlinearity.TANH), DoubleDoubleMath::tanh),
  SOFTPLUS(2, 0, -746, 40, value(Nonlinearity.SOFTPLUS), DoubleDoubleMath::softplus),
  SILU(2, 0, -753, 45, value(Nonlinearity.SILU), DoubleDoubleMath::silu),
  ELU(2, 0, -40, 1, value(Nonlinearity.ELU), DoubleDoubleMath::elu),
  GELU(2, 0, -39, 9, value(Nonlinearity.GELU), DoubleDoubleNormal::gelu),
  SIGMOID_SLOPE(4, 0x1p-53, -746, 40, slope(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoidSlope),
  TANH_SLOPE(4, 0x1p-52, -20, 20, slope(Nonlinearity.TANH), DoubleDoubleMath::tanhSlope),
  SOFTPLUS_SLOPE(4, 0x1p-53, -746, 40, slope(Nonlinearity.SOFTPLUS), DoubleDoubleMath::sigmoid),
  SILU_SLOPE(4, 0x1p-53, -753, 45, slope(Nonlinearity.SILU), DoubleDoubleMath::siluSlope),
  ELU_SLOPE(4, 0x1p-53, -40, 1, slope(Nonlinearity.ELU), DoubleDoubleMath::eluSlope),
  GELU_SLOPE(4, 0x1p-53, -39, 9, slope(Nonlinearity.GELU), DoubleDoubleNormal::geluSlope),
  SIGMOID_CURVATURE(4, 0x1p-51, -746, 746, curvature(Nonlinearity.SIGMOID), DoubleDoubleMath::sigmoidCurvature),
  TANH_CURVATURE(4, 0x1p-51, -20, 20, curvature(Nonlinearity.TANH), DoubleDoubleMath::tanhCurvature),
  SOFTPLUS_CURVATURE(4, 0x1p-51, -746, 746, curvature(Nonlinearity.SOFTPLUS), DoubleDoubleMath::sigmoidSlope),
  SILU_CURVATURE(4, 0x1p-51, -753, 753, curvature(Nonlinearity.SILU), DoubleDoubleMath::siluCurvature),
  ELU_CURVATURE(4, 0x1p-51, -40, 1, curvature(Nonlinearity.ELU), DoubleDoubleMath::eluCurvature),
  GELU_CURVATURE(4, 0x1p-51, -39, 39, curvature(Nonlinearity.GELU), DoubleDoubleNormal::geluCurvature);

  /// Results below 2⁻⁴⁰⁰ are compared with references that are this many octaves larger.
  private static final int SCALE = 512;

  private final double ulps;
  private final double absolute;
  private final double from;
  private final double to;
  private final Kernel kernel;
  private final Reference reference;

  DoubleAccuracy(double ulps, double absolute, double from, double to, Kernel kernel, Reference reference) {
    this.ulps = ulps;
    this.absolute = absolute;
    this.from = from;
    this.to = to;
    this.kernel = kernel;
    this.reference = reference;
  }

  private interface Kernel {
    void apply(int n, double[] x, double[] y);
  }

  private interface Reference {
    DoubleDouble of(double x, int scale);
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

  private static void exp(int n, double[] x, double[] y) {
    if (IncubatorModule.PRESENT) {
      DoubleVectorMath.exp(n, n - DoubleLanes.LENGTH, x, 0, 0, y, 0);
    } else {
      Arrays.setAll(y, i -> DoubleMath.exp(x[i]));
    }
  }

  double limit() {
    return ulps;
  }

  UlpErrors errors() {
    return new UlpErrors(name().toLowerCase(Locale.ROOT));
  }

  /// Adds `count` arguments of every stratum, rounded up to a multiple of 4096.
  void measure(long count, long seed, UlpErrors errors) {
    DoubleStrata strata = new DoubleStrata(from, to, seed);
    double[] x = new double[1 << 12];
    double[] y = new double[x.length];
    for (long done = 0; done < count; done += x.length) {
      strata.fill(x);
      kernel.apply(x.length, x, y);
      for (int i = 0; i < x.length; i++) {
        int scale = Math.abs(y[i]) < 0x1p-400 ? SCALE : 0;
        errors.add(x[i], y[i], reference.of(x[i], scale), scale, absolute);
      }
    }
  }
}
