package dev.lanewise.kernel;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// The exchange between lanes a power of two apart that sums across lanes and transpositions are made of: with distance d,
/// lane i meets lane i ^ d.
///
/// | result                                                   | of two vectors a, b                                   |
/// |----------------------------------------------------------|-------------------------------------------------------|
/// | a(i) + a(i ^ d) where i has no bit d, else b(i) + b(i ^ d) | `a.blend(b, ODDd).add(b.blend(a, ODDd).rearrange(SWAPd))` |
/// | a(i) where i has no bit d, else b(i ^ d)                   | `a.blend(b.rearrange(SWAPd), ODDd)`                    |
/// | a(i ^ d) where i has no bit d, else b(i)                   | `a.rearrange(SWAPd).blend(b, ODDd)`                    |
///
/// Generated kernels write these out: as calls they are refused inlining in a method of that size, and box their vectors.
/// Permutations of two vectors (`selectFrom`) do the same in fewer steps; they were 12 % faster in a transposition on
/// AVX-512, and are emulated on machines without that instruction.
final class DoubleButterfly {

  static final VectorShuffle<Double> SWAP1 = swap(1);
  static final VectorShuffle<Double> SWAP2 = swap(2);
  static final VectorShuffle<Double> SWAP4 = swap(4);
  static final VectorShuffle<Double> SWAP8 = swap(8);
  static final VectorMask<Double> ODD1 = odd(1);
  static final VectorMask<Double> ODD2 = odd(2);
  static final VectorMask<Double> ODD4 = odd(4);
  static final VectorMask<Double> ODD8 = odd(8);

  private DoubleButterfly() {}

  private static VectorShuffle<Double> swap(int distance) {
    return VectorShuffle.fromOp(DoubleLanes.SPECIES, lane -> (lane ^ distance) % DoubleLanes.LENGTH);
  }

  private static VectorMask<Double> odd(int distance) {
    long lanes = 0;
    for (int lane = 0; lane < DoubleLanes.LENGTH; lane++) {
      lanes |= (lane & distance) != 0 ? 1L << lane : 0;
    }
    return VectorMask.fromLong(DoubleLanes.SPECIES, lanes);
  }
}
