package dev.lanewise.kernel.window;

import java.util.Arrays;

/// The sizes of a convolution of some images, and its correlations: one for the value, and for pulls one for each phase
/// of the stride, since pixels a stride apart see the same taps of the window.
///
/// The value at (row, column) is Σ W(channel, i, j)·x(channel, s·row + d·i − p, s·column + d·j − p). The pull at pixel
/// u is Σ W(output, i, j)·z̄(output, (u + p − d·i) / s, …) over the taps where the quotients are whole. Both sum over
/// channels first, then over i, then j.
///
/// [ConvolutionShapes] keeps those in recent use.
public final class ConvolutionShape {

  int channels;
  int outputs;
  int groups;
  int height;
  int width;
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
  private int hash;

  final Correlation value = new Correlation();
  /// The phases row by row, strideHeight·strideWidth in all.
  Correlation[] phases = {};

  /// Takes the sizes of images; channels and outputs are those of all groups.
  public void image(int channels, int height, int width, int outputs, int groups) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.outputs = outputs;
    this.groups = groups;
  }

  /// Takes the window's size and stride.
  public void window(int height, int width, int strideHeight, int strideWidth) {
    windowHeight = height;
    windowWidth = width;
    this.strideHeight = strideHeight;
    this.strideWidth = strideWidth;
  }

  /// Takes the window's padding and dilation.
  public void padding(int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth) {
    this.paddingHeight = paddingHeight;
    this.paddingWidth = paddingWidth;
    this.dilationHeight = dilationHeight;
    this.dilationWidth = dilationWidth;
  }

  boolean hasSizesOf(ConvolutionShape other) {
    return channels == other.channels && height == other.height && width == other.width && outputs == other.outputs
        && groups == other.groups && windowHeight == other.windowHeight && windowWidth == other.windowWidth
        && strideHeight == other.strideHeight && strideWidth == other.strideWidth
        && paddingHeight == other.paddingHeight && paddingWidth == other.paddingWidth
        && dilationHeight == other.dilationHeight && dilationWidth == other.dilationWidth;
  }

  /// Takes all sizes of another shape, and works out the rest.
  void become(ConvolutionShape other) {
    image(other.channels, other.height, other.width, other.outputs, other.groups);
    window(other.windowHeight, other.windowWidth, other.strideHeight, other.strideWidth);
    padding(other.paddingHeight, other.paddingWidth, other.dilationHeight, other.dilationWidth);
    rows = (height + 2 * paddingHeight - dilationHeight * (windowHeight - 1) - 1) / strideHeight + 1;
    columns = (width + 2 * paddingWidth - dilationWidth * (windowWidth - 1) - 1) / strideWidth + 1;
    setValue();
    setPhases();
    hash = Arrays.hashCode(new int[] {channels, height, width, outputs, groups, windowHeight, windowWidth, strideHeight,
        strideWidth, paddingHeight, paddingWidth, dilationHeight, dilationWidth});
  }

  /// A number that usually differs if any size does.
  int hash() {
    return hash;
  }

  /// The channels that an output depends on.
  int channelsOfGroup() {
    return channels / groups;
  }

  int outputsOfGroup() {
    return outputs / groups;
  }

  int positions() {
    return rows * columns;
  }

  int pixels() {
    return height * width;
  }

  /// The terms of a value's sum: the numbers of W for one output.
  int depth() {
    return channelsOfGroup() * windowHeight * windowWidth;
  }

  long multiplyAdds() {
    return (long) outputs * depth() * positions();
  }

  private void setValue() {
    value.source(channelsOfGroup(), height, width);
    int paddedRows = (rows - 1) * strideHeight + dilationHeight * (windowHeight - 1) + 1;
    int paddedColumns = (columns - 1) * strideWidth + dilationWidth * (windowWidth - 1) + 1;
    value.padding(paddingHeight, paddingWidth, paddedRows, paddedColumns, strideWidth);
    value.positions(rows, columns, strideHeight);
    value.clearTaps(windowHeight * windowWidth);
    for (int i = 0; i < windowHeight; i++) {
      for (int j = 0; j < windowWidth; j++) {
        value.addTap(i * dilationHeight, j * dilationWidth);
      }
    }
    value.setTerms();
  }

  /// All phases read the same padded z̄. It spans all rows and columns that a tap of any phase reads.
  private void setPhases() {
    int count = strideHeight * strideWidth;
    if (phases.length != count) {
      Correlation[] more = new Correlation[count];
      for (int phase = 0; phase < count; phase++) {
        more[phase] = phase < phases.length ? phases[phase] : new Correlation();
      }
      phases = more;
    }
    int top = margin(strideHeight, paddingHeight, dilationHeight, windowHeight);
    int left = margin(strideWidth, paddingWidth, dilationWidth, windowWidth);
    int paddedRows = top + end(rows, height, strideHeight, paddingHeight);
    int paddedColumns = left + end(columns, width, strideWidth, paddingWidth);
    for (int phase = 0; phase < count; phase++) {
      Correlation at = phases[phase];
      int firstRow = phase / strideWidth;
      int firstColumn = phase % strideWidth;
      at.source(outputsOfGroup(), rows, columns);
      at.padding(top, left, paddedRows, paddedColumns, 1);
      at.positions(count(height, firstRow, strideHeight), count(width, firstColumn, strideWidth), 1);
      at.clearTaps(windowHeight * windowWidth);
      for (int i = 0; i < windowHeight; i++) {
        for (int j = 0; j < windowWidth; j++) {
          if (isTap(phase, i, j)) {
            at.addTap(top + (firstRow + paddingHeight - i * dilationHeight) / strideHeight,
                left + (firstColumn + paddingWidth - j * dilationWidth) / strideWidth);
          }
        }
      }
      at.setTerms();
    }
  }

  /// Whether pixels of this phase see tap (i, j) of the window.
  boolean isTap(int phase, int i, int j) {
    return (phase / strideWidth + paddingHeight - i * dilationHeight) % strideHeight == 0
        && (phase % strideWidth + paddingWidth - j * dilationWidth) % strideWidth == 0;
  }

  /// The number of pixels at `first`, `first` + stride and so on below `length`.
  private static int count(int length, int first, int stride) {
    return first >= length ? 0 : (length - first + stride - 1) / stride;
  }

  /// How far before the first position a tap of any phase reads.
  private static int margin(int stride, int padding, int dilation, int window) {
    return Math.max(0, -Math.floorDiv(padding - (window - 1) * dilation, stride));
  }

  /// The end of what a tap of any phase reads, at least that of all positions.
  private static int end(int positions, int length, int stride, int padding) {
    return Math.max(positions, (length - 1 + padding) / stride + 1);
  }
}
