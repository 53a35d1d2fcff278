package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;

/// [FloatErf] over arrays. Four lanes would take eight registers a table: there each number is looked up by itself.
final class FloatVectorErf {

  private FloatVectorErf() {}

  /// y = erf(z).
  static void erf(int n, int last, float[] z, int zo, float[] y, int yo) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.erf(n, last, z, zo, y, yo);
      case 8 -> FloatLookup8.erf(n, last, z, zo, y, yo);
      default -> FloatPortableElementwise.erf(n, z, zo, y, yo);
    }
  }
}
