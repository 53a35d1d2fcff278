package dev.lanewise.kernel.window;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static dev.lanewise.kernel.lanes.DoubleLanes.W256;

import jdk.incubator.vector.DoubleVector;

/// Copies the rows of a plane from one row stride to another. Rows are short, some tens of numbers: a call of
/// `arraycopy` for each would take longer than the copy.
final class DoublePlanes {

  private static final int HALF = 256 / Double.SIZE;

  private DoublePlanes() {}

  /// `to[t + row·ts + i]` = `from[f + row·fs + i]` for n numbers of each row.
  static void copy(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    if (DoublePlanesExercise.isReady()) {
      byVectors(rows, n, from, f, fs, to, t, ts);
    } else {
      plain(rows, n, from, f, fs, to, t, ts);
    }
  }

  static void byVectors(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    if (n >= LENGTH) {
      vectors(rows, n, from, f, fs, to, t, ts);
    } else if (LENGTH > HALF && n >= HALF) {
      halves(rows, n, from, f, fs, to, t, ts);
    } else {
      plain(rows, n, from, f, fs, to, t, ts);
    }
  }

  static void plain(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, f + row * fs, to, t + row * ts, n);
    }
  }

  /// Copies by whole vectors, the last of which ends with the row.
  private static void vectors(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    int last = n - LENGTH;
    for (int row = 0; row < rows; row++) {
      int source = f + row * fs;
      int target = t + row * ts;
      for (int i = 0; i < last; i += LENGTH) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, from, source + i)).intoArray(to, target + i);
      }
      TYPE.cast(DoubleVector.fromArray(SPECIES, from, source + last)).intoArray(to, target + last);
    }
  }

  /// Copies rows of half a vector to a whole one.
  private static void halves(int rows, int n, double[] from, int f, int fs, double[] to, int t, int ts) {
    int last = n - HALF;
    for (int row = 0; row < rows; row++) {
      int source = f + row * fs;
      int target = t + row * ts;
      DoubleVector first = DoubleVector.fromArray(DoubleVector.SPECIES_256, from, source);
      DoubleVector second = DoubleVector.fromArray(DoubleVector.SPECIES_256, from, source + last);
      W256.cast(first).intoArray(to, target);
      W256.cast(second).intoArray(to, target + last);
    }
  }
}
