package dev.lanewise.autodiff.cost;

/// Nanoseconds of one operation over its sizes x, y, z: measured on a grid, log t trilinear in (log x, log y, log z)
/// between, and t ∝ x·y·z beyond the largest sizes.
///
/// Sizes below 1 count as 1: an empty operation takes about as long as the smallest one.
final class CostTable {

  /// The timed operations, and the sizes x, y, z of their grids.
  enum Work {
    /// C[m × n] = A[m × k]·B[k × n]; x, y, z are m, n, k.
    A_B(Axes.PRODUCT, Axes.PRODUCT, Axes.PRODUCT),
    /// The same of a B in rows of k.
    A_BT(Axes.PRODUCT, Axes.PRODUCT, Axes.PRODUCT),
    /// The same of an A in rows of m.
    AT_B(Axes.PRODUCT, Axes.PRODUCT, Axes.PRODUCT),
    /// V = φ′ ⊙ U; z is the number of elements.
    PASS(Axes.ONE, Axes.ONE, Axes.ELEMENTS),
    /// Y = Xᵀ; y, z are the rows and columns of X.
    TRANSPOSE(Axes.ONE, Axes.SIDE, Axes.SIDE);

    private final int[][] axes;

    Work(int[]... axes) {
      this.axes = axes;
    }

    /// The sizes along an axis, ascending from 1; not to be written to.
    int[] axis(int axis) {
      return axes[axis];
    }

    /// The number of grid points. They are counted along z first, then y.
    int points() {
      return axes[0].length * stride(0);
    }

    /// From a point to the next one along an axis.
    private int stride(int axis) {
      return axis == 2 ? 1 : axes[axis + 1].length * stride(axis + 1);
    }

    private int place(int axis, int point) {
      return point / stride(axis) % axes[axis].length;
    }

    /// A point's size along an axis.
    int size(int axis, int point) {
      return axes[axis][place(axis, point)];
    }

    /// Whether a point is the first along an axis.
    boolean isFirst(int axis, int point) {
      return place(axis, point) == 0;
    }

    /// The axis along which a point's size is largest.
    int longestAxis(int point) {
      int longest = 0;
      for (int axis = 1; axis < axes.length; axis++) {
        if (size(axis, point) > size(longest, point)) {
          longest = axis;
        }
      }
      return longest;
    }

    /// The point before this one along an axis, where it is not the first.
    int before(int axis, int point) {
      return point - stride(axis);
    }
  }

  /// Products of few rows or columns take other paths than large ones (see `docs/performance.md`), so the grid is
  /// dense there.
  private static final class Axes {
    static final int[] ONE = {1};
    static final int[] PRODUCT = {1, 2, 4, 8, 16, 64, 256, 1024};
    static final int[] ELEMENTS = {1, 4, 16, 64, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20};
    static final int[] SIDE = {1, 4, 16, 64, 256, 1024};
  }

  private final Work work;
  private final double[] nanos;
  private final double[] logNanos;

  /// @param nanos finite and positive, z fastest, then y; belongs to the table from now on
  CostTable(Work work, double[] nanos) {
    this.work = work;
    this.nanos = nanos;
    logNanos = new double[nanos.length];
    for (int point = 0; point < nanos.length; point++) {
      logNanos[point] = Math.log(nanos[point]);
    }
  }

  /// The time at a grid point.
  double point(int point) {
    return nanos[point];
  }

  private int index(int i, int j, int l) {
    return (i * work.axis(1).length + j) * work.axis(2).length + l;
  }

  /// The time at any sizes.
  double nanos(long x, long y, long z) {
    double i = place(work.axis(0), x);
    double j = place(work.axis(1), y);
    double l = place(work.axis(2), z);
    return Math.exp(between(i, j, l) + beyond(work.axis(0), x) + beyond(work.axis(1), y) + beyond(work.axis(2), z));
  }

  private double between(double i, double j, double l) {
    int i0 = (int) i;
    double lower = betweenRows(i0, j, l);
    return i == i0 ? lower : lower + (i - i0) * (betweenRows(i0 + 1, j, l) - lower);
  }

  private double betweenRows(int i, double j, double l) {
    int j0 = (int) j;
    double lower = betweenPoints(i, j0, l);
    return j == j0 ? lower : lower + (j - j0) * (betweenPoints(i, j0 + 1, l) - lower);
  }

  private double betweenPoints(int i, int j, double l) {
    int l0 = (int) l;
    double lower = logNanos[index(i, j, l0)];
    return l == l0 ? lower : lower + (l - l0) * (logNanos[index(i, j, l0 + 1)] - lower);
  }

  /// Where a size lies among an axis's, in steps from the first: 2.5 is midway, in logarithms, between the third and
  /// the fourth.
  private static double place(int[] axis, long size) {
    int step = 0;
    while (step < axis.length - 1 && axis[step + 1] <= size) {
      step++;
    }
    if (step == axis.length - 1 || size <= axis[step]) {
      return step;
    }
    return step + Math.log((double) size / axis[step]) / Math.log((double) axis[step + 1] / axis[step]);
  }

  /// By how much, in logarithms, a size exceeds the axis.
  private static double beyond(int[] axis, long size) {
    int last = axis[axis.length - 1];
    return size > last ? Math.log((double) size / last) : 0;
  }
}
