package dev.lanewise.ops;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/// Where the elements of a rearranged sample come from: element i is the operand's element p(i), or 0 where p(i) is
/// [#NONE].
///
/// Two are equal if they are the same map, and both or neither have a name. When it is laid out, the map is divided
/// into runs: stretches of neighbours that stay neighbours, and repetitions of one element.
public final class Places {

  /// The place of an element that is 0.
  public static final int NONE = -1;
  /// If runs are shorter than this on average, a call for each run does not pay.
  private static final int WORTH_A_RUN = 6;
  /// Matrices with fewer rows or columns are moved one by one.
  private static final int WORTH_TRANSPOSING = 4;

  private final int operandSize;
  private final int size;
  /// The map's name; null if its index alone identifies it.
  private final Object name;
  private final Supplier<int[]> index;
  /// Null before the first use. Two threads may both make it, with the same content.
  private Layout layout;

  private Places(int operandSize, int size, Object name, Supplier<int[]> index) {
    this.operandSize = operandSize;
    this.size = size;
    this.name = name;
    this.index = index;
  }

  /// {@return the map of a sample of `operandSize` elements to one of as many as `index` has}
  ///
  /// @param index the place that each element comes from, or [#NONE]; copied
  /// @throws IllegalArgumentException if a place is neither in the operand nor [#NONE]
  public static Places of(int operandSize, int[] index) {
    requireIn(operandSize, index);
    return laidOut(operandSize, index.clone(), null);
  }

  /// {@return the map of a sample of `operandSize` elements to one of `size`, which is laid out at its first use: a
  /// graph of large samples costs no memory before it is run}
  ///
  /// @param name identifies the map: two maps are equal if their names are
  /// @param index makes the place that each element comes from, or [#NONE], the same each time
  public static Places later(int operandSize, int size, Object name, Supplier<int[]> index) {
    return new Places(operandSize, size, name, index);
  }

  private static Places laidOut(int operandSize, int[] index, Places inverse) {
    Places places = new Places(operandSize, index.length, null, () -> index);
    places.layout = new Layout(places, index, inverse);
    return places;
  }

  private static void requireIn(int operandSize, int[] index) {
    for (int i = 0; i < index.length; i++) {
      if (index[i] < NONE || index[i] >= operandSize) {
        throw new IllegalArgumentException("Places: element " + i + " comes from " + index[i] + ", expected one of the "
            + operandSize + " elements of the operand, or " + NONE);
      }
    }
  }

  private Layout layout() {
    Layout made = layout;
    if (made == null) {
      int[] all = index.get();
      requireIn(operandSize, all);
      made = new Layout(this, all, null);
      layout = made;
    }
    return made;
  }

  /// {@return the number of elements of the operand's sample}
  public int operandSize() {
    return operandSize;
  }

  /// {@return the number of elements of the rearranged sample}
  public int size() {
    return size;
  }

  /// {@return the place that element `i` comes from, or [#NONE]}
  public int get(int i) {
    return layout().index[i];
  }

  /// The places themselves, for the kernels; not to be written.
  int[] index() {
    return layout().index;
  }

  /// The end of each run, or null if single elements are moved.
  int[] ends() {
    return layout().ends;
  }

  /// The beginning of each run in the operand.
  int[] sources() {
    return layout().sources;
  }

  /// Whether a run repeats one element.
  boolean[] repeats() {
    return layout().repeats;
  }

  /// The rows of each of the matrices that the map transposes; 0 if it is no transposition.
  int rows() {
    return layout().rows;
  }

  int columns() {
    return layout().columns;
  }

  /// The way back, where no element of the operand comes more than once; else null.
  Places inverse() {
    return layout().inverse;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Places that && operandSize == that.operandSize && size == that.size
        && Objects.equals(name, that.name) && (name != null || Arrays.equals(index(), that.index()));
  }

  @Override
  public int hashCode() {
    return 31 * operandSize + (name != null ? name.hashCode() : Arrays.hashCode(index()));
  }

  /// For example `Places[4 -> 6]`.
  @Override
  public String toString() {
    return "Places[" + operandSize + " -> " + size + "]";
  }

  /// The map element by element.
  private static final class Layout {

    private final int[] index;
    /// For each run: its end, its beginning in the operand, and the step from one element to the next, 0 or 1. Null if
    /// there are so many runs that a loop over the index is faster.
    private final int[] ends;
    private final int[] sources;
    private final boolean[] repeats;
    /// The way back, where no element of the operand comes more than once; else null.
    private final Places inverse;
    /// The rows of each of the matrices that the map transposes, one after another; 0 if it is no transposition.
    private final int rows;
    private final int columns;

    /// @param inverse the inverse map, or null if it is not known yet
    Layout(Places of, int[] index, Places inverse) {
      this.index = index;
      int runs = runs();
      boolean byRuns = (long) runs * WORTH_A_RUN <= index.length;
      ends = byRuns ? new int[runs] : null;
      sources = byRuns ? new int[runs] : null;
      repeats = byRuns ? new boolean[runs] : null;
      for (int from = 0, run = 0; byRuns && from < index.length; run++) {
        int end = endOfRun(from);
        ends[run] = end;
        sources[run] = index[from];
        repeats[run] = end - from > 1 && index[from + 1] == index[from];
        from = end;
      }
      int step = index.length > 1 ? index[1] : 0;
      int count = 0;
      while (step > 1 && count < index.length && index[count] == count * step) {
        count++;
      }
      boolean transposes = isTransposition(of.operandSize, count, step);
      rows = transposes ? count : 0;
      columns = transposes ? step : 0;
      this.inverse = inverse == null ? findInverse(of) : inverse;
    }

    /// Whether each `count` × `step` elements are a matrix of the operand, transposed.
    private boolean isTransposition(int operandSize, int count, int step) {
      int block = count * step;
      if (Math.min(count, step) < WORTH_TRANSPOSING || operandSize != index.length || index.length % block != 0) {
        return false;
      }
      for (int i = 0; i < index.length; i++) {
        int within = i % block;
        if (index[i] != i - within + within % count * step + within / count) {
          return false;
        }
      }
      return true;
    }

    private Places findInverse(Places of) {
      int[] back = new int[of.operandSize];
      Arrays.fill(back, NONE);
      for (int i = 0; i < index.length; i++) {
        if (index[i] != NONE && back[index[i]] != NONE) {
          return null;
        }
        if (index[i] != NONE) {
          back[index[i]] = i;
        }
      }
      return laidOut(index.length, back, of);
    }

    private int runs() {
      int runs = 0;
      for (int from = 0; from < index.length; from = endOfRun(from)) {
        runs++;
      }
      return runs;
    }

    /// The end of the longest run from `from` on.
    private int endOfRun(int from) {
      int end = from + 1;
      if (end == index.length) {
        return end;
      }
      int step = index[end] - index[from];
      if (step != 0 && (step != 1 || index[from] == NONE)) {
        return end;
      }
      while (end < index.length && index[end] - index[end - 1] == step) {
        end++;
      }
      return end;
    }
  }
}
