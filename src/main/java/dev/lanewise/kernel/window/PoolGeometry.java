package dev.lanewise.kernel.window;

/// A window on planes of one size, as pooling needs it: sizes, and which taps lie in the plane.
///
/// Tap (i, j) of the output at row r and column c is the plane's number at row s·r − p + d·i and column s·c − p + d·j,
/// s, p and d of either axis. Its number is i·windowWidth + j.
public final class PoolGeometry {

  /// Rows and columns of a plane of the input.
  int height;
  int width;
  /// Rows and columns of a plane of the output.
  int rows;
  int columns;
  int windowHeight;
  int windowWidth;
  int strideHeight;
  int strideWidth;
  int paddingHeight;
  int paddingWidth;
  int dilationHeight;
  int dilationWidth;
  /// The first and the end of the output's columns whose taps all lie between the plane's left and right.
  int firstWhole;
  int endWhole;

  /// The sizes of planes.
  public PoolGeometry planes(int height, int width, int rows, int columns) {
    this.height = height;
    this.width = width;
    this.rows = rows;
    this.columns = columns;
    return this;
  }

  /// The window, along the height.
  public PoolGeometry alongHeight(int size, int stride, int padding, int dilation) {
    windowHeight = size;
    strideHeight = stride;
    paddingHeight = padding;
    dilationHeight = dilation;
    return this;
  }

  /// The window, along the width; called last.
  public PoolGeometry alongWidth(int size, int stride, int padding, int dilation) {
    windowWidth = size;
    strideWidth = stride;
    paddingWidth = padding;
    dilationWidth = dilation;
    firstWhole = Math.min(columns, Math.ceilDiv(padding, stride));
    int room = width + padding - dilation * (size - 1) - 1;
    endWhole = Math.clamp(room < 0 ? 0 : room / stride + 1, firstWhole, columns);
    return this;
  }

  /// The plane's row under the window's first one; negative if it lies outside.
  int top(int row) {
    return strideHeight * row - paddingHeight;
  }

  int left(int column) {
    return strideWidth * column - paddingWidth;
  }

  /// The first tap at or after the plane's beginning, if the window begins at `start`.
  static int firstTap(int start, int dilation) {
    return start >= 0 ? 0 : Math.ceilDiv(-start, dilation);
  }

  /// The end of the taps that lie before the plane's end.
  static int endTap(int start, int size, int dilation, int length) {
    int inside = length - start;
    if (inside > (size - 1) * dilation) {
      return size; // without a division, for most windows
    }
    return inside <= 0 ? 0 : Math.min(size, Math.ceilDiv(inside, dilation));
  }

  /// Whether windows tile the plane, side by side and none beyond its end.
  boolean isTiling() {
    return strideHeight == windowHeight && strideWidth == windowWidth && paddingHeight == 0 && paddingWidth == 0
        && dilationHeight == 1 && dilationWidth == 1;
  }

  int plane() {
    return height * width;
  }

  int outputs() {
    return rows * columns;
  }

  /// A number that usually differs if any size does.
  int hash() {
    int planes = ((height * 31 + width) * 31 + rows) * 31 + columns;
    int window = ((windowHeight * 31 + windowWidth) * 31 + strideHeight) * 31 + strideWidth;
    return (planes * 0x9E37_79B1 + window) * 31 * 31 * 31 + ((paddingHeight * 31 + paddingWidth) * 31 + dilationHeight)
        * 31 + dilationWidth;
  }
}
