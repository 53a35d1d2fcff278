package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.warmup.DoubleOperands;
import dev.lanewise.kernel.warmup.Exercise;
import dev.lanewise.kernel.warmup.Ready;
import dev.lanewise.kernel.warmup.Warmup;

/// Whether the code for a product of some shape, strides and fusion is compiled, and the exercise that compiles it.
///
/// A small product's key depends on all of these. A large product's key depends only on edges and caches, or each new
/// batch size would be computed in plain Java first. The largest products never wait for their code: it is compiled
/// long before they are done.
public final class DoubleGemmExercise extends Exercise {

  /// The multiply-adds from which on a product is large, about a millisecond in plain Java.
  private static final long LARGE = 1 << 22;
  /// The multiply-adds from which on a product does not wait for its code.
  private static final long LARGEST = 1 << 27;
  private static final int OF_M = 0x9E37_79B1;
  private static final int OF_N = 0x85EB_CA77;
  private static final int OF_K = 0xC2B2_AE3D;
  private static final int OF_REST = 0x27D4_EB2F;
  /// Exercises are no larger than this: a few tiles and an edge.
  private static final int MOST_M = 48;
  private static final int MOST_N = 128;
  /// Terms of a light call, except of dot products.
  private static final int FEW_TERMS = 2;
  /// The most rows of a micro-kernel's tile.
  private static final int MOST_ROWS = 16;
  /// C2 compiles a method with more calls and loop iterations than this, and checks at each thousandth call.
  private static final int TURNS = 15_000;
  private static final int ASKED = 1_024;
  /// Columns of the widest tile of dot products.
  private static final int TILE = 8;
  private static final int EXACT = 2;
  /// Where C2 counts calls without work too, only one light call in so many multiplies something.
  private static final int SPARSE = 4;
  /// Results of up to so many numbers may have an array that is too short for a vector.
  private static final int SMALL = 128;
  /// Serves one exercise at a time, like its operands.
  private static final DoubleScratch SCRATCH = new DoubleScratch();

  private final int[] sizes;
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
  private DoubleVectorGemm.Way way;
  private double[] exact = {};

  DoubleGemmExercise(int key, int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add,
      DoubleFusion fusion, int needs) {
    super(key);
    this.sizes = new int[] {m, n, k};
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

  /// A smaller size with the same edges in tiles and strips.
  private static int cut(int size, int most) {
    return size <= 2 * most ? size : most + size % most;
  }

  /// Whether vectors compute this product. Asked before each product, so the method is as short as possible.
  public static boolean isReady(int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add,
      DoubleFusion fusion) {
    return Ready.is(key(m, n, k, ars, acs, brs, bcs, add, fusion));
  }

  /// Whether the product is so large that its vector code is compiled long before it is done.
  public static boolean isLargest(int m, int n, int k) {
    return (long) m * n * k >= LARGEST && Ready.hasVectors();
  }

  /// The key. Of the strides it contains only which rows or columns are contiguous.
  private static int key(int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add, DoubleFusion fusion) {
    int layout = Math.min(ars, 2) | Math.min(acs, 2) << 2 | Math.min(brs, 2) << 4 | Math.min(bcs, 2) << 6;
    int rest = (layout | (add ? 1 << 8 : 0) | fusion.kind << 12 | Double.BYTES << 24) * OF_REST;
    return Ready.key(rest + ((long) m * n * k >= LARGE ? large(m, n, k) : m * OF_M + n * OF_N + k * OF_K));
  }

  /// The key of a large product: its edges, and how much of the caches B takes.
  private static int large(int m, int n, int k) {
    int edges = Math.min(m, MOST_M) * MOST_M + m % MOST_M;
    return edges * OF_M + n % MOST_N * OF_N + (Long.SIZE - Long.numberOfLeadingZeros((long) n * k)) * OF_K;
  }

  /// Gets the vector code of a product compiled.
  ///
  /// @param fused the key of what is fused into it and must be ready first, or 0
  public static void want(
      int m, int n, int k, int ars, int acs, int brs, int bcs, boolean add, DoubleFusion fusion, int fused) {
    int key = key(m, n, k, ars, acs, brs, bcs, add, fusion);
    boolean empty = m == 0 || n == 0 || k == 0; // takes no time in plain Java
    if (!empty && Warmup.isNew(key)) {
      Warmup.want(new DoubleGemmExercise(key, m, n, k, ars, acs, brs, bcs, add, fusion, fused));
    }
  }

  @Override
  protected String name() {
    return "product of doubles " + sizes[0] + "×" + sizes[1] + "×" + sizes[2]
        + (stage == DoubleFusion.Stage.NONE ? "" : ", " + stage);
  }

  @Override
  protected int needs() {
    return needs;
  }

  /// Products with equal tiles share code. This is called on the exercising thread, as it loads vector classes.
  @Override
  protected int family() {
    int tiles = way() == DoubleVectorGemm.Way.DOTS
        ? Math.min(n, TILE) * MOST_N + Math.min(k, DoubleSums.PARTIAL)
        : (Math.min(n, DoubleTiling.COLUMN_VECTORS * DoubleLanes.LENGTH) + DoubleLanes.LENGTH - 1) / DoubleLanes.LENGTH;
    return tiles << 16 | way().ordinal() << 8 | Double.BYTES;
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

  @Override
  protected int calls() {
    if (alongVectors()) {
      return super.calls();
    }
    int turns = 1 + Math.max(1, m / MOST_ROWS) * (cut(k, FEW_TERMS) + 1);
    return (TURNS / turns / ASKED + 1) * ASKED + ASKED / 8;
  }

  private boolean alongVectors() {
    return way() == DoubleVectorGemm.Way.DOTS || way() == DoubleVectorGemm.Way.NARROW;
  }

  /// Runs the product with fewer terms. Where the terms lie along the vectors, it has fewer columns, and the fewest
  /// terms that give whole vectors and a remainder. φ is left out until it is compiled.
  @Override
  protected void light(int step) {
    boolean dots = alongVectors();
    if (step % SPARSE != 0 && way() == DoubleVectorGemm.Way.DOTS && nothing()) {
      return;
    }
    boolean fused = stage != DoubleFusion.Stage.ACTIVATE || needs == 0 || Ready.is(needs);
    int depth = cut(k, dots ? DoubleSums.PARTIAL : FEW_TERMS);
    run(dots ? cut(n, TILE) : n, depth, step % variants(), false, fused);
  }

  /// Makes calls without work; returns whether C2 counts them for all that the product calls.
  private boolean nothing() {
    double[] x = DoubleOperands.array(2, m * n);
    DoubleVectorGemm.product(
        way(), m, 0, k, x, 0, k, 1, x, 0, 1, k, x, 0, n, add, SCRATCH.fusion.none(), SCRATCH);
    return DoubleDotGemm.nothing(m, n, k, x, add, SCRATCH);
  }

  @Override
  protected int variants() {
    return 3;
  }

  @Override
  protected void full(int variant) {
    run(n, k, variant, false, true);
  }

  @Override
  protected void plain(int variant) {
    run(n, k, variant, true, true);
  }

  /// Runs a product whose operands lie inside their arrays, at the arrays' ends, or fill the arrays. Kernels take
  /// different paths for these cases, as no vector may pass an array's end.
  private void run(int columns, int depth, int variant, boolean plain, boolean fused) {
    double[] a = DoubleOperands.array(0, 2 * m * k);
    double[] b = DoubleOperands.array(1, 2 * n * k);
    double[] c = variant == EXACT && m * n <= SMALL ? exact() : DoubleOperands.array(2, m * n);
    int end = variant == 0 ? 0 : 1;
    int at = end * (a.length - 1 - (m - 1) * ars() - (k - 1) * acs());
    int bt = end * (b.length - 1 - (k - 1) * brs() - (n - 1) * bcs());
    int ct = end * (c.length - m * n);
    DoubleFusion fusion = fused ? fusion(end) : SCRATCH.fusion.none();
    if (plain) {
      DoublePortableGemm.gemm(m, n, k, a, at, ars(), acs(), b, bt, brs(), bcs(), c, ct, n, add, fusion, SCRATCH);
    } else {
      fusion.ride(n, k);
      DoubleVectorGemm.product(way(), m, columns, depth, a, at, ars(), acs(), b, bt, brs(), bcs(), c, ct, n, add,
          fusion, SCRATCH);
    }
  }

  private double[] exact() {
    if (exact.length != m * n) {
      exact = new double[m * n];
    }
    return exact;
  }

  private DoubleFusion fusion(int end) {
    double[] bias = DoubleOperands.array(3, n);
    double[] residual = DoubleOperands.array(4, m * Math.max(n, k));
    int biasAt = end * (bias.length - n);
    int residualAt = end * (residual.length - m * (stage == DoubleFusion.Stage.SLOPE_ON_A ? k : n));
    return switch (stage) {
      case NONE -> SCRATCH.fusion.none();
      case ACTIVATE -> SCRATCH.fusion.activate(nonlinearity, biased ? bias : null, biasAt, kept ? residual : null,
          residualAt);
      case SLOPE_ON_C -> SCRATCH.fusion.slopeOnC(nonlinearity, residual, residualAt, m);
      case SLOPE_ON_A -> SCRATCH.fusion.slopeOnA(nonlinearity, residual, residualAt, m);
    };
  }
}
