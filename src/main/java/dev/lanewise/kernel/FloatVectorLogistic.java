package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;

/// [FloatLogistic] over arrays. Four lanes would take eight registers a table: there each number is looked up by itself.
final class FloatVectorLogistic {

  private FloatVectorLogistic() {}

  static void sigmoid(int n, int last, float[] z, int zo, float[] y, int yo) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.sigmoid(n, last, z, zo, y, yo);
      case 8 -> FloatLookup8.sigmoid(n, last, z, zo, y, yo);
      default -> FloatPortableElementwise.activate(Nonlinearity.SIGMOID, n, z, zo, y, yo);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.silu(n, last, z, zo, y, yo, slope, so);
      case 8 -> FloatLookup8.silu(n, last, z, zo, y, yo, slope, so);
      default -> oneByOne(Nonlinearity.SILU, n, z, zo, y, yo, slope, so);
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.softplus(n, last, z, zo, y, yo, slope, so);
      case 8 -> FloatLookup8.softplus(n, last, z, zo, y, yo, slope, so);
      default -> oneByOne(Nonlinearity.SOFTPLUS, n, z, zo, y, yo, slope, so);
    }
  }

  private static void oneByOne(Nonlinearity kind, int n, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    if (slope == null) {
      FloatPortableElementwise.activate(kind, n, z, zo, y, yo);
    } else {
      FloatPortableElementwise.activateKeepingSlope(kind, n, z, zo, y, yo, slope, so);
    }
  }
}
