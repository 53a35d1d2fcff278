package dev.lanewise.ops;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.window.PoolGeometry;

/// Pooling: the numbers of a plane under each position of a window become one number.
///
/// | operation      | formula                                           | shapes                                  |
/// |----------------|---------------------------------------------------|-----------------------------------------|
/// | [#max]         | y = max over the window's taps of x, won = which  | `[…, h, w]`, `[…, h′, w′]`, as y         |
/// | [#maxPush]     | v = u at the tap that won                         | as y, `[k, …, h, w]`, `[k, …, h′, w′]`   |
/// | [#maxPull]     | v = Σ u over the windows in which its x won       | as y, `[k, …, h′, w′]`, `[k, …, h, w]`   |
/// | [#average]     | y = Σ x / n over the window's taps                | `[…, h, w]`, `[…, h′, w′]`               |
/// | [#averagePull] | v = Σ u / n over the windows that contain it      | `[…, h′, w′]`, `[…, h, w]`               |
/// | [#mean]        | y = Σ x / n of each plane                         | m·n, m                                  |
/// | [#meanPull]    | v = u / n, in all places of a plane               | m, m·n                                  |
///
/// Planes are the two innermost axes, whatever axes come before. A window has `h′` × `w′` positions in a plane. A
/// window of one row that moves by one slides over sequences `[…, time]` of any number of rows. A maximum ignores taps
/// outside the image. Ties go to the first tap in row-major order, and NaN wins over all numbers. Averages and means
/// are linear: a push is computed like the value. Each sum has one order. An operation takes one slot of `ws`.
public final class PoolOps {

  /// The most taps whose indices a float can hold exactly.
  private static final int MOST_TAPS = 1 << 24;

  private PoolOps() {}

  /// y = the largest x of each window. `won`, unless it is none, gets the index of the tap of that x, in the window's
  /// row-major order.
  ///
  /// @param won of y's size, or [Tensor#none()] to keep nothing
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or a window has no tap in the image
  public static void max(Window window, Tensor x, Tensor y, Tensor won, Workspace ws) {
    PoolGeometry g = geometry(window, x, y, "PoolOps.max", ws);
    if (!won.isNone() && (won.size() != y.size() || won.precision() != y.precision())) {
      throw new IllegalArgumentException("PoolOps.max: won is " + won + ", expected one as y, " + y.precision() + " "
          + y.shape());
    }
    PoolKernels.max(g, planes(y), x, y, won);
  }

  /// v = u at the taps that won, for each of k directions.
  ///
  /// @param won what [#max] kept; it serves each direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void maxPush(Window window, Tensor won, Tensor u, Tensor v, Workspace ws) {
    PoolGeometry g = geometry(window, u, v, "PoolOps.maxPush", ws);
    int chunk = chunk(won, v, "PoolOps.maxPush");
    PoolKernels.maxPush(g, planes(won), chunk, won, u, v);
  }

  /// v = Σ u over the windows in which the x at its place won, for each of k directions; v is overwritten.
  ///
  /// @param won what [#max] kept; it serves each direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void maxPull(Window window, Tensor won, Tensor u, Tensor v, Workspace ws) {
    PoolGeometry g = geometry(window, v, u, "PoolOps.maxPull", ws);
    int chunk = chunk(won, u, "PoolOps.maxPull");
    PoolKernels.maxPull(g, planes(won), chunk, won, u, v);
  }

  /// y = Σ x / n of each window, without dilation.
  ///
  /// @param countPadding whether n also counts the taps outside the image, where x is 0
  /// @throws IllegalArgumentException if shapes or precisions do not fit, the window is dilated or has no tap in the
  ///     image
  public static void average(Window window, boolean countPadding, Tensor x, Tensor y, Workspace ws) {
    requireUndilated(window, "PoolOps.average");
    PoolKernels.average(geometry(window, x, y, "PoolOps.average", ws), planes(y), countPadding, x, y);
  }

  /// v = Σ u / n over the windows that contain its place; v is overwritten.
  ///
  /// @throws IllegalArgumentException as for [#average]
  public static void averagePull(Window window, boolean countPadding, Tensor u, Tensor v, Workspace ws) {
    requireUndilated(window, "PoolOps.averagePull");
    PoolKernels.averagePull(geometry(window, v, u, "PoolOps.averagePull", ws), planes(u), countPadding, u, v);
  }

  /// y = the mean of each plane. The size of a plane is the size of x divided by that of y.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void mean(Tensor x, Tensor y) {
    requireMultiple(x, y, "PoolOps.mean", "x");
    if (y.size() > 0) {
      PoolKernels.mean(x.size() / y.size(), x, y);
    }
  }

  /// v = u / n in all n places of each plane.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void meanPull(Tensor u, Tensor v) {
    requireMultiple(v, u, "PoolOps.meanPull", "v");
    if (u.size() > 0) {
      PoolKernels.meanPull(v.size() / u.size(), u, v);
    }
  }

  /// Checks that a window may pool planes of this size: that it fits the padded image, is not padded by more than half
  /// its size, and has a tap in the image at each position.
  ///
  /// @param owner the caller, named first in the message; its `toString` is called only on failure
  /// @throws IllegalArgumentException if it may not
  public static void requirePooling(Window window, int rows, int columns, Object owner) {
    if (2L * window.paddingHeight() > window.height() || 2L * window.paddingWidth() > window.width()) {
      throw new IllegalArgumentException(owner + ": padding is " + window.paddingHeight() + "×" + window.paddingWidth()
          + ", expected at most half of the window's " + window.height() + "×" + window.width());
    }
    if ((long) window.height() * window.width() > MOST_TAPS) {
      throw new IllegalArgumentException(owner + ": window is " + window + ", expected at most " + MOST_TAPS + " taps");
    }
    int last = window.positionsAlongHeight(rows, owner) - 1;
    requireTap(last, window.strideHeight(), window.paddingHeight(), window.dilationHeight(), rows, owner, "rows");
    last = window.positionsAlongWidth(columns, owner) - 1;
    requireTap(last, window.strideWidth(), window.paddingWidth(), window.dilationWidth(), columns, owner, "columns");
  }

  /// Checks that each position has a tap in the image. Only a dilated window can have none: one of its taps lies before
  /// the image, and the next one after it.
  private static void requireTap(int last, int stride, int padding, int dilation, int length, Object owner,
      String name) {
    for (int position = 0; dilation > 1 && position <= last && stride * position < padding; position++) {
      int start = stride * position - padding;
      if (Math.floorMod(start, dilation) >= length) {
        throw new IllegalArgumentException(owner + ": input has " + length + " " + name
            + ", expected more, as a window dilated by " + dilation + " at position " + position + " has no tap there");
      }
    }
  }

  private static void requireUndilated(Window window, String op) {
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      throw new IllegalArgumentException(op + ": window is " + window + ", expected one without dilation");
    }
  }

  private static PoolGeometry geometry(Window window, Tensor image, Tensor pooled, String op, Workspace ws) {
    Shape of = image.shape();
    Shape to = pooled.shape();
    if (of.rank() < 2 || to.rank() < 2) {
      throw new IllegalArgumentException(op + ": planes " + of + " and " + to
          + ", expected axes […, height, width] of both");
    }
    int height = of.dim(of.rank() - 2);
    int width = of.last();
    requirePooling(window, height, width, op);
    int rows = window.positionsAlongHeight(height, op);
    int columns = window.positionsAlongWidth(width, op);
    if (to.dim(to.rank() - 2) != rows || to.last() != columns
        || (long) to.size() * height * width != (long) of.size() * rows * columns
        || image.precision() != pooled.precision()) {
      throw new IllegalArgumentException(op + ": pooled planes are " + pooled.precision() + " " + to + ", expected "
          + image.precision() + " […, " + rows + ", " + columns + "], as many as of " + of);
    }
    return ws.object(PoolGeometry.class, PoolGeometry::new).planes(height, width, rows, columns)
        .alongHeight(window.height(), window.strideHeight(), window.paddingHeight(), window.dilationHeight())
        .alongWidth(window.width(), window.strideWidth(), window.paddingWidth(), window.dilationWidth());
  }

  private static int planes(Tensor pooled) {
    Shape shape = pooled.shape();
    return shape.size() / (shape.dim(shape.rank() - 2) * shape.last());
  }

  /// The directions that `won` serves.
  private static int chunk(Tensor won, Tensor pooled, String op) {
    Shape shape = won.shape();
    Shape of = pooled.shape();
    boolean serves = won.size() == 0 ? pooled.size() == 0 : pooled.size() % won.size() == 0;
    if (won.isNone() || shape.rank() < 2 || shape.last() != of.last()
        || shape.dim(shape.rank() - 2) != of.dim(of.rank() - 2)
        || won.precision() != pooled.precision() || !serves) {
      throw new IllegalArgumentException(
          op + ": won is " + won + ", expected " + pooled.precision() + " planes that serve each direction of " + of);
    }
    return won.size() == 0 ? 0 : pooled.size() / won.size();
  }

  private static void requireMultiple(Tensor planes, Tensor numbers, String op, String name) {
    int n = numbers.size();
    if (n == 0 ? planes.size() != 0 : planes.size() == 0 || planes.size() % n != 0
        || planes.precision() != numbers.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + planes.precision() + " " + planes.shape()
          + ", expected " + numbers.precision() + " planes, one for each of " + numbers.shape());
    }
  }
}
