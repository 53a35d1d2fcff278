package dev.lanewise.kernel.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `double`.
///
/// The width is that of the [CpuClass]. Vectors of two lanes give the right results, but are slow on x86, where C2 has
/// no masks of two lanes.
public final class DoubleLanes {

  public static final CpuClass CPU = FloatLanes.CPU;
  public static final VectorSpecies<Double> SPECIES = VectorSpecies.of(double.class, VectorShape.forBitSize(CPU.bits));
  public static final int LENGTH = SPECIES.length();
  /// The class of all vectors of SPECIES. A vector that is loaded, or comes out of a loop, is cast to it before an
  /// operation is called on it. C2 inlines `add` or `intoArray`, which all widths share, before it knows the class of a
  /// load, and assumes the class most often seen there. If that was another width's, as after a gemm of few columns, it
  /// boxed the vectors for good. For the same reason kernels of several widths call `lanewise`, which has a profile for
  /// each call, not `add` or `fma`.
  public static final Class<? extends DoubleVector> TYPE = SPECIES.vectorType().asSubclass(DoubleVector.class);
  /// The classes for vectors of 256 and 128 bit.
  public static final Class<? extends DoubleVector> W256 = DoubleVector.SPECIES_256.vectorType()
      .asSubclass(DoubleVector.class);
  public static final Class<? extends DoubleVector> W128 = DoubleVector.SPECIES_128.vectorType()
      .asSubclass(DoubleVector.class);
  /// The lanes of the narrowest vector that is used: narrower ones are boxed.
  public static final int LEAST = 128 / Double.SIZE;

  /// As many lanes of `long`, for the bits of numbers.
  public static final VectorSpecies<Long> LONGS = SPECIES.withLanes(long.class);
  /// The bits of an index that select a lane.
  public static final long LANE = LENGTH - 1;
  /// Whether a table of eight numbers fits one vector; otherwise its upper half, from UPPER on, takes another one.
  public static final boolean IN_ONE = LENGTH >= 8;
  public static final int UPPER = IN_ONE ? 0 : 4;
  /// Whether such a table would take four vectors; numbers are then looked up one by one.
  public static final boolean TOO_NARROW = LENGTH < 4;
  /// Whether C2 allocates an object for each mask, as for two lanes on x86.
  public static final boolean BOXES_MASKS = TOO_NARROW && CPU.registers < 32;
  /// See [FloatLanes#FOLDED].
  public static final boolean FOLDED = CPU.registers < 32;

  /// Rotations by so many lanes.
  public static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  public static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  public static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  public static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private DoubleLanes() {}

  /// A contiguous array of one vector for each number; the number fills all lanes of its vector.
  public static double[] inAllLanes(double... numbers) {
    double[] vectors = new double[numbers.length * LENGTH];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = numbers[k / LENGTH];
    }
    return vectors;
  }

  /// The lanes of the widest vector, up to [#LENGTH], that `n` elements fill; 0 if they do not even fill 128 bit.
  public static int filledBy(int n) {
    return n >= LENGTH ? LENGTH : n >= LEAST ? Integer.highestOneBit(n) : 0;
  }

  /// Whether `n` elements are a whole number of the vectors that they fill.
  public static boolean isWhole(int n) {
    return (n & filledBy(n) - 1) == 0;
  }
}
