package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;

/// [FloatTanh] over arrays. Four lanes would take eight registers a table: there each number is looked up by itself.
final class FloatVectorTanh {

  private FloatVectorTanh() {}

  static void tanh(int n, int last, float[] z, int zo, float[] y, int yo) {
    switch (LENGTH) {
      case 16 -> FloatLookup16.tanh(n, last, z, zo, y, yo);
      case 8 -> FloatLookup8.tanh(n, last, z, zo, y, yo);
      default -> FloatPortableElementwise.activate(Nonlinearity.TANH, n, z, zo, y, yo);
    }
  }
}
