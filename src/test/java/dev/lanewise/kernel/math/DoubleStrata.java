package dev.lanewise.kernel.math;

import java.util.SplittableRandom;

/// Random arguments by the million, so that none of the places where arithmetic changes is left out.
///
/// | part | stratum |
/// |---|---|
/// | 1/8 | every exponent of a `double`, both signs |
/// | 1/8 | exponents from −40 to 10 |
/// | 2/8 | evenly over the range that a function is interesting in |
/// | 1/8 | normally distributed, standard deviations from ½ to 16 |
/// | 3/8 | at and around multiples of ln(2)/2, ln(2)/32 and 1/32, roots of multiples of ln 2, eighths of octaves |
///
/// A boundary itself, the numbers beside it, or one at a random distance of 2⁻² to 2⁻⁵⁰ of it.
public final class DoubleStrata {

  private static final double LN2 = Math.log(2);

  private final double from;
  private final double to;
  private final SplittableRandom random;

  public DoubleStrata(double from, double to, long seed) {
    this.from = from;
    this.to = to;
    random = new SplittableRandom(seed);
  }

  public void fill(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = next();
    }
  }

  private double next() {
    return switch (random.nextInt(8)) {
      case 0 -> withExponent(Double.MIN_EXPONENT - 1, Double.MAX_EXPONENT);
      case 1 -> withExponent(-40, 10);
      case 2, 3 -> evenly();
      case 4 -> Math.scalb(random.nextGaussian(), random.nextInt(-1, 5));
      default -> near(boundary());
    };
  }

  private double withExponent(int least, int most) {
    double x = Math.scalb(1 + random.nextDouble(), random.nextInt(least, most + 1));
    return random.nextBoolean() ? x : -x;
  }

  private double evenly() {
    return random.nextDouble(from, to);
  }

  private double boundary() {
    return switch (random.nextInt(5)) {
      case 0 -> multiple(LN2 / 2);
      case 1 -> multiple(LN2 / 32);
      case 2 -> multiple(0x1p-5);
      case 3 -> {
        double x = evenly();
        yield Math.copySign(Math.sqrt(Math.rint(x * x / LN2) * LN2), x);
      }
      default -> {
        double x = withExponent(-30, 10);
        yield Math.copySign(Math.scalb(1 + random.nextInt(8) / 8.0, Math.getExponent(x)), x);
      }
    };
  }

  private double multiple(double step) {
    return Math.rint(evenly() / step) * step;
  }

  private double near(double x) {
    return switch (random.nextInt(16)) {
      case 0 -> x;
      case 1 -> Math.nextUp(x);
      case 2 -> Math.nextDown(x);
      default -> x * (1 + Math.scalb(random.nextDouble(-1, 1), -random.nextInt(2, 51)));
    };
  }
}
