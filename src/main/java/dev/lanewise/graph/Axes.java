package dev.lanewise.graph;

import java.util.Arrays;

/// Which axes of a sample a reduction goes over, and whether they stay, 1 long. Axes count from 0, the outermost of the
/// sample, or from −1, the last, down. The batch is none of them.
public final class Axes {

  private final int[] axes;
  private final boolean kept;

  private Axes(int[] axes, boolean kept) {
    this.axes = axes;
    this.kept = kept;
  }

  /// {@return these axes, which a reduction takes away; all of them for none}
  public static Axes of(int... axes) {
    return new Axes(axes.clone(), false);
  }

  /// {@return these axes, of which a reduction leaves axes of length 1, so that the result broadcasts with the operand;
  /// all of them for none}
  public static Axes kept(int... axes) {
    return new Axes(axes.clone(), true);
  }

  boolean isKept() {
    return kept;
  }

  /// {@return for each axis of a sample of so many whether it is one of these}
  ///
  /// @throws IllegalArgumentException for one that is not there, or stands twice
  boolean[] among(int rank) {
    boolean[] chosen = new boolean[rank];
    if (axes.length == 0) {
      Arrays.fill(chosen, true);
    }
    for (int axis : axes) {
      int at = position(axis, rank);
      if (chosen[at]) {
        throw new IllegalArgumentException("axis " + axis + " stands twice in " + this + ", expected each once");
      }
      chosen[at] = true;
    }
    return chosen;
  }

  /// {@return an axis counted from the outermost}
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
