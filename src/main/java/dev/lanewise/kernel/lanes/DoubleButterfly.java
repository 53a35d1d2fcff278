package dev.lanewise.kernel.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The exchange between lanes a power of two apart, of which sums across lanes and transpositions are made: with
/// distance d, lane i meets lane i ^ d.
///
/// | result, i without bit d; with it | of two vectors a, b |
/// |---|---|
/// | a(i) + a(i ^ d); b(i) + b(i ^ d) | `a.blend(b, ODDd).add(b.blend(a, ODDd).rearrange(SWAPd))` |
/// | a(i); b(i ^ d) | `a.blend(b.rearrange(SWAPd), ODDd)` |
/// | a(i ^ d); b(i) | `a.rearrange(SWAPd).blend(b, ODDd)` |
/// | a(i + d), a part's lanes moved to the beginning | `a.rearrange(FROMd)` |
/// | a(g·i) + a(g·i + 1), i < lanes/g | `a.rearrange(EVERYg).add(a.rearrange(NEXTg))` |
///
/// Generated kernels write these out, because C2 does not inline calls in methods of that size, and boxes their
/// vectors. Permutations of two vectors (`selectFrom`) take fewer steps, but are emulated on machines without that
/// instruction.
public final class DoubleButterfly {

  private DoubleButterfly() {}

  /// For vectors of 512 bit.
  public static final class W512 {
    public static final VectorShuffle<Double> EVERY2 = every(DoubleVector.SPECIES_512, 2, 0);
    public static final VectorShuffle<Double> EVERY4 = every(DoubleVector.SPECIES_512, 4, 0);
    public static final VectorShuffle<Double> NEXT2 = every(DoubleVector.SPECIES_512, 2, 1);
    public static final VectorShuffle<Double> NEXT4 = every(DoubleVector.SPECIES_512, 4, 1);
    public static final VectorShuffle<Double> FROM4 = VectorShuffle.iota(DoubleVector.SPECIES_512, 4, 1, true);
    public static final VectorShuffle<Double> FROM8 = VectorShuffle.iota(DoubleVector.SPECIES_512, 8, 1, true);
    public static final VectorShuffle<Double> FROM12 = VectorShuffle.iota(DoubleVector.SPECIES_512, 12, 1, true);
    public static final VectorShuffle<Double> SWAP1 = swap(DoubleVector.SPECIES_512, 1);
    public static final VectorShuffle<Double> SWAP2 = swap(DoubleVector.SPECIES_512, 2);
    public static final VectorShuffle<Double> SWAP4 = swap(DoubleVector.SPECIES_512, 4);
    public static final VectorShuffle<Double> SWAP8 = swap(DoubleVector.SPECIES_512, 8);
    public static final VectorMask<Double> ODD1 = odd(DoubleVector.SPECIES_512, 1);
    public static final VectorMask<Double> ODD2 = odd(DoubleVector.SPECIES_512, 2);
    public static final VectorMask<Double> ODD4 = odd(DoubleVector.SPECIES_512, 4);
    public static final VectorMask<Double> ODD8 = odd(DoubleVector.SPECIES_512, 8);

    private W512() {}
  }

  /// For vectors of 256 bit.
  public static final class W256 {
    public static final VectorShuffle<Double> EVERY2 = every(DoubleVector.SPECIES_256, 2, 0);
    public static final VectorShuffle<Double> NEXT2 = every(DoubleVector.SPECIES_256, 2, 1);
    public static final VectorShuffle<Double> FROM4 = VectorShuffle.iota(DoubleVector.SPECIES_256, 4, 1, true);
    public static final VectorShuffle<Double> SWAP1 = swap(DoubleVector.SPECIES_256, 1);
    public static final VectorShuffle<Double> SWAP2 = swap(DoubleVector.SPECIES_256, 2);
    public static final VectorShuffle<Double> SWAP4 = swap(DoubleVector.SPECIES_256, 4);
    public static final VectorMask<Double> ODD1 = odd(DoubleVector.SPECIES_256, 1);
    public static final VectorMask<Double> ODD2 = odd(DoubleVector.SPECIES_256, 2);
    public static final VectorMask<Double> ODD4 = odd(DoubleVector.SPECIES_256, 4);

    private W256() {}
  }

  /// For vectors of 128 bit.
  public static final class W128 {
    public static final VectorShuffle<Double> EVERY2 = every(DoubleVector.SPECIES_128, 2, 0);
    public static final VectorShuffle<Double> NEXT2 = every(DoubleVector.SPECIES_128, 2, 1);
    public static final VectorShuffle<Double> SWAP1 = swap(DoubleVector.SPECIES_128, 1);
    public static final VectorShuffle<Double> SWAP2 = swap(DoubleVector.SPECIES_128, 2);
    public static final VectorMask<Double> ODD1 = odd(DoubleVector.SPECIES_128, 1);
    public static final VectorMask<Double> ODD2 = odd(DoubleVector.SPECIES_128, 2);

    private W128() {}
  }

  private static VectorShuffle<Double> swap(VectorSpecies<Double> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> (lane ^ distance) % species.length());
  }

  /// The first lane of each group of `group` lanes, or the one next to it.
  private static VectorShuffle<Double> every(VectorSpecies<Double> species, int group, int next) {
    return VectorShuffle.fromOp(species, lane -> (lane * group + next) % species.length());
  }

  private static VectorMask<Double> odd(VectorSpecies<Double> species, int distance) {
    long lanes = 0;
    for (int lane = 0; lane < species.length(); lane++) {
      lanes |= (lane & distance) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(species, lanes);
  }
}
