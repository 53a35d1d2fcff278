package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;

/// Whether the code for a product of some shape, strides and fusion is compiled, and what has it compiled.
///
/// Small products are told apart by all of that. Large ones run the same few micro-kernels for most of the time, whatever their size: they
/// are told apart by way and edges, or a batch of a new size would be computed in plain Java first. What takes longest of all has
/// compiled itself before it is done.
public final class DoubleGemmExercise extends Exercise {

  /// From so many multiply-adds on a product is large, about a millisecond in plain Java.
  private static final long LARGE = 1 << 22;
  /// From so many on it does not wait for anything.
  private static final long LARGEST = 1 << 27;
  private static final int OF_M = 0x9E37_79B1;
  private static final int OF_N = 0x85EB_CA77;
  private static final int OF_K = 0xC2B2_AE3D;
  private static final int OF_REST = 0x27D4_EB2F;
  /// Exercises are no larger than this: a few tiles and an edge.
  private static final int MOST_M = 48;
  private static final int MOST_N = 128;

  private final int m;
  private final int n;
  private final int k;
  private final boolean aByRows;
  private final boolean aByColumns;
  private final boolean bByRows;
  private final boolean bByColumns;
  private final boolean add;
  private final DoubleFusion.Stage stage;
  private final Nonlinearity nonlinearity;
  private final boolean biased;
  private final boolean kept;
  private final int needs;
  private final DoubleScratch scratch = new DoubleScratch();
  private DoubleVectorGemm.Way way;

  private DoubleGemmExercise(int key, int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add,
      DoubleFusion fusion, int needs) {
    super(key, "product of doubles " + m + "×" + n + "×" + k + " " + fusion.stage);
    this.m = cut(m, MOST_M);
    this.n = cut(n, MOST_N);
    this.k = cut(k, MOST_N);
    this.aByRows = acs == 1;
    this.aByColumns = ars == 1;
    this.bByRows = bcs == 1;
    this.bByColumns = brs == 1;
    this.add = add;
    this.stage = fusion.stage;
    this.nonlinearity = fusion.nonlinearity;
    this.biased = fusion.stage == DoubleFusion.Stage.ACTIVATE && fusion.bias != null;
    this.kept = fusion.stage == DoubleFusion.Stage.ACTIVATE && fusion.residual != null;
    this.needs = needs;
  }

  /// With the same edges in tiles and strips.
  private static int cut(int size, int most) {
    return size <= 2 * most ? size : most + size % most;
  }

  /// Whether this product is to be computed by vectors.
  public static boolean isReady(int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add, DoubleFusion fusion) {
    return Ready.is(key(m, n, k, ars, acs, brs, bcs, add, fusion)) || isLargest((long) m * n * k);
  }

  private static int key(int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add, DoubleFusion fusion) {
    int lies = (acs == 1 ? 1 : 0) | (ars == 1 ? 2 : 0) | (bcs == 1 ? 4 : 0) | (brs == 1 ? 8 : 0) | (add ? 16 : 0)
        | fusion.stage.ordinal() << 5;
    int rides = fusion.stage == DoubleFusion.Stage.NONE
        ? 0
        : fusion.nonlinearity.ordinal() << 8 | (fusion.bias == null ? 0 : 1 << 16) | (fusion.residual == null ? 0 : 1 << 17);
    int sizes = (long) m * n * k >= LARGE ? large(m, n, k) : m * OF_M + n * OF_N + k * OF_K;
    return Ready.key(sizes + (lies | rides | Double.BYTES << 20) * OF_REST);
  }

  private static boolean isLargest(long work) {
    return work >= LARGEST && Ready.hasVectors();
  }

  /// By edges, and by what B takes of the caches.
  private static int large(int m, int n, int k) {
    int edges = Math.min(m, MOST_M) * MOST_M + m % MOST_M;
    return edges * OF_M + n % MOST_N * OF_N + (Long.SIZE - Long.numberOfLeadingZeros((long) n * k)) * OF_K;
  }

  /// Has its vector code compiled.
  ///
  /// @param fused the key of what is fused into it, to be ready before, or 0
  public static void want(
      int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add, DoubleFusion fusion, int fused) {
    int key = key(m, n, k, ars, acs, brs, bcs, add, fusion);
    if (Warmup.isNew(key)) {
      Warmup.want(new DoubleGemmExercise(key, m, n, k, ars, acs, brs, bcs, add, fusion, fused));
    }
  }

  @Override
  protected int needs() {
    return needs;
  }

  /// Asked for by whoever exercises: it needs the classes of vectors.
  @Override
  protected int family() {
    return way().ordinal() << 8 | Double.BYTES;
  }

  private DoubleVectorGemm.Way way() {
    if (way == null) {
      way = DoubleVectorGemm.way(m, n, k, ars(), acs(), brs(), bcs(), stage);
    }
    return way;
  }

  private int ars() {
    return aByRows ? k : aByColumns ? 1 : 2 * k;
  }

  private int acs() {
    return aByRows ? 1 : aByColumns ? m : 2;
  }

  private int brs() {
    return bByRows ? n : bByColumns ? 1 : 2 * n;
  }

  private int bcs() {
    return bByRows ? 1 : bByColumns ? k : 2;
  }

  /// One step over k on the same way, or where k lies along the vectors, the least that has whole ones and a rest.
  @Override
  protected void light(int step) {
    boolean dots = way() == DoubleVectorGemm.Way.DOTS || way() == DoubleVectorGemm.Way.NARROW;
    run(dots ? Math.min(k, DoubleSums.PARTIAL + k % DoubleSums.PARTIAL) : Math.min(k, 1), false);
  }

  @Override
  protected void full(int variant) {
    run(k, false);
  }

  @Override
  protected void plain(int variant) {
    run(k, true);
  }

  private void run(int depth, boolean plain) {
    double[] a = DoubleOperands.array(0, 2 * m * k);
    double[] b = DoubleOperands.array(1, 2 * n * k);
    double[] c = DoubleOperands.array(2, m * n);
    if (plain) {
      DoublePortableGemm.gemm(m, n, depth, a, 0, ars(), acs(), b, 0, brs(), bcs(), c, 0, n, add, fusion(stage), scratch);
    } else if (depth == k) {
      DoubleVectorGemm.gemm(m, n, k, a, 0, ars(), acs(), b, 0, brs(), bcs(), c, 0, n, add, fusion(stage), scratch);
    } else {
      DoubleFusion fusion = fusion(stage == DoubleFusion.Stage.SLOPE_ON_A ? stage : DoubleFusion.Stage.NONE);
      fusion.ride(n, k);
      DoubleVectorGemm.product(way(), m, n, depth, a, 0, ars(), acs(), b, 0, brs(), bcs(), c, 0, n, add, fusion, scratch);
    }
  }

  private DoubleFusion fusion(DoubleFusion.Stage stage) {
    double[] bias = DoubleOperands.array(3, n);
    double[] residual = DoubleOperands.array(4, m * Math.max(n, k));
    return switch (stage) {
      case NONE -> scratch.fusion.none();
      case ACTIVATE -> scratch.fusion.activate(nonlinearity, biased ? bias : null, 0, kept ? residual : null, 0);
      case SLOPE_ON_C -> scratch.fusion.slopeOnC(nonlinearity, residual, 0, 1);
      case SLOPE_ON_A -> scratch.fusion.slopeOnA(nonlinearity, residual, 0, 1);
    };
  }
}
