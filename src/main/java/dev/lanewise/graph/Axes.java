package dev.lanewise.graph;

import java.util.Arrays;

/// The axes of a sample that a reduction goes over, and whether it keeps them at length 1. Axes count from 0, the
/// outermost, or from −1, the last, down. The batch is not among them.
public final class Axes {

  private final int[] axes;
  private final boolean kept;

  private Axes(int[] axes, boolean kept) {
    this.axes = axes;
    this.kept = kept;
  }

  /// {@return these axes, which the reduction removes; without arguments, all}
  public static Axes of(int... axes) {
    return new Axes(axes.clone(), false);
  }

  /// {@return these axes, which the reduction keeps at length 1, so that its result broadcasts against the operand;
  /// without arguments, all}
  public static Axes kept(int... axes) {
    return new Axes(axes.clone(), true);
  }

  boolean isKept() {
    return kept;
  }

  /// {@return for each axis of a sample whether it is one of these}
  ///
  /// @throws IllegalArgumentException if one does not exist or is named twice
  boolean[] among(int rank) {
    boolean[] chosen = new boolean[rank];
    if (axes.length == 0) {
      Arrays.fill(chosen, true);
    }
    for (int axis : axes) {
      int at = position(axis, rank);
      if (chosen[at]) {
        throw new IllegalArgumentException("axis " + axis + " is named twice in " + this + ", expected each once");
      }
      chosen[at] = true;
    }
    return chosen;
  }

  /// {@return the axis, counted from the outermost}
  ///
  /// @throws IllegalArgumentException if there is none
  static int position(int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + ", expected one from " + -rank + " to " + (rank - 1));
    }
    return axis < 0 ? axis + rank : axis;
  }

  @Override
  public String toString() {
    return Arrays.toString(axes) + (kept ? " kept" : "");
  }
}
