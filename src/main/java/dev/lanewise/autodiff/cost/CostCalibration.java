package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.cost.CostTable.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Measures the cells of a [CostTables] against the clock, until a deadline.
///
/// Vector code runs a hundred to a thousand times slower until C2 has compiled it, and to compile all kernels takes C2 ten seconds of
/// a core. So cells are begun in the order of their use, the middle of the table first, and no more than [#FRONT] that are not
/// compiled at a time: what C2 gets done before the deadline is measured, the rest is another table's, scaled. A cell counts as
/// compiled when it is within a factor of [#COMPILED] of that table. In a JVM that has worked for a while most cells are measured.
final class CostCalibration {

  /// Larger cells are not measured: their rate, x·y·z in a nanosecond, is taken to be the next smaller one's.
  private static final long MOST_SIZE = 20_000_000;
  private static final int OPERAND = 1 << 20;

  /// So many cells are called until they are compiled at a time. From the start of a JVM to the first product's compiled code it takes
  /// 0.7 s and more on two busy cores with all attention to it; with six at a time none was ready after 1.2 s.
  private static final int FRONT = 2;
  private static final double COMPILED = 10;
  /// The part of the time that is spent on getting cells compiled.
  private static final double WARM_UP = 0.9;
  /// Turns that each compiled cell gets at least, if time allows.
  private static final int ENOUGH_TURNS = 18;
  /// After so much time of its own, a cell that is still not compiled lets others go first.
  private static final long PATIENCE_NANOS = 300_000_000;
  /// What is that much slower, over what is known, than the median of the compiled cells was not compiled after all.
  private static final double OUTLIER = 3;
  /// A median of fewer says nothing.
  private static final int ENOUGH_CELLS = 12;
  /// A size may be slower than the next larger one, as one that is no whole vector is; by more than this it is not believed.
  static final double MOST_FALL = 1.25;
  private static final double RESOLUTION = 0.01;

  /// Where the middle of a table lies, as powers of two of its sizes.
  private static final int[] MIDDLE_OF_PRODUCTS = {3, 6, 6};
  private static final int[] MIDDLE_OF_REST = {0, 6, 8};
  private static final int KERNELS_APART = 4;

  private final CostTables known;
  private final CostCell[][] cells = new CostCell[CostTables.COUNT][];
  /// Those that are measured, in the order of their use.
  private final List<CostCell> measured = new ArrayList<>();

  CostCalibration(CostTables known) {
    this.known = known;
    for (Precision precision : Precision.values()) {
      Workspace ws = new Workspace();
      Tensor[] operands = new Tensor[3];
      for (int operand = 0; operand < operands.length; operand++) {
        operands[operand] = Tensor.zeros(precision, OPERAND);
        operands[operand].fill(0.5);
      }
      for (Work work : Work.values()) {
        cells[CostTables.index(precision, work)] = cells(precision, work, operands, ws);
      }
    }
    measured.sort(Comparator.comparingInt(CostCalibration::remoteness));
  }

  private CostCell[] cells(Precision precision, Work work, Tensor[] operands, Workspace ws) {
    CostCell[] made = new CostCell[work.points()];
    for (int point = 0; point < made.length; point++) {
      int x = work.size(0, point);
      int y = work.size(1, point);
      int z = work.size(2, point);
      if ((long) x * y * z <= MOST_SIZE) {
        made[point] = new CostCell(precision, work, x, y, z, known.of(precision, work).point(point), operands, ws);
        measured.add(made[point]);
      }
    }
    return made;
  }

  /// Few kernels serve one form in one precision: these cells stand together, so that one compiled kernel settles many.
  private static int remoteness(CostCell cell) {
    int[] middle = cell.work.axis(0).length > 1 ? MIDDLE_OF_PRODUCTS : MIDDLE_OF_REST;
    int kernels = cell.work.ordinal() + cell.precision.ordinal();
    return KERNELS_APART * kernels
        + Math.abs(log2(cell.x) - middle[0]) + Math.abs(log2(cell.y) - middle[1]) + Math.abs(log2(cell.z) - middle[2]);
  }

  private static int log2(int size) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size);
  }

  /// Measures until all cells are settled, or until then by [System#nanoTime()].
  void measure(long deadline) {
    warmUp(deadline - (long) ((1 - WARM_UP) * (deadline - System.nanoTime())));
    boolean more = true;
    while (more && System.nanoTime() < deadline) {
      more = pass(deadline);
    }
  }

  private void warmUp(long deadline) {
    Queue<CostCell> waiting = new ArrayDeque<>(measured);
    Queue<CostCell> front = new ArrayDeque<>();
    while (System.nanoTime() < deadline) {
      while (front.size() < FRONT && !waiting.isEmpty()) {
        front.add(waiting.remove());
      }
      CostCell cell = front.poll();
      if (cell == null) {
        return;
      }
      double before = cell.spent();
      if (cell.expected() < deadline - System.nanoTime()) {
        cell.time();
      }
      if (!cell.within(COMPILED)) {
        boolean stays = (long) (cell.spent() / PATIENCE_NANOS) == (long) (before / PATIENCE_NANOS);
        (stays ? front : waiting).add(cell);
      }
    }
  }

  /// One more turn for each compiled cell that is not settled; false where none is left.
  private boolean pass(long deadline) {
    boolean more = false;
    for (CostCell cell : measured) {
      if (cell.within(COMPILED) && !(cell.turns() >= ENOUGH_TURNS && cell.settled())) {
        boolean fits = cell.expected() < deadline - System.nanoTime();
        if (fits) {
          cell.time();
          more = true;
        }
      }
    }
    return more;
  }

  /// One turn for every cell, whatever is known of it.
  void everyCell() {
    measured.forEach(CostCell::time);
  }

  /// Calls everything up to so large a size once.
  void call(Precision precision, Work work, long mostSize) {
    for (CostCell cell : cells[CostTables.index(precision, work)]) {
      if (cell != null && cell.size() <= mostSize) {
        cell.run(1);
      }
    }
  }

  /// The settled cells' times; the rest are what is known, times the median over this kind of work's settled cells.
  Result result() {
    List<CostCell> compiled = measured.stream().filter(cell -> cell.settled() && cell.within(COMPILED)).toList();
    double most = OUTLIER * median(compiled, 0);
    Set<CostCell> settled = compiled.stream().filter(cell -> cell.within(most)).collect(Collectors.toSet());
    double ofAll = median(settled, 1);
    double[] ratios = new double[CostTables.COUNT];
    for (Precision precision : Precision.values()) {
      double ofPrecision = median(settled.stream().filter(cell -> cell.precision == precision).toList(), ofAll);
      for (Work work : Work.values()) {
        ratios[CostTables.index(precision, work)] =
            median(settled.stream().filter(cell -> cell.precision == precision && cell.work == work).toList(), ofPrecision);
      }
    }
    CostTables tables = tables(cell ->
        settled.contains(cell) ? cell.best() : cell.known * ratios[CostTables.index(cell.precision, cell.work)]);
    return new Result(tables, settled.size(), measured.size(), ofAll);
  }

  /// @param settled how many of all cells have measured times
  /// @param ratio the median of measured over known
  record Result(CostTables tables, int settled, int all, double ratio) {}

  private static double median(Collection<CostCell> some, double ifFew) {
    double[] ratios = some.stream().mapToDouble(cell -> cell.best() / cell.known).sorted().toArray();
    return ratios.length < ENOUGH_CELLS ? ifFew : ratios[ratios.length / 2];
  }

  /// The best times, compiled or not.
  CostTables bestTables() {
    return tables(CostCell::best);
  }

  private CostTables tables(ToDoubleFunction<CostCell> nanos) {
    double[][] tables = new double[CostTables.COUNT][];
    for (Precision precision : Precision.values()) {
      for (Work work : Work.values()) {
        int table = CostTables.index(precision, work);
        tables[table] = new double[work.points()];
        for (int point = 0; point < work.points(); point++) {
          tables[table][point] = Math.max(RESOLUTION, hundredths(nanos(cells[table], work, point, nanos)));
        }
        bound(work, tables[table]);
      }
    }
    return new CostTables((precision, work, point) -> tables[CostTables.index(precision, work)][point]);
  }

  private static double nanos(CostCell[] cells, Work work, int point, ToDoubleFunction<CostCell> nanos) {
    if (cells[point] != null) {
      return nanos.applyAsDouble(cells[point]);
    }
    int axis = work.longestAxis(point);
    int smaller = work.before(axis, point);
    return nanos(cells, work, smaller, nanos) * work.size(axis, point) / work.size(axis, smaller);
  }

  /// Rounded down: clocks give no more.
  private static double hundredths(double nanos) {
    return Math.floor(nanos / RESOLUTION) / 100;
  }

  /// Disturbances only add: brings down what is more than [#MOST_FALL] times the next larger size's time.
  private static void bound(Work work, double[] nanos) {
    for (int point = nanos.length - 1; point >= 0; point--) {
      for (int axis = 0; axis < 3; axis++) {
        if (!work.isFirst(axis, point)) {
          int smaller = work.before(axis, point);
          nanos[smaller] = Math.min(nanos[smaller], hundredths(MOST_FALL * nanos[point]));
        }
      }
    }
  }
}
