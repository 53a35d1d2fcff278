package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;

/// C[m × n] = or += A[m × k] · B[k × n] on the Vector API, operands by row and column stride, C row-major.
///
/// Chooses among eight ways, by the layout of B and how often each of its elements is used:
///
/// | way | class | when | what it saves |
/// |---|---|---|---|
/// | NARROW | `DoubleNarrowGemm` | fewer columns than a vector of 128 bit has lanes | lanes that would idle |
/// | DOTS | `DoubleDotGemm` | B transposed, hardly any rows of A | transposing anything |
/// | PADDED | `DoublePaddedGemm` | fewer columns than lanes, and no narrower vector fits | products done twice |
/// | OUTER | `DoubleOuterGemm` | k = 1 | tiles: whole rows of C are written |
/// | SWAPPED | `DoubleSwappedGemm` | B transposed, few rows of A | transposing B |
/// | STREAMED | `DoubleStreamedGemm` | few rows of A, B's rows contiguous and beyond a cache | cache misses |
/// | IN_PLACE | `DoubleInPlaceGemm` | B's rows contiguous, and few rows of A or a small B | packing B |
/// | BLOCKED | `DoubleBlockedGemm` | else | cache misses: packed blocks of B |
///
/// NARROW and DOTS are chosen by shape alone, see [DoubleSums]; the others, whose sums have one order, by width too.
/// The choice is made before a product is shared among threads. So neither width nor threads change a bit.
public final class DoubleVectorGemm {

  enum Way { NARROW, DOTS, PADDED, OUTER, SWAPPED, STREAMED, IN_PLACE, BLOCKED }

  private DoubleVectorGemm() {}

  public static void gemm(
      int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    scratch.count(m, n, k);
    fusion.ride(n, k);
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      empty(m, n, c, ct, cs, add, fusion);
      return;
    }
    Way way = way(m, n, k, ars, acs, brs, bcs, fusion.stage);
    if (scratch.shared != null && scratch.shared.isWorthwhile(m, n, k)) {
      scratch.shared.product(way, m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion);
    } else {
      product(way, m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    }
  }

  /// Chooses NARROW and DOTS as [DoubleSums#isByDots] has it. The test for DOTS comes late, so that hardly anything of
  /// it is compiled for other ways: `gemm` has to stay small enough for C2 to inline it, or each small product pays for
  /// a call.
  static Way way(int m, int n, int k, int ars, int acs, int brs, int bcs, DoubleFusion.Stage stage) {
    if (n < DoubleLanes.LEAST) {
      return Way.NARROW;
    }
    if (DoubleTiling.isPadded(m, n, bcs != 1)) {
      return Way.PADDED;
    }
    if (k == 1 && bcs == 1 && n >= DoubleLanes.LENGTH && stage != DoubleFusion.Stage.SLOPE_ON_A) {
      return Way.OUTER;
    }
    if (bcs == 1 && DoubleTiling.streamed(m, n, k)) {
      return Way.STREAMED;
    }
    if (bcs == 1 && DoubleTiling.inPlace(m, n, k, acs == 1 || ars != 1)) {
      return Way.IN_PLACE;
    }
    boolean inRows = brs == 1 && bcs != 1 && acs == 1 && stage != DoubleFusion.Stage.SLOPE_ON_A;
    if (inRows && DoubleSums.isWorthDots(m, k)) {
      return Way.DOTS;
    }
    return inRows && DoubleTiling.swapped(m, n, k) ? Way.SWAPPED : Way.BLOCKED;
  }

  /// Computes a product, or a part of one, of at least one element.
  ///
  /// Small products are computed in place. So this method calls only that way itself: C2 inlines a method with one such
  /// call, but not one with eight.
  static void product(
      Way way, int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    if (way == Way.IN_PLACE) {
      DoubleInPlaceGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, c, ct, cs, add, fusion, scratch);
    } else {
      larger(way, m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion, scratch);
    }
  }

  private static void larger(
      Way way, int m, int n, int k,
      double[] a, int at, int ars, int acs,
      double[] b, int bt, int brs, int bcs,
      double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    switch (way) {
      case NARROW -> DoubleNarrowGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion,
          scratch);
      case PADDED -> DoublePaddedGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion,
          scratch);
      case IN_PLACE -> DoubleInPlaceGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, c, ct, cs, add, fusion, scratch);
      case BLOCKED -> DoubleBlockedGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, bcs, c, ct, cs, add, fusion,
          scratch);
      case DOTS -> {
        DoubleDotGemm.product(m, n, k, a, at, ars, b, bt, bcs, c, ct, cs, add, scratch);
        DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
      }
      case OUTER -> {
        DoubleOuterGemm.product(m, n, a, at, ars, b, bt, c, ct, cs, add);
        DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
      }
      case STREAMED -> DoubleStreamedGemm.product(m, n, k, a, at, ars, acs, b, bt, brs, c, ct, cs, add, fusion,
          scratch);
      case SWAPPED -> {
        DoubleSwappedGemm.product(m, n, k, a, at, ars, b, bt, bcs, c, ct, cs, add, scratch);
        DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
      }
    }
  }

  /// Computes a product of depth 0.
  private static void empty(int m, int n, double[] c, int ct, int cs, boolean add, DoubleFusion fusion) {
    if (!add) {
      for (int i = 0; i < m; i++) {
        DoubleVectorElementwise.fill(n, 0.0, c, ct + i * cs);
      }
    }
    DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
  }
}
