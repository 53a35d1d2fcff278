package dev.lanewise.kernel.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Emulations against [Math#fma], which computes with `BigDecimal` where no instruction does it.
class MultiplyAddTest {

  private static final double[] CORNERS = {0, 1, 1.5, 1 + 0x1p-52, 2 - 0x1p-52, 0x1p-1074, 0x1p-1073, 0x3p-1074,
      0x1p-1022, 0x1p-1021,
      0x1p-1022 - 0x1p-1074, 0x1p-537, 0x1p-538, 0x1.8p-537, 0x1p-960, 0x1p-480, 0x1p511, 0x1p512, 0x1p995, 0x1p1020,
      0x1p1023, Double.MAX_VALUE,
      Double.POSITIVE_INFINITY, Double.NaN, 0x1p53, 0x1p-53, 0x1p-54, 0x1p-106, 3, 1.0 / 3};
  private static final float[] FLOAT_CORNERS = {0, 1, 1.5f, 1 + 0x1p-23f, 2 - 0x1p-23f, 0x1p-149f, 0x1p-148f, 0x3p-149f,
      0x1p-126f, 0x1p-125f,
      0x1p-126f - 0x1p-149f, 0x1p-75f, 0x1.8p-75f, 0x1p63f, 0x1p64f, 0x1p127f, Float.MAX_VALUE, Float.POSITIVE_INFINITY,
      Float.NaN, 0x1p24f,
      0x1p-24f, 0x1p-25f, 0x1p-48f, 3, 1f / 3};

  @Property(tries = 20_000)
  void anyBits(@ForAll long a, @ForAll long b, @ForAll long c) {
    compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b), Double.longBitsToDouble(c));
    compare(Float.intBitsToFloat((int) a), Float.intBitsToFloat((int) b), Float.intBitsToFloat((int) c));
  }

  /// Sums in which both summands are seen, anywhere between under- and overflow; some of them cancel, some are halfway.
  @Property(tries = 50)
  void summandsOfOneSize(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 4_000; i++) {
      double a = Math.scalb(mantissa(random, 52), random.nextInt(-1074, 1024));
      double b = Math.scalb(mantissa(random, 52), random.nextInt(-540, 540));
      double c = Math.scalb(mantissa(random, 52),
          Math.getExponent(a) + Math.getExponent(b) + random.nextInt(-110, 110));
      compare(a, b, random.nextInt(8) == 0 ? -a * b : c);
      float p = (float) Math.scalb(mantissa(random, 23), random.nextInt(-149, 128));
      float q = (float) Math.scalb(mantissa(random, 23), random.nextInt(-75, 75));
      float r = (float) Math.scalb(mantissa(random, 23),
          Math.getExponent(p) + Math.getExponent(q) + random.nextInt(-50, 50));
      compare(p, q, random.nextInt(8) == 0 ? -p * q : r);
    }
  }

  @Test
  void corners() {
    for (double a : CORNERS) {
      for (double b : CORNERS) {
        for (double c : CORNERS) {
          compareSigns(a, b, c);
        }
      }
    }
    for (float a : FLOAT_CORNERS) {
      for (float b : FLOAT_CORNERS) {
        for (float c : FLOAT_CORNERS) {
          compare(a, b, c);
          compare(-a, b, c);
          compare(a, b, -c);
          compare(-a, b, -c);
        }
      }
    }
  }

  /// The sum in double is halfway between two floats, the exact one a little below: for normal floats, and for
  /// subnormal ones.
  @Test
  void floatsBelowHalfway() {
    for (float scale : new float[] {1, 0x1p-63f}) {
      compare((1 + 0x1p-23f) * 0x1p-12f * scale, (1 - 0x1p-23f) * 0x1p-12f * scale, (1 + 0x1p-23f) * scale * scale);
    }
    compare((1 + 0x1p-23f) * 0x1p-75f, (1 - 0x1p-23f) * 0x1p-75f, 0x1p-130f + 0x1p-149f);
  }

  private static void compareSigns(double a, double b, double c) {
    compare(a, b, c);
    compare(-a, b, c);
    compare(a, -b, -c);
    compare(a, b, -c);
    compare(a, b, Math.nextUp(c));
    compare(a, b, -Math.nextDown(c));
  }

  /// Of few bits or of all: where there are few, sums are often halfway between two numbers.
  private static double mantissa(SplittableRandom random, int bits) {
    double m = 1 + Math.scalb((double) random.nextLong(1L << bits), -bits);
    double few = Math.rint(m * 4) / 4;
    double size = switch (random.nextInt(3)) {
      case 0 -> m;
      case 1 -> few;
      default -> Math.nextUp(few);
    };
    return random.nextBoolean() ? size : -size;
  }

  private static void compare(double a, double b, double c) {
    double expected = Math.fma(a, b, c);
    double actual = MultiplyAdd.emulated(a, b, c);
    if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
      assertEquals(expected, actual, () -> a + " * " + b + " + " + c);
    }
  }

  private static void compare(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float actual = MultiplyAdd.emulated(a, b, c);
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
      assertEquals(expected, actual, () -> a + " * " + b + " + " + c);
    }
  }

  @Test
  void asTheJdkWhereFused() {
    assertEquals(Math.fma(0.1, 10, -1.0), MultiplyAdd.exact(0.1, 10, -1.0));
    assertEquals(Math.fma(0.1f, 10, -1f), MultiplyAdd.exact(0.1f, 10, -1f));
    assertEquals(MultiplyAdd.FUSED ? Math.fma(0.1, 10, -1.0) : 0, MultiplyAdd.fast(0.1, 10, -1.0));
    assertEquals(MultiplyAdd.FUSED ? Math.fma(0.1f, 10, -1f) : 0, MultiplyAdd.fast(0.1f, 10, -1f));
  }
}
