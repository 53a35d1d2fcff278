package dev.lanewise.kernel.lanes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;

/// How loops over parts of arrays end without passing an array's end. The last vector is moved left until it ends with
/// the part or, if the part is shorter than a vector, until it lies in the arrays. A mask protects what lies outside.
///
/// ```
/// int last = DoubleTail.last(n, x, xo, y, yo);           // NONE: an array is shorter than a vector
/// for (int i = 0; i < n; i += LENGTH) {
///   int at = Math.min(i, last);
///   … DoubleVector.fromArray(SPECIES, x, xo + at) …      // lanes before i are neighbours: computed and dropped
///   … intoArray(y, yo + at, VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n)))
/// }
/// ```
///
/// A masked access that passes an array's end is correct, but slow for good: C2 then compiles the check of each lane
/// into every masked access of the method, and beyond its inlining limits boxes the vectors. So each vector here lies
/// within its array. Only elements of the part are written, so it may be overwritten in place.
public final class DoubleTail {

  /// The result where no vector fits.
  public static final int NONE = Integer.MIN_VALUE;

  private DoubleTail() {}

  /// The lanes of the vector at `at` that belong to step i, as bits for `VectorMask.fromLong`: all lanes, except in the
  /// last step. If this returned a mask, the mask would be boxed where C2 does not inline this method, as after a long
  /// loop. `indexInRange` compares vectors when it begins below 0, and is inlined in some callers only.
  public static long lanes(int at, int i, int n) {
    return -1L << i - at & -1L >>> Long.SIZE - Math.min(LENGTH, n - at);
  }

  /// Where the last vector begins, relative to the parts' beginnings.
  public static int last(int n, double[] x, int xo) {
    return n >= LENGTH ? n - LENGTH : shift(excess(x, xo), xo);
  }

  public static int last(int n, double[] x, int xo, double[] y, int yo) {
    return n >= LENGTH ? n - LENGTH : shift(Math.max(excess(x, xo), excess(y, yo)), Math.min(xo, yo));
  }

  public static int last(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    return n >= LENGTH
        ? n - LENGTH
        : shift(Math.max(Math.max(excess(x, xo), excess(y, yo)), excess(z, zo)), Math.min(Math.min(xo, yo), zo));
  }

  public static int last(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo, double[] w, int wo) {
    return n >= LENGTH
        ? n - LENGTH
        : shift(Math.max(Math.max(excess(x, xo), excess(y, yo)), Math.max(excess(z, zo), excess(w, wo))),
            Math.min(Math.min(xo, yo), Math.min(zo, wo)));
  }

  /// The number of lanes by which a vector at this offset passes the array's end.
  private static int excess(double[] x, int xo) {
    return xo + LENGTH - x.length;
  }

  private static int shift(int excess, int room) {
    int shift = Math.max(0, excess);
    return shift <= room ? -shift : NONE;
  }
}
