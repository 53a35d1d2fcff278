package dev.lanewise.kernel.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The width of a vector of `float`.
///
/// The width is that of the [CpuClass].
public final class FloatLanes {

  /// The class of this machine, or the one asked for by system properties.
  public static final CpuClass CPU = CpuClass.of(Integer.getInteger(CpuClass.LANES),
      Integer.getInteger(CpuClass.REGISTERS),
      FloatVector.SPECIES_PREFERRED.vectorBitSize(), System.getProperty("os.arch"));
  public static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, VectorShape.forBitSize(CPU.bits));
  public static final int LENGTH = SPECIES.length();
  /// The class of all vectors of SPECIES. A vector that is loaded, or comes out of a loop, is cast to it before an
  /// operation is called on it. C2 inlines `add` or `intoArray`, which all widths share, before it knows the class of a
  /// load, and assumes the class most often seen there. If that was another width's, as after a gemm of few columns, it
  /// boxed the vectors for good. For the same reason kernels of several widths call `lanewise`, which has a profile for
  /// each call, not `add` or `fma`.
  public static final Class<? extends FloatVector> TYPE = SPECIES.vectorType().asSubclass(FloatVector.class);
  /// The classes for vectors of 256 and 128 bit.
  public static final Class<? extends FloatVector> W256 = FloatVector.SPECIES_256.vectorType()
      .asSubclass(FloatVector.class);
  public static final Class<? extends FloatVector> W128 = FloatVector.SPECIES_128.vectorType()
      .asSubclass(FloatVector.class);
  /// The lanes of the narrowest vector that is used: narrower ones are boxed.
  public static final int LEAST = 128 / Float.SIZE;

  /// As many lanes of `int`, for the bits of numbers.
  public static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  /// See [DoubleLanes#LANE] and the following; tables repeat themselves to fill 16 lanes.
  public static final int LANE = LENGTH - 1;
  public static final boolean IN_ONE = LENGTH >= 8;
  public static final int UPPER = IN_ONE ? 0 : 4;
  public static final boolean TOO_NARROW = LENGTH < 4;
  /// Whether C2 allocates an object for each mask, as for two lanes on x86.
  public static final boolean BOXES_MASKS = TOO_NARROW && CPU.registers < 32;
  /// Whether there are only 16 vector registers, too few for a function's constants. Reading these from memory where
  /// they are used then takes no extra instruction. 32 registers are enough, and unaligned loads of 512 bit would each
  /// cross a cache line.
  public static final boolean FOLDED = CPU.registers < 32;

  /// Rotations by so many lanes.
  public static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(SPECIES, 8, 1, true);
  public static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(SPECIES, 4, 1, true);
  public static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(SPECIES, 2, 1, true);
  public static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(SPECIES, 1, 1, true);

  private FloatLanes() {}

  /// A contiguous array of one vector for each number; the number fills all lanes of its vector.
  public static float[] inAllLanes(float... numbers) {
    float[] vectors = new float[numbers.length * LENGTH];
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
