package dev.lanewise.kernel.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `double`.
///
/// The width is that of the [CpuClass]. Two lanes of `double` are right but slow on x86, where C2 has no masks of two.
public final class DoubleLanes {

  public static final CpuClass CPU = FloatLanes.CPU;
  public static final VectorSpecies<Double> SPECIES = VectorSpecies.of(double.class, VectorShape.forBitSize(CPU.bits));
  public static final int LENGTH = SPECIES.length();
  /// The class of every vector of SPECIES. What is loaded, or comes out of a loop, is cast to it where an operation is
  /// called on it: C2 takes in `add` or `intoArray`, which all widths share, before it knows the class of a load, and
  /// goes by the class most often seen there, if any. Where that was another width's, as after a gemm of few columns,
  /// it boxed the vectors, for good: 3 of 8 runs of 90 random kernels had one at a tenth of its speed. For the same
  /// reason kernels of several widths do not call `add` or `fma` but `lanewise`, whose calls remember each for itself.
  public static final Class<? extends DoubleVector> TYPE = SPECIES.vectorType().asSubclass(DoubleVector.class);
  /// The same for vectors of 256 and 128 bit.
  public static final Class<? extends DoubleVector> W256 = DoubleVector.SPECIES_256.vectorType()
      .asSubclass(DoubleVector.class);
  public static final Class<? extends DoubleVector> W128 = DoubleVector.SPECIES_128.vectorType()
      .asSubclass(DoubleVector.class);
  /// The lanes of the narrowest vector that is computed with: narrower ones are boxed.
  public static final int LEAST = 128 / Double.SIZE;

  /// As many lanes of `long`: for the bits of numbers.
  public static final VectorSpecies<Long> LONGS = SPECIES.withLanes(long.class);
  /// What of an index names a lane.
  public static final long LANE = LENGTH - 1;
  /// Whether a table of eight numbers fits into one vector; else its upper half begins at UPPER and takes another one.
  public static final boolean IN_ONE = LENGTH >= 8;
  public static final int UPPER = IN_ONE ? 0 : 4;
  /// Where such a table would take four vectors, numbers are looked up one by one.
  public static final boolean TOO_NARROW = LENGTH < 4;
  /// As [FloatLanes#FOLDED].
  public static final boolean FOLDED = CPU.registers < 32;

  /// Rotations by so many lanes.
  static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  public static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  public static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  public static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private DoubleLanes() {}

  /// Vectors one behind the other, each of one number in all lanes.
  public static double[] inAllLanes(double... numbers) {
    double[] vectors = new double[numbers.length * LENGTH];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = numbers[k / LENGTH];
    }
    return vectors;
  }

  /// The lanes of the widest vector, no wider than [#LENGTH], that `n` elements fill; 0 where not even one of 128 bit.
  public static int filledBy(int n) {
    return n >= LENGTH ? LENGTH : n >= LEAST ? Integer.highestOneBit(n) : 0;
  }

  /// Whether so many elements are a whole number of the vectors that they fill.
  public static boolean isWhole(int n) {
    return (n & filledBy(n) - 1) == 0;
  }
}
