package dev.lanewise.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `double`, and sums across one in a fixed order.
///
/// The width is the machine's preferred one, or half of the system property `lanewise.lanes`, which counts lanes of `float`
/// (16, 8 or 4) for both precisions at once. Two lanes of `double` are right but slow on x86, where C2 has no masks of two.
final class DoubleLanes {

  static final VectorSpecies<Double> SPECIES = species(Integer.getInteger(FloatLanes.PROPERTY));
  static final int LENGTH = SPECIES.length();
  /// The lanes of the narrowest vector that is computed with: narrower ones are boxed.
  static final int LEAST = 128 / Double.SIZE;

  /// Rotations by so many lanes.
  static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private DoubleLanes() {}

  private static VectorSpecies<Double> species(Integer floatLanes) {
    return switch (floatLanes) {
      case null -> DoubleVector.SPECIES_PREFERRED;
      case 16 -> DoubleVector.SPECIES_512;
      case 8 -> DoubleVector.SPECIES_256;
      case 4 -> DoubleVector.SPECIES_128;
      default -> throw FloatLanes.refused(floatLanes);
    };
  }

  /// The lanes of the widest vector, no wider than [#LENGTH], that `n` elements fill; 0 where not even one of 128 bit.
  static int filledBy(int n) {
    int lanes = LENGTH;
    while (lanes > n && lanes > LEAST) {
      lanes /= 2;
    }
    return lanes <= n ? lanes : 0;
  }

  /// Σ of the lanes, by halves. `reduceLanes(ADD)` may order them differently when interpreted and when compiled.
  static double sum(DoubleVector v) {
    if (LENGTH > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /// The largest lane, NaN if there is one.
  static double max(DoubleVector v) {
    return v.reduceLanes(VectorOperators.MAX);
  }
}
