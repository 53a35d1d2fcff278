package dev.lanewise.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `float`, and sums across one in a fixed order.
///
/// The width is the machine's preferred one, or the system property `lanewise.lanes`: 16, 8 or 4.
final class FloatLanes {

  static final String PROPERTY = "lanewise.lanes";

  static final VectorSpecies<Float> SPECIES = species(Integer.getInteger(PROPERTY));
  static final int LENGTH = SPECIES.length();
  /// The lanes of the narrowest vector that is computed with: narrower ones are boxed.
  static final int LEAST = 128 / Float.SIZE;

  /// Rotations by so many lanes.
  static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private FloatLanes() {}

  private static VectorSpecies<Float> species(Integer lanes) {
    return switch (lanes) {
      case null -> FloatVector.SPECIES_PREFERRED;
      case 16 -> FloatVector.SPECIES_512;
      case 8 -> FloatVector.SPECIES_256;
      case 4 -> FloatVector.SPECIES_128;
      default -> throw refused(lanes);
    };
  }

  static IllegalArgumentException refused(int lanes) {
    return new IllegalArgumentException(
        "-D" + PROPERTY + "=" + lanes + ": the lanes of a float vector must be 16, 8 or 4");
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
  static float sum(FloatVector v) {
    if (LENGTH > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (LENGTH > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      v = v.add(v.rearrange(BY_2));
    }
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /// The largest lane, NaN if there is one.
  static float max(FloatVector v) {
    return v.reduceLanes(VectorOperators.MAX);
  }
}
