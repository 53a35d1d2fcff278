package dev.lanewise.ops;

import dev.lanewise.Shape;

/// The window that convolutions and pooling slide over the planes of an image: its size, and how it moves.
///
/// With k its height, s the stride, p the padding and d the dilation along an axis of length n,
///
/// | what               | formula                              |
/// |--------------------|--------------------------------------|
/// | span               | d·(k − 1) + 1                        |
/// | positions          | ⌊(n + 2p − span) / s⌋ + 1            |
/// | tap j at position i | s·i + d·j − p, outside of the image where that is not in 0 to n − 1 |
///
/// Dumoulin & Visin 2016, *A guide to convolution arithmetic for deep learning*, relationships 6 and 14.
///
/// @param height rows that it covers, at least 1
/// @param width columns that it covers, at least 1
/// @param strideHeight rows from one position to the next, at least 1
/// @param strideWidth columns from one position to the next, at least 1
/// @param paddingHeight rows that are put above and below the image, at least 0
/// @param paddingWidth columns that are put to its left and right, at least 0
/// @param dilationHeight rows from one of its taps to the next, at least 1
/// @param dilationWidth columns from one of its taps to the next, at least 1
public record Window(
    int height, int width, int strideHeight, int strideWidth,
    int paddingHeight, int paddingWidth, int dilationHeight, int dilationWidth) {

  /// @throws IllegalArgumentException for a size, stride or dilation below 1, a negative padding, or a span beyond an
  ///     `int`
  public Window {
    requireAtLeast(1, height, width, "size");
    requireAtLeast(1, strideHeight, strideWidth, "stride");
    requireAtLeast(0, paddingHeight, paddingWidth, "padding");
    requireAtLeast(1, dilationHeight, dilationWidth, "dilation");
    requireSpan(height, dilationHeight);
    requireSpan(width, dilationWidth);
  }

  private static void requireAtLeast(int least, int height, int width, String name) {
    if (height < least || width < least) {
      throw new IllegalArgumentException(
          "Window: " + name + " is " + height + "×" + width + ", expected both at least " + least);
    }
  }

  private static void requireSpan(int size, int dilation) {
    if ((long) dilation * (size - 1) >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Window: size " + size + " at dilation " + dilation
          + " spans more than " + Integer.MAX_VALUE + ", expected an int");
    }
  }

  /// {@return a window: a square that moves by 1, without padding}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static Window of(int size) {
    return of(size, size);
  }

  /// {@return a window: a rectangle that moves by 1, without padding}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 1, 0, 0, 1, 1);
  }

  /// {@return a window: a single row, for sequences, that moves by 1, without padding}
  ///
  /// @throws IllegalArgumentException for a size below 1
  public static Window line(int size) {
    return of(1, size);
  }

  /// {@return this window with another stride, in height only where this is higher than one row}
  ///
  /// @throws IllegalArgumentException for a stride below 1
  public Window withStride(int stride) {
    return withStride(isLine() ? strideHeight : stride, stride);
  }

  /// {@return this window with other strides}
  ///
  /// @throws IllegalArgumentException for a stride below 1
  public Window withStride(int alongHeight, int alongWidth) {
    return new Window(height, width, alongHeight, alongWidth, paddingHeight, paddingWidth, dilationHeight,
        dilationWidth);
  }

  /// {@return this window with another padding, in height only where this is higher than one row}
  ///
  /// @throws IllegalArgumentException for a negative padding
  public Window withPadding(int padding) {
    return withPadding(isLine() ? paddingHeight : padding, padding);
  }

  /// {@return this window with other paddings}
  ///
  /// @throws IllegalArgumentException for a negative padding
  public Window withPadding(int alongHeight, int alongWidth) {
    return new Window(height, width, strideHeight, strideWidth, alongHeight, alongWidth, dilationHeight, dilationWidth);
  }

  /// {@return this window with another dilation, in height only where this is higher than one row}
  ///
  /// @throws IllegalArgumentException for a dilation below 1
  public Window withDilation(int dilation) {
    return withDilation(isLine() ? dilationHeight : dilation, dilation);
  }

  /// {@return this window with other dilations}
  ///
  /// @throws IllegalArgumentException for a dilation below 1
  public Window withDilation(int alongHeight, int alongWidth) {
    return new Window(height, width, strideHeight, strideWidth, paddingHeight, paddingWidth, alongHeight, alongWidth);
  }

  private boolean isLine() {
    return height == 1;
  }

  /// {@return the rows and columns that it covers together, height·width}
  public int taps() {
    return Math.multiplyExact(height, width);
  }

  /// {@return the positions along the height of an image of `rows` rows}
  ///
  /// @param owner the caller, named first in the message; its `toString` is called only on failure
  /// @throws IllegalArgumentException if this is larger than the padded image, or that than an array
  public int positionsAlongHeight(int rows, Object owner) {
    return positions(rows, height, strideHeight, paddingHeight, dilationHeight, owner, "rows");
  }

  /// {@return the positions along the width of an image of `columns` columns}
  ///
  /// @param owner the caller, named first in the message; its `toString` is called only on failure
  /// @throws IllegalArgumentException if this is larger than the padded image, or that than an array
  public int positionsAlongWidth(int columns, Object owner) {
    return positions(columns, width, strideWidth, paddingWidth, dilationWidth, owner, "columns");
  }

  private int positions(int length, int size, int stride, int padding, int dilation, Object owner, String name) {
    long span = (long) dilation * (size - 1) + 1;
    long padded = length + 2L * padding;
    if (span > padded) {
      throw new IllegalArgumentException(
          owner + ": input has " + padded + " padded " + name + ", expected at least " + span
          + ", as its window spans");
    }
    if (padded > Shape.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          owner + ": input has " + padded + " padded " + name + ", expected at most " + Shape.LARGEST_ARRAY);
    }
    return (int) ((padded - span) / stride + 1);
  }

  /// For example `3×3, stride 2×2, padding 1×1`; what is not said is 1, a padding 0.
  @Override
  public String toString() {
    return height + "×" + width + part("stride", strideHeight, strideWidth, 1)
        + part("padding", paddingHeight, paddingWidth, 0) + part("dilation", dilationHeight, dilationWidth, 1);
  }

  private static String part(String name, int alongHeight, int alongWidth, int silent) {
    return alongHeight == silent && alongWidth == silent ? "" : ", " + name + " " + alongHeight + "×" + alongWidth;
  }
}
