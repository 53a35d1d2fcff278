package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.DoubleLanes;

/// One product shared among the members of a [Team]: C is cut into parts along its columns or, if these are few, along
/// its rows. Each part is itself a product.
///
/// Where columns are cut, each part packs its own columns of B, and all of A. Where rows are cut, it packs its own rows
/// of A, and all of B. Each element is summed as in the whole product, so the bits do not depend on the cut.
final class DoubleSharedGemm implements Team.Work {

  /// The multiply-adds, some 15 µs on one core, from which on a helper that is awake pays.
  static final long LEAST_WORK = 3 << 19;
  /// The narrowest part: a row of register tiles.
  private static final int LEAST_COLUMNS = 4 * DoubleLanes.LENGTH;
  private static final int LEAST_ROWS = 2 * DoubleTiling.TILE_MULTIPLE;
  /// The parts for each member if parts are wide enough. If there is more than one, other members take over from a
  /// member that is held up. Narrower parts would copy A too often.
  private static final int PARTS_EACH = 2;
  private static final int WIDE_COLUMNS = 16 * DoubleLanes.LENGTH;

  private final Team team;
  private final long leastWork;
  private final DoubleScratch[] scratches;

  private DoubleScratch.Work work;

  private DoubleVectorGemm.Way way;
  private boolean byColumns;
  private int parts;
  private int m, n, k;
  private double[] a, b, c;
  private int at, ars, acs, bt, brs, bcs, ct, cs;
  private boolean add;
  private DoubleFusion fusion;

  /// @param leastWork the multiply-adds below which a product is not shared
  /// @param scratch the caller's own
  DoubleSharedGemm(Team team, long leastWork, DoubleScratch scratch) {
    this.team = team;
    this.leastWork = leastWork;
    this.scratches = new DoubleScratch[team.size()];
    scratches[0] = scratch;
    for (int member = 1; member < scratches.length; member++) {
      scratches[member] = new DoubleScratch();
    }
  }

  boolean isWorthwhile(int m, int n, int k) {
    return team.size() > 1 && (long) m * n * k >= leastWork && (n >= 2 * LEAST_COLUMNS || m >= 2 * LEAST_ROWS);
  }

  void product(
      DoubleVectorGemm.Way way, int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion) {
    this.way = way;
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.at = at;
    this.ars = ars;
    this.acs = acs;
    this.b = b;
    this.bt = bt;
    this.brs = brs;
    this.bcs = bcs;
    this.c = c;
    this.ct = ct;
    this.cs = cs;
    this.add = add;
    this.fusion = fusion;
    int byColumn = Math.min(
        team.size() * PARTS_EACH, Math.max(n / WIDE_COLUMNS, Math.min(team.size(), n / LEAST_COLUMNS)));
    int byRow = Math.min(team.size(), m / LEAST_ROWS);
    byColumns = byColumn >= Math.min(team.size(), byRow);
    parts = byColumns ? byColumn : byRow;
    try {
      team.run(parts, this);
    } finally {
      this.a = this.b = this.c = null;
      this.fusion = null;
    }
  }

  int members() {
    return team.size();
  }

  long leastWork() {
    return leastWork;
  }

  /// Shares work that is not a single product.
  void parts(int parts, DoubleScratch.Work work) {
    this.work = work;
    try {
      team.run(parts, this);
    } finally {
      this.work = null;
    }
  }

  @Override
  public void part(int part, int member) {
    if (work != null) {
      work.part(part, scratches[member]);
    } else {
      product(part, scratches[member]);
    }
  }

  private void product(int part, DoubleScratch scratch) {
    int from = begin(part);
    int length = begin(part + 1) - from;
    if (byColumns) {
      DoubleVectorGemm.product(way, m, length, k, a, at, ars, acs, b, bt + from * bcs, brs, bcs, c, ct + from, cs, add,
          scratch.part.part(fusion, 0, from), scratch);
    } else {
      DoubleVectorGemm.product(way, length, n, k, a, at + from * ars, ars, acs, b, bt, brs, bcs, c, ct + from * cs, cs,
          add, scratch.part.part(fusion, from, 0), scratch);
    }
  }

  private int begin(int part) {
    return byColumns ? begin(part, parts, n, DoubleLanes.LENGTH) : begin(part, parts, m, 1);
  }

  /// Where a part of `whole` columns or rows begins: at a multiple of `unit`, so that only the last part has a
  /// remainder.
  static int begin(int part, int parts, int whole, int unit) {
    return part == parts ? whole : (int) ((long) whole / unit * part / parts) * unit;
  }
}
