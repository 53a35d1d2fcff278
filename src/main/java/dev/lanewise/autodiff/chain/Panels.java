package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The memory of a program's intermediate matrices: arrays that are given back after their last use and taken again for
/// later matrices that fit.
///
/// If `dry`, bytes are only counted: nothing is allocated, and views are over nothing.
final class Panels {

  /// One array, lent as a whole.
  static final class Panel {

    private final long capacity;
    private final Tensor memory;
    private boolean lent = true;

    private Panel(long capacity, Tensor memory) {
      this.capacity = capacity;
      this.memory = memory;
    }

    /// `matrix` over this memory.
    Matrix over(Matrix matrix) {
      return memory.isNone() ? matrix : matrix.over(memory);
    }

    /// This memory as an m × n matrix, by columns or by rows.
    Matrix matrix(boolean byColumns, int m, int n) {
      return over(byColumns ? Matrix.columnMajor(m, n) : Matrix.rowMajor(m, n));
    }

    /// The contiguous lines of such a matrix, its columns or its rows, as the rows of a matrix.
    Matrix lines(boolean byColumns, int m, int n) {
      return over(byColumns ? Matrix.rowMajor(n, m) : Matrix.rowMajor(m, n));
    }

    /// The first part of this memory as a tensor of shape `[chunk, …rest]`.
    Tensor tensor(int chunk, Shape rest) {
      return memory.isNone() ? memory : memory.view(0, rest.prepend(chunk));
    }
  }

  private final Precision precision;
  private final boolean dry;
  private final List<Panel> panels = new ArrayList<>();
  private long bytes;
  private long longest;

  Panels(Precision precision, boolean dry) {
    this.precision = precision;
    this.dry = dry;
  }

  /// An array of at least `rows`·`columns` elements: the smallest that is free and fits, or a new one.
  ///
  /// If `dry`, it may be longer than an array can be: the planner then takes other blocks.
  ///
  /// @throws IllegalArgumentException if no array is that long
  Panel take(int rows, int columns) {
    long elements = (long) rows * columns;
    Panel found = null;
    for (Panel panel : panels) {
      if (!panel.lent && panel.capacity >= elements && (found == null || panel.capacity < found.capacity)) {
        found = panel;
      }
    }
    if (found == null) {
      found = new Panel(elements, dry ? Tensor.none() : Tensor.zeros(precision, Shape.of(rows, columns)));
      panels.add(found);
      longest = Math.max(longest, elements);
      bytes += elements * precision.bytes();
    }
    found.lent = true;
    return found;
  }

  /// Makes a panel free again; null stands for memory from elsewhere.
  static void giveBack(Panel panel) {
    if (panel != null) {
      panel.lent = false;
    }
  }

  /// The size of all arrays; [Long#MAX_VALUE] where one is longer than an array can be.
  long bytes() {
    return longest > Shape.LARGEST_ARRAY ? Long.MAX_VALUE : bytes;
  }
}
