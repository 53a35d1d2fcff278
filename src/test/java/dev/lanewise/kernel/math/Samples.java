package dev.lanewise.kernel.math;

import java.util.Random;

/// Arguments that leave no stratum out: near and far, tiny, and the ones where arithmetic changes.
public final class Samples {

  private static final double[] SPECIAL = {
    0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE,
        -Double.MAX_VALUE,
    Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, 709.78, 709.79, 710, -745, -745.2, -746, -753, -760, 38.6,
    -38.6,
    -39, -39.1, 88.72, 88.73, -103.9, -104, -110, -111, 14.5, -14.5, -14.6, 22, -22, 0.34657359, -0.34657359, 0.88137358
  };

  private Samples() {}

  /// `count` of them between `from` and `to`: half spread evenly, a quarter near 0, a quarter in every binade to 2⁻⁴⁰.
  static double[] doubles(int count, double from, double to, long seed) {
    Random random = new Random(seed);
    double[] samples = new double[count];
    for (int i = 0; i < count; ) {
      double x = switch (i % 4) {
        case 0, 1 -> from + random.nextDouble() * (to - from);
        case 2 -> random.nextGaussian() * 2;
        default -> Math.scalb(random.nextGaussian(), -random.nextInt(40));
      };
      if (x >= from && x <= to) {
        samples[i++] = x;
      }
    }
    return samples;
  }

  /// `count` of them from everywhere: the special ones first, arbitrary bit patterns among the rest. In the second half
  /// of one kind for 64 numbers, so that there are whole vectors of small ones: these have loops of their own.
  public static double[] mixed(int count, long seed) {
    Random random = new Random(seed);
    double[] samples = new double[count];
    for (int i = 0; i < count; i++) {
      samples[i] = i < SPECIAL.length ? SPECIAL[i] : switch (kind(i, count)) {
        case 0 -> Double.longBitsToDouble(random.nextLong());
        case 1 -> random.nextGaussian() * 300;
        case 2 -> random.nextGaussian() * 20;
        default -> random.nextGaussian();
      };
    }
    return samples;
  }

  public static float[] mixedFloats(int count, long seed) {
    Random random = new Random(seed);
    double[] doubles = mixed(count, seed);
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = i >= SPECIAL.length && kind(i, count) == 0 ? Float.intBitsToFloat(random.nextInt())
          : (float) doubles[i];
    }
    return samples;
  }

  private static int kind(int i, int count) {
    return (2 * i < count ? i : i / 64) % 4;
  }
}
