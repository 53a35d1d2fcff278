package dev.lanewise.ops;

import dev.lanewise.Tensor;

/// Elementary functions of tensors element by element, beside those of [PointwiseOps][dev.lanewise.PointwiseOps].
///
/// | operation | formula            | domain, and what is NaN                       |
/// |-----------|--------------------|-----------------------------------------------|
/// | [#log]    | Y = log Z          | from 0, where it is −∞                        |
/// | [#log1p]  | Y = log(1 + Z)     | from −1, where it is −∞                       |
/// | [#expm1]  | Y = e^Z − 1        | all numbers                                   |
/// | [#sin]    | Y = sin Z          | all finite numbers, however large             |
/// | [#cos]    | Y = cos Z          | all finite numbers, however large             |
/// | [#pow]    | Y = Z^exponent     | as `Math.pow`                                 |
///
/// Shapes are arbitrary but equal on both sides, and so are precisions. `y` may be `z`. Special values are those of
/// `java.lang.Math`. The same argument gives the same bits wherever it stands in a tensor, and on each machine that has
/// fused multiply-adds. Nothing is allocated. Results are within an ulp, those of expm1 and pow within 1.2; (1/x)·(1/x)
/// for an exponent of −2 is within 1.5.
public final class ElementaryOps {

  private ElementaryOps() {}

  /// Y = log Z, the natural logarithm, elementwise: −∞ for ±0, NaN below. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void log(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.log", "y");
    ElementaryKernels.log(z.size(), z, y);
  }

  /// Y = log(1 + Z), elementwise, accurate for small Z too: −∞ for −1, NaN below. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void log1p(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.log1p", "y");
    ElementaryKernels.log1p(z.size(), z, y);
  }

  /// Y = e^Z − 1, elementwise, accurate for small Z too. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void expm1(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.expm1", "y");
    ElementaryKernels.expm1(z.size(), z, y);
  }

  /// Y = sin Z, Z in radians, elementwise: NaN for ±∞. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void sin(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.sin", "y");
    ElementaryKernels.sin(z.size(), z, y);
  }

  /// Y = cos Z, Z in radians, elementwise: NaN for ±∞. `y` may be `z`.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void cos(Tensor z, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.cos", "y");
    ElementaryKernels.cos(z.size(), z, y);
  }

  /// Y = Z^exponent, elementwise, with the special values of [Math#pow]: 1 for an exponent of 0, NaN for a negative
  /// number to a fractional power. `y` may be `z`.
  ///
  /// Exponents 2, 3, −1, −2, 0.5, −0.5 and 1.5 take products, quotients and roots; all others take a logarithm with
  /// twice as many digits, and an exponential.
  ///
  /// @param exponent in double whatever the tensors are
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void pow(Tensor z, double exponent, Tensor y) {
    y.require(z.precision(), z.shape(), "ElementaryOps.pow", "y");
    ElementaryKernels.pow(z.size(), z, exponent, y);
  }
}
