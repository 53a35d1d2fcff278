package dev.lanewise.kernel.window;

import dev.lanewise.kernel.math.DoubleSums;
import java.util.Arrays;

/// The patches of some images as a matrix that is never stored: P(channel·taps + tap, position) is what the tap sees
/// there. The columns are the positions of the first image, then those of the next.
///
/// The images are padded into a buffer, with room for vectors after them, so that parts of rows may be read with whole
/// vectors. Images that need no padding and have a window of one pixel are read in place.
final class DoublePatches {

  /// Two of the widest vectors.
  static final int SLACK = 2 * DoubleSums.PARTIAL;

  private double[] buffer = {};
  /// The length of the buffer's beginning that holds only images and zeros of their padding; then the images' layout.
  private int cleared;
  private final Correlation padded = new Correlation();

  Correlation at;
  double[] image;
  int first;
  /// The distance between images.
  int imagePitch;
  int images;
  /// Whether the image is read in place, P's rows being its planes.
  boolean inPlace;
  /// The rows of positions that take part.
  int fromRow;
  int rows;

  /// Takes images from `x[xt]` on, `pitch` apart, of which only the channels from `from` to `to` − 1 are needed.
  ///
  /// @param only whether no other correlation's taps will be read
  void set(Correlation at, boolean only, int images, double[] x, int xt, int pitch, int from, int to) {
    this.at = at;
    this.images = images;
    all();
    inPlace = only && images == 1 && at.isPlain();
    if (inPlace) {
      image = x;
      first = xt;
      imagePitch = pitch;
      return;
    }
    imagePitch = Math.multiplyExact(at.channels, at.plane);
    clear(Math.multiplyExact(images, imagePitch));
    image = buffer;
    first = 0;
    for (int i = 0; i < images; i++) {
      for (int channel = from; channel < to; channel++) {
        copy(x, xt + i * pitch + channel * at.height * at.width, i * imagePitch + channel * at.plane);
      }
    }
  }

  /// Sets zeros, unless the last images had the same layout: their padding's zeros are still there.
  private void clear(int size) {
    if (size <= cleared && padded.liesAs(at)) {
      return;
    }
    int room = Math.addExact(size, SLACK);
    if (buffer.length < room) {
      buffer = new double[room];
    } else {
      Arrays.fill(buffer, 0, size, 0.0);
    }
    cleared = size;
    padded.layAs(at);
  }

  /// Keeps the padded images, but takes the positions and taps of another phase.
  void phase(Correlation other) {
    at = other;
    all();
  }

  /// All positions take part.
  void all() {
    fromRow = 0;
    rows = at.rows;
  }

  /// Only so many rows of positions take part.
  void only(int fromRow, int rows) {
    this.fromRow = fromRow;
    this.rows = rows;
  }

  /// The positions of an image that take part.
  int positions() {
    return rows * at.columns;
  }

  /// The number of P's columns.
  int columns() {
    return images * positions();
  }

  /// The columns from the first position to the last one where [Correlation#isContiguous()].
  int span() {
    return (rows - 1) * at.pitch + at.columns;
  }

  /// The offset of the term of row p of P at the first position.
  int term(int p) {
    return first + p / at.taps * at.plane + at.tap[p % at.taps] + fromRow * at.rowStep;
  }

  private void copy(double[] x, int xt, int to) {
    int height = Math.clamp(at.paddedRows - at.top, 0, at.height);
    if (at.phases == 1) {
      int width = Math.clamp(at.pitch - at.left, 0, at.width);
      DoublePlanes.copy(height, width, x, xt, at.width, buffer, to + at.top * at.pitch + at.left, at.pitch);
      return;
    }
    for (int row = 0; row < height; row++) {
      sortRow(x, xt + row * at.width, to + (at.top + row) * at.pitch);
    }
  }

  private void sortRow(double[] x, int xt, int to) {
    for (int phase = 0; phase < at.phases; phase++) {
      for (int q = 0; q < at.phasePitch; q++) {
        int column = q * at.phases + phase - at.left;
        buffer[to + phase * at.phasePitch + q] = column >= 0 && column < at.width ? x[xt + column] : 0.0;
      }
    }
  }
}
