package dev.lanewise.kernel.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `float`.
///
/// The width is that of the [CpuClass].
public final class FloatLanes {

  /// What this machine, or who started it, has chosen.
  public static final CpuClass CPU = CpuClass.of(Integer.getInteger(CpuClass.LANES),
      Integer.getInteger(CpuClass.REGISTERS),
      FloatVector.SPECIES_PREFERRED.vectorBitSize(), System.getProperty("os.arch"));
  public static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, VectorShape.forBitSize(CPU.bits));
  public static final int LENGTH = SPECIES.length();
  /// The class of every vector of SPECIES. What is loaded, or comes out of a loop, is cast to it where an operation is
  /// called on it: C2 takes in `add` or `intoArray`, which all widths share, before it knows the class of a load, and
  /// goes by the class most often seen there, if any. Where that was another width's, as after a gemm of few columns,
  /// it boxed the vectors, for good: 3 of 8 runs of 90 random kernels had one at a tenth of its speed. For the same
  /// reason kernels of several widths do not call `add` or `fma` but `lanewise`, whose calls remember each for itself.
  public static final Class<? extends FloatVector> TYPE = SPECIES.vectorType().asSubclass(FloatVector.class);
  /// The same for vectors of 256 and 128 bit.
  public static final Class<? extends FloatVector> W256 = FloatVector.SPECIES_256.vectorType()
      .asSubclass(FloatVector.class);
  public static final Class<? extends FloatVector> W128 = FloatVector.SPECIES_128.vectorType()
      .asSubclass(FloatVector.class);
  /// The lanes of the narrowest vector that is computed with: narrower ones are boxed.
  public static final int LEAST = 128 / Float.SIZE;

  /// As many lanes of `int`: for the bits of numbers.
  public static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  /// As [DoubleLanes#LANE] and the following; tables repeat themselves to fill 16 lanes.
  public static final int LANE = LENGTH - 1;
  public static final boolean IN_ONE = LENGTH >= 8;
  public static final int UPPER = IN_ONE ? 0 : 4;
  public static final boolean TOO_NARROW = LENGTH < 4;
  /// Whether vectors have only 16 registers, too few for a function's constants: what reads them from memory where they
  /// are used takes no instruction more. Of 32 there are enough, and loads of 512 bit that are not aligned would cross
  /// a cache line each.
  public static final boolean FOLDED = CPU.registers < 32;

  /// Rotations by so many lanes.
  public static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  public static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  public static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  public static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private FloatLanes() {}

  /// Vectors one behind the other, each of one number in all lanes.
  public static float[] inAllLanes(float... numbers) {
    float[] vectors = new float[numbers.length * LENGTH];
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
