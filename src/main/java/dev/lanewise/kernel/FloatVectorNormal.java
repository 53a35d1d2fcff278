package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;

/// [FloatNormal] over arrays. Four lanes would take eight registers a table: there each number is looked up by itself.
final class FloatVectorNormal {

  private FloatVectorNormal() {}

  /// y = gelu(z), and slope = gelu′(z) where `slope` is not null.
  static void gelu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.gelu(n, last, z, zo, y, yo, slope, so);
      case 8 -> FloatLookup8.gelu(n, last, z, zo, y, yo, slope, so);
      default -> {
        if (slope == null) {
          FloatPortableElementwise.activate(Nonlinearity.GELU, n, z, zo, y, yo);
        } else {
          FloatPortableElementwise.activateKeepingSlope(Nonlinearity.GELU, n, z, zo, y, yo, slope, so);
        }
      }
    }
  }
}
