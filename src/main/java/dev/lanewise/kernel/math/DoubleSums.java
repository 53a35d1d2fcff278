package dev.lanewise.kernel.math;

import dev.lanewise.kernel.lanes.MultiplyAdd;

/// The order in which each sum is taken: one for each operation, whatever the width of the vectors, so that a result
/// has the same bits on every machine. This class has the rules and the sums in plain Java; the vector kernels sum in
/// the same order.
///
/// | sum                        | order                                                                             |
/// |----------------------------|-----------------------------------------------------------------------------------|
/// | product of matrices        | over p from 0, or from C where it is added, one fused multiply-add a step         |
/// | the same, [#isByDots]      | L partial sums, each of all p with the same p mod L; folded; then added to C      |
/// | row shorter than PARTIAL   | from the first number to the last                                                 |
/// | longer row                 | 4·PARTIAL partial sums; (s₀ + s₁) + (s₂ + s₃) of four each; whole vectors; folded |
/// | longer row of exponentials | PARTIAL partial sums; folded                                                      |
///
/// There are as many partial sums as the widest vector has lanes. They fold by halves: s_l ← s_l + s_(l + L/2), then
/// L/4, down to one. The last numbers, fewer than L, go to the last partial sums.
///
/// On machines without a fused multiply-add instruction a step rounds twice, see [MultiplyAdd#FUSED]: the bits differ,
/// but are the same on all such machines.
public final class DoubleSums {

  /// As many partial sums as a vector of 512 bit has lanes.
  public static final int PARTIAL = 512 / Double.SIZE;
  /// The lanes of a vector of 128 bit, the narrowest.
  public static final int LEAST = 128 / Double.SIZE;
  /// The most rows of A for which dot products with B's rows may be the fastest way.
  public static final int MOST_ROWS = 12;

  private DoubleSums() {}

  /// Whether the elements of a product A·B are dot products of rows, and not sums over p in order: where B lies in
  /// columns and A has so few rows that transposing B does not pay, or where B has hardly any columns.
  ///
  /// @param acs from one column of A to the next, 1 where its rows are contiguous
  /// @param scalesRows whether each row of A is scaled by a slope of its own first
  public static boolean isByDots(int m, int n, int k, int acs, int brs, int bcs, boolean scalesRows) {
    if (n < LEAST) {
      return k >= LEAST && (acs == 1 || scalesRows);
    }
    return brs == 1 && bcs != 1 && acs == 1 && !scalesRows && isWorthDots(m, k);
  }

  /// Whether the elements are dot products where both operands are in rows and B has more than a few columns.
  public static boolean isWorthDots(int m, int k) {
    return k >= LEAST && (m == 1 || m <= MOST_ROWS && k >= 2 * PARTIAL);
  }

  /// How many partial sums a dot product of k terms has.
  public static int partialSums(int k) {
    return Math.min(PARTIAL, Integer.highestOneBit(k));
  }

  /// Σ a·b of one element of a product, for k of LEAST or more.
  ///
  /// @param s room for PARTIAL numbers
  public static double dot(int k, double[] a, int at, double[] b, int bt, double[] s) {
    int partial = partialSums(k);
    int body = k & -partial;
    for (int l = 0; l < partial; l++) {
      s[l] = 0;
    }
    for (int p = 0; p < body; p += partial) {
      for (int l = 0; l < partial; l++) {
        s[l] = MultiplyAdd.fast(a[at + p + l], b[bt + p + l], s[l]);
      }
    }
    return end(partial, k, a, at, b, bt, s, 0);
  }

  /// The rest of a dot product whose whole vectors are in the partial sums from `s[st]` on: last terms and fold.
  public static double end(int partial, int k, double[] a, int at, double[] b, int bt, double[] s, int st) {
    int rest = k & partial - 1;
    if (rest > 0) {
      for (int l = 0; l < partial - rest; l++) {
        // As a masked multiply-add does: −0 becomes 0.
        s[st + l] += 0.0;
      }
      for (int l = partial - rest; l < partial; l++) {
        int p = k - partial + l;
        s[st + l] = MultiplyAdd.fast(a[at + p], b[bt + p], s[st + l]);
      }
    }
    for (int half = partial / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        s[st + l] += s[st + l + half];
      }
    }
    return s[st];
  }

  /// Σ x of a row.
  public static double sum(int n, double[] x, int xo) {
    if (n >= PARTIAL) {
      return foldedSum(0, 1, n, x, xo);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xo + i];
    }
    return sum;
  }

  /// Σ exp(z − less) of a row.
  public static double expSum(int n, double[] z, int zo, double less) {
    if (n >= PARTIAL) {
      return foldedExpSum(0, 1, n, z, zo, less);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += DoubleMath.exp(z[zo + i] - less);
    }
    return sum;
  }

  /// Σ x·y of two rows.
  public static double dot(int n, double[] x, int xo, double[] y, int yo) {
    if (n >= PARTIAL) {
      return foldedDot(0, 1, n, x, xo, y, yo);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum = MultiplyAdd.fast(x[xo + i], y[yo + i], sum);
    }
    return sum;
  }

  /// The partial sums whose numbers are `lane` modulo `distance`, folded.
  private static double foldedSum(int lane, int distance, int n, double[] x, int xo) {
    return distance == PARTIAL
        ? partialSum(lane, n, x, xo)
        : foldedSum(lane, 2 * distance, n, x, xo) + foldedSum(lane + distance, 2 * distance, n, x, xo);
  }

  private static double partialSum(int lane, int n, double[] x, int xo) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= n - 4 * PARTIAL; i += 4 * PARTIAL) {
      int at = xo + i + lane;
      s0 += x[at];
      s1 += x[at + PARTIAL];
      s2 += x[at + 2 * PARTIAL];
      s3 += x[at + 3 * PARTIAL];
    }
    double sum = s0 + s1 + (s2 + s3);
    for (; i <= n - PARTIAL; i += PARTIAL) {
      sum += x[xo + i + lane];
    }
    int last = n - PARTIAL + lane;
    return last >= i ? sum + x[xo + last] : sum;
  }

  private static double foldedExpSum(int lane, int distance, int n, double[] z, int zo, double less) {
    return distance == PARTIAL
        ? partialExpSum(lane, n, z, zo, less)
        : foldedExpSum(lane, 2 * distance, n, z, zo, less)
        + foldedExpSum(lane + distance, 2 * distance, n, z, zo, less);
  }

  private static double partialExpSum(int lane, int n, double[] z, int zo, double less) {
    double sum = 0;
    int i = 0;
    for (; i <= n - PARTIAL; i += PARTIAL) {
      sum += DoubleMath.exp(z[zo + i + lane] - less);
    }
    int last = n - PARTIAL + lane;
    return last >= i ? sum + DoubleMath.exp(z[zo + last] - less) : sum;
  }

  private static double foldedDot(int lane, int distance, int n, double[] x, int xo, double[] y, int yo) {
    return distance == PARTIAL
        ? partialDot(lane, n, x, xo, y, yo)
        : foldedDot(lane, 2 * distance, n, x, xo, y, yo) + foldedDot(lane + distance, 2 * distance, n, x, xo, y, yo);
  }

  private static double partialDot(int lane, int n, double[] x, int xo, double[] y, int yo) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= n - 4 * PARTIAL; i += 4 * PARTIAL) {
      int xi = xo + i + lane;
      int yi = yo + i + lane;
      s0 = MultiplyAdd.fast(x[xi], y[yi], s0);
      s1 = MultiplyAdd.fast(x[xi + PARTIAL], y[yi + PARTIAL], s1);
      s2 = MultiplyAdd.fast(x[xi + 2 * PARTIAL], y[yi + 2 * PARTIAL], s2);
      s3 = MultiplyAdd.fast(x[xi + 3 * PARTIAL], y[yi + 3 * PARTIAL], s3);
    }
    double sum = s0 + s1 + (s2 + s3);
    for (; i <= n - PARTIAL; i += PARTIAL) {
      sum = MultiplyAdd.fast(x[xo + i + lane], y[yo + i + lane], sum);
    }
    int last = n - PARTIAL + lane;
    return last >= i ? MultiplyAdd.fast(x[xo + last], y[yo + last], sum) : sum;
  }
}
