package dev.lanewise.kernel.window;

import dev.lanewise.kernel.math.DoubleSums;
import java.util.Arrays;

/// The patches of some images as a matrix that is nowhere written down: P(channel·taps + tap, position) is what the tap sees there. The
/// columns are the positions of the first image, then those of the next.
///
/// The images are padded into a buffer of its own, with room for vectors behind them, so that parts of rows may be read by whole ones. An image that needs no padding and whose window is one pixel is read where it lies.
final class DoublePatches {

  /// Two of the widest vectors.
  static final int SLACK = 2 * DoubleSums.PARTIAL;

  private double[] buffer = {};

  Correlation at;
  double[] image;
  int first;
  /// From one image to the next.
  int imagePitch;
  int images;
  /// Whether the image is read where it lies, P's rows being its planes.
  boolean inPlace;
  /// The rows of positions that take part.
  int fromRow;
  int rows;

  /// Takes images from `x[xt]` on, one `pitch` behind the other, of which only the channels from `from` to `to` − 1 are needed.
  ///
  /// @param only whether nothing but this correlation's taps will be looked at
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
    int size = Math.addExact(Math.multiplyExact(images, imagePitch), SLACK);
    if (buffer.length < size) {
      buffer = new double[size];
    }
    image = buffer;
    first = 0;
    for (int i = 0; i < images; i++) {
      for (int channel = from; channel < to; channel++) {
        pad(x, xt + i * pitch + channel * at.height * at.width, i * imagePitch + channel * at.plane);
      }
    }
  }

  /// Looks at the same padded images at the positions and taps of another phase.
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

  /// The columns of P.
  int columns() {
    return images * positions();
  }

  /// The columns from the first position's to the last one's where [Correlation#isContiguous()].
  int span() {
    return (rows - 1) * at.pitch + at.columns;
  }

  /// Where the term of row p of P at the first position lies.
  int term(int p) {
    return first + p / at.taps * at.plane + at.tap[p % at.taps] + fromRow * at.rowStep;
  }

  private void pad(double[] x, int xt, int to) {
    int height = Math.clamp(at.paddedRows - at.top, 0, at.height);
    Arrays.fill(buffer, to, to + Math.min(at.top, at.paddedRows) * at.pitch, 0.0);
    for (int row = 0; row < height; row++) {
      if (at.phases == 1) {
        padRow(x, xt + row * at.width, to + (at.top + row) * at.pitch);
      } else {
        sortRow(x, xt + row * at.width, to + (at.top + row) * at.pitch);
      }
    }
    int behind = Math.min(at.top + height, at.paddedRows);
    Arrays.fill(buffer, to + behind * at.pitch, to + at.plane, 0.0);
  }

  private void padRow(double[] x, int xt, int to) {
    int left = Math.min(at.left, at.pitch);
    int width = Math.clamp(at.pitch - at.left, 0, at.width);
    for (int column = 0; column < left; column++) {
      buffer[to + column] = 0.0;
    }
    System.arraycopy(x, xt, buffer, to + left, width);
    for (int column = left + width; column < at.pitch; column++) {
      buffer[to + column] = 0.0;
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
