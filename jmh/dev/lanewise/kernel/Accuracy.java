package dev.lanewise.kernel;

import dev.lanewise.kernel.elementwise.DoubleAccuracy;
import dev.lanewise.kernel.math.DoubleDouble;
import dev.lanewise.kernel.math.DoubleStrata;
import dev.lanewise.kernel.math.UlpErrors;
import java.math.BigDecimal;
import java.util.stream.IntStream;

/// The largest errors of an elementwise function that a scan finds, in units of the true result's last place where that
/// is a normal number. Floats are compared with the scalar functions of `double`, those with double-double.
public final class Accuracy {

  private static final int CHUNK = 1 << 12;
  private static final long PATTERNS = 1L << 32;
  private static final DoubleDouble LEAK = DoubleDouble.of(new BigDecimal("0.01"));
  private static final int SEED = 1;

  private Accuracy() {}

  /// Over every `stride`th bit pattern of all floats.
  ///
  /// @param stride odd, so that all last bits occur
  public static double ofFloats(ElementwiseFunction function, int stride) {
    UlpErrors errors = errors(function);
    long step = (long) stride * CHUNK;
    IntStream.range(0, (int) Math.ceilDiv(PATTERNS, step)).parallel()
        .forEach(chunk -> errors.add(chunk(function, chunk * step, stride)));
    return errors.most();
  }

  private static UlpErrors errors(ElementwiseFunction function) {
    return new UlpErrors(function.name(), true);
  }

  private static UlpErrors chunk(ElementwiseFunction function, long first, int stride) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    double[] doubles = new double[CHUNK];
    double[] expected = new double[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      x[i] = Float.intBitsToFloat((int) (first + (long) i * stride));
      doubles[i] = x[i];
    }
    function.apply(CHUNK, x, y);
    function.applyPortable(CHUNK, doubles, expected);
    UlpErrors errors = errors(function);
    for (int i = 0; i < CHUNK; i++) {
      errors.add(x[i], y[i], expected[i], 0);
    }
    return errors;
  }

  /// Over `count` arguments of each stratum, rounded up to a multiple of 4096.
  public static double ofDoubles(ElementwiseFunction function, int count) {
    UlpErrors errors = errors(function);
    switch (function) {
      case IDENTITY, RELU, LEAKY_RELU -> ofLines(function, count, errors);
      default -> DoubleAccuracy.valueOf(function.name()).measure(count, SEED, errors);
    }
    return errors.most();
  }

  private static void ofLines(ElementwiseFunction function, int count, UlpErrors errors) {
    DoubleStrata strata = new DoubleStrata(-1, 1, SEED);
    double[] x = new double[CHUNK];
    double[] y = new double[CHUNK];
    for (int done = 0; done < count; done += CHUNK) {
      strata.fill(x);
      function.apply(CHUNK, x, y);
      for (int i = 0; i < CHUNK; i++) {
        int scale = Math.abs(x[i]) < 1 ? 512 : 0;
        errors.add(x[i], y[i], factor(function, x[i]).times(Math.scalb(x[i], scale)), scale, 0);
      }
    }
  }

  private static DoubleDouble factor(ElementwiseFunction function, double x) {
    DoubleDouble ofNegative = switch (function) {
      case RELU -> DoubleDouble.ZERO;
      case LEAKY_RELU -> LEAK;
      default -> DoubleDouble.ONE;
    };
    return x < 0 ? ofNegative : DoubleDouble.ONE;
  }
}
