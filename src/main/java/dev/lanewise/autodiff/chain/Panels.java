package dev.lanewise.autodiff.chain;

import dev.lanewise.Matrix;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The memory of a program's intermediate matrices: arrays that are given back after their last use and taken again by
/// what comes later and fits.
///
/// `dry`, nothing is allocated, and views are over nothing: only to count.
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

    /// The first part of this memory as a tensor of shape `[chunk, …rest]`.
    Tensor tensor(int chunk, Shape rest) {
      if (memory.isNone()) {
        return memory;
      }
      return memory.view(0, rest.prepend(chunk));
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

  /// An array of at least so many elements: the smallest that is free and fits, or a new one.
  ///
  /// `dry`, it may be longer than an array can be: the planner takes other blocks then.
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

  /// Lends it no longer; null, memory that is not from here, is none to give back.
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
