package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;

/// Functions of single elements that are rare in networks, and those that round. Plain Java computes them everywhere.
///
/// | operation    | formula                                               |
/// |--------------|-------------------------------------------------------|
/// | [#apply]     | y = f(x), f one of the [RareFunction]s                |
/// | [#slope]     | s = f′(x)                                             |
/// | [#curvature] | c = f″(x)                                             |
/// | [#round]     | y = the integer below, above or nearest to x          |
///
/// Tensors have as many elements, whatever the shapes.
public final class FunctionOps {

  private FunctionOps() {}

  /// y = f(x). `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void apply(RareFunction f, Tensor x, Tensor y) {
    ChoiceOps.requireSame(x, y, "FunctionOps.apply", "x");
    FunctionKernels.apply(y.size(), f, x, y);
  }

  /// s = f′(x), y = f(x) being known. `s` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void slope(RareFunction f, Tensor x, Tensor y, Tensor s) {
    ChoiceOps.requireSame(x, s, "FunctionOps.slope", "x");
    ChoiceOps.requireSame(y, s, "FunctionOps.slope", "y");
    FunctionKernels.slope(s.size(), f, x, y, s);
  }

  /// c = f″(x), y = f(x) being known. `c` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void curvature(RareFunction f, Tensor x, Tensor y, Tensor c) {
    ChoiceOps.requireSame(x, c, "FunctionOps.curvature", "x");
    ChoiceOps.requireSame(y, c, "FunctionOps.curvature", "y");
    FunctionKernels.curvature(c.size(), f, x, y, c);
  }

  /// y = an integer beside x. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void round(Rounding to, Tensor x, Tensor y) {
    ChoiceOps.requireSame(x, y, "FunctionOps.round", "x");
    FunctionKernels.round(y.size(), to, x, y);
  }
}
