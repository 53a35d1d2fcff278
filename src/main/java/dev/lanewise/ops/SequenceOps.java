package dev.lanewise.ops;

import dev.lanewise.Tensor;

/// Moves rows between sequences, `[rows, time, features]`, and the steps of a [RecurrentSteps], the last of which
/// comes first.
///
/// | operation      | what                                                                                         |
/// |----------------|----------------------------------------------------------------------------------------------|
/// | [#gather]      | the features of some steps; 0 past a sample's end                                            |
/// | [#scatter]     | the same back, overwriting, with 0 past a sample's end, or adding                            |
/// | [#gatherLast]  | a row for the last step of each sample, 0 for all other steps                                |
/// | [#scatterLast] | that row back, if the sample's last step is among those at hand                              |
/// | [#copyRows], [#addRows] | rows of n numbers between tensors, by strides                                       |
///
/// Rows are those of k directions of a batch: row r is of sample r mod batch.
public final class SequenceOps {

  private SequenceOps() {}

  /// Steps become `steps[(first + count − 1 − step)·rows + row]` = the sequence at that step's time.
  ///
  /// @param first the first step
  /// @param count how many steps
  /// @param n features of a step
  /// @param sequence from `at` on `row·rowStride + time·timeStride`
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void gather(SequenceOrder order, int first, int count, int rows, int n,
      Tensor sequence, int at, int rowStride, int timeStride, Tensor steps) {
    require(order, rows, n, sequence, at, rowStride, timeStride, "sequence");
    requireRoom((long) count * rows * n, sequence, steps, "steps");
    SequenceKernels.gather(order, first, count, rows, n, sequence, at, rowStride, timeStride, steps);
  }

  /// The way back of [#gather].
  ///
  /// @param add whether to add to what is there, not to overwrite it
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void scatter(SequenceOrder order, int first, int count, int rows, int n,
      Tensor steps, Tensor sequence, int at, int rowStride, int timeStride, boolean add) {
    require(order, rows, n, sequence, at, rowStride, timeStride, "sequence");
    requireRoom((long) count * rows * n, sequence, steps, "steps");
    SequenceKernels.scatter(order, first, count, rows, n, steps, sequence, at, rowStride, timeStride, add);
  }

  /// Steps become 0, except the last one of each sample: where it is among them it becomes that sample's row.
  ///
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void gatherLast(SequenceOrder order, int first, int count, int rows, int n,
      Tensor last, int at, int rowStride, Tensor steps) {
    require(order, rows, n, last, at, rowStride, 0, "last");
    requireRoom((long) count * rows * n, last, steps, "steps");
    SequenceKernels.gatherLast(order, first, count, rows, n, last, at, rowStride, steps);
  }

  /// Each sample's last step, where it is among these, becomes its row.
  ///
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void scatterLast(SequenceOrder order, int first, int count, int rows, int n,
      Tensor steps, Tensor last, int at, int rowStride) {
    require(order, rows, n, last, at, rowStride, 0, "last");
    requireRoom((long) count * rows * n, last, steps, "steps");
    SequenceKernels.scatterLast(order, first, count, rows, n, steps, last, at, rowStride);
  }

  /// Y = X, by rows of n numbers, `xs` and `ys` apart.
  ///
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void copyRows(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys) {
    requireRoom(rows == 0 ? 0 : xt + (rows - 1L) * xs + n, y, x, "x");
    requireRoom(rows == 0 ? 0 : yt + (rows - 1L) * ys + n, x, y, "y");
    SequenceKernels.copyRows(rows, n, x, xt, xs, y, yt, ys);
  }

  /// Y += X, by rows of n numbers, `xs` and `ys` apart; where `ys` is 0, all of them to one.
  ///
  /// @throws IllegalArgumentException if a place is outside of its tensor, or precisions differ
  public static void addRows(int rows, int n, Tensor x, int xt, int xs, Tensor y, int yt, int ys) {
    requireRoom(rows == 0 ? 0 : xt + (rows - 1L) * xs + n, y, x, "x");
    requireRoom(rows == 0 ? 0 : yt + (rows - 1L) * ys + n, x, y, "y");
    SequenceKernels.addRows(rows, n, x, xt, xs, y, yt, ys);
  }

  /// x = 0, for n numbers from a place on.
  ///
  /// @throws IllegalArgumentException if a place is outside of its tensor
  public static void clear(int n, Tensor x, int xt) {
    requireRoom((long) xt + n, x, x, "x");
    SequenceKernels.clear(n, x, xt);
  }

  private static void require(
      SequenceOrder order, int rows, int n, Tensor sequence, int at, int rowStride, int timeStride, String name) {
    requireRoom(rows == 0 ? 0 : at + (rows - 1L) * rowStride + (order.time() - 1L) * timeStride + n, sequence,
        sequence, name);
    if (order.batch() != 0 && rows % order.batch() != 0) {
      throw new IllegalArgumentException(
          "SequenceOps: " + rows + " rows, expected a multiple of " + order.batch() + " samples");
    }
  }

  private static void requireRoom(long size, Tensor like, Tensor tensor, String name) {
    if (tensor.isNone() || size > tensor.size() || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException("SequenceOps: " + name + " is "
          + tensor.describe() + ", expected " + like.precision() + " of at least " + size + " elements");
    }
  }
}
