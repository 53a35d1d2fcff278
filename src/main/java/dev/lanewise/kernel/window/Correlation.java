package dev.lanewise.kernel.window;

/// Where the terms of a correlation lie in a padded image: the sum at a position runs over channels, and for each of
/// them over the taps.
///
/// Planes are padded with zeros, so that no tap has to check whether it is within the image. Where positions are
/// `phases` columns apart, the columns of a padded row are sorted by column mod phases, so that the terms of one tap at
/// adjacent positions are contiguous:
///
/// ```
/// term(channel, tap, row, column) = image[channel·plane + tap(tap) + row·rowStep + column]
/// ```
final class Correlation {

  /// The image without padding.
  int height;
  int width;
  int channels;
  /// How many rows and columns of zeros precede the image.
  int top;
  int left;
  int paddedRows;
  /// The distance between padded rows: phases times phasePitch.
  int pitch;
  int phases;
  int phasePitch;
  /// The distance between padded channels.
  int plane;

  int rows;
  int columns;
  int rowStep;
  int taps;
  int[] tap = {};
  /// Where the terms of the first position's sum lie: channel by channel, tap by tap.
  int[] terms = {};

  /// The number of terms of a sum.
  int depth() {
    return channels * taps;
  }

  /// The number of positions.
  int positions() {
    return rows * columns;
  }

  /// Whether a tap's terms at all positions are the image's own plane, as with a window of one pixel.
  boolean isPlain() {
    return taps == 1 && tap[0] == 0 && top == 0 && left == 0 && phases == 1 && rowStep == pitch && columns == pitch
        && width == pitch && rows == height && paddedRows == height;
  }

  void source(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  void padding(int top, int left, int paddedRows, int paddedColumns, int phases) {
    this.top = top;
    this.left = left;
    this.paddedRows = paddedRows;
    this.phases = phases;
    this.phasePitch = (paddedColumns + phases - 1) / phases;
    this.pitch = phases * phasePitch;
    this.plane = Math.multiplyExact(paddedRows, pitch);
  }

  /// @param rowStride padded rows from one row of positions to the next
  void positions(int rows, int columns, int rowStride) {
    this.rows = rows;
    this.columns = columns;
    this.rowStep = rowStride * pitch;
  }

  /// Whether images are padded as for the other correlation.
  boolean liesAs(Correlation other) {
    return channels == other.channels && height == other.height && width == other.width && top == other.top
        && left == other.left
        && paddedRows == other.paddedRows && pitch == other.pitch && phases == other.phases;
  }

  void layAs(Correlation other) {
    source(other.channels, other.height, other.width);
    top = other.top;
    left = other.left;
    paddedRows = other.paddedRows;
    pitch = other.pitch;
    phases = other.phases;
  }

  void clearTaps(int most) {
    taps = 0;
    if (tap.length < most) {
      tap = new int[most];
    }
  }

  /// Works out the terms of a sum, after all taps are added.
  void setTerms() {
    if (terms.length < depth()) {
      terms = new int[depth()];
    }
    for (int p = 0; p < depth(); p++) {
      terms[p] = p / taps * plane + tap[p % taps];
    }
  }

  /// Whether adjacent positions, and successive rows, see contiguous terms, apart from a few more at each row's end
  /// that belong to no position.
  boolean isContiguous() {
    return phases == 1 && rowStep == pitch;
  }

  /// Adds the tap that is at this padded row and column for the first position.
  void addTap(int row, int column) {
    tap[taps++] = row * pitch + column % phases * phasePitch + column / phases;
  }
}
