package dev.lanewise.onnx.trace;

/// Recovers the number that a float of a file stands for. A number written as 1e-5, 1/3 or √d was rounded to float when
/// the file was written. A network that is read in double computes with the original number; in float it is the same
/// float again.
///
/// | the float is the nearest one to   | stands for    |
/// |-----------------------------------|---------------|
/// | a decimal of at most 6 digits     | that decimal  |
/// | √n or 1/√n, n to 2¹⁶               | that root     |
/// | 1/n, n to 2¹⁶                      | that fraction |
/// | none of these                     | itself        |
public final class Meant {

  private static final int MOST_DIGITS = 6;
  private static final int LARGEST = 1 << 16;

  private Meant() {}

  /// {@return the number that a float stands for}
  public static double of(float value) {
    if (value == 0 || !Float.isFinite(value)) {
      return value;
    }
    String decimal = Float.toString(value);
    int exponent = decimal.indexOf('E');
    String digits = (exponent < 0 ? decimal : decimal.substring(0, exponent)).replaceAll("^-?0\\.0*|[-.]", "");
    if (digits.length() <= MOST_DIGITS) {
      return Double.parseDouble(decimal);
    }
    double size = Math.abs((double) value);
    double square = Math.rint(size * size);
    double inverseSquare = Math.rint(1 / (size * size));
    double inverse = Math.rint(1 / size);
    double meant = size;
    if (square <= LARGEST && isNearest(value, Math.sqrt(square))) {
      meant = Math.sqrt(square);
    } else if (inverse <= LARGEST && isNearest(value, 1 / inverse)) {
      meant = 1 / inverse;
    } else if (inverseSquare <= LARGEST && isNearest(value, 1 / Math.sqrt(inverseSquare))) {
      meant = 1 / Math.sqrt(inverseSquare);
    }
    return Math.copySign(meant, value);
  }

  private static boolean isNearest(float value, double candidate) {
    return (float) candidate == Math.abs(value);
  }
}
