package dev.lanewise.ops;

import dev.lanewise.Tensor;

/// Sums, differences, products and quotients element by element, of tangents and cotangents with values.
///
/// | operation     | formula            | elements        |
/// |---------------|--------------------|-----------------|
/// | [#add]        | z = x + y          | n, n, n         |
/// | [#subtract]   | z = x − y          | n, n, n         |
/// | [#divide]     | z = x / y          | k·n, n, k·n     |
/// | [#multiply]   | v = x ⊙ u          | n, k·n, k·n     |
/// | [#addProduct] | v += x ⊙ u         | n, k·n, k·n     |
/// | [#subtractProduct] | v −= x ⊙ u    | n, k·n, k·n     |
/// | [#shift]      | y = x + c          | n, n            |
/// | [#sqrt]       | y = √x             | n, n            |
/// | [#reciprocal] | y = 1/x            | n, n            |
///
/// Only the number of elements matters, not the shapes. If one operand has n elements and another k·n, the n elements
/// serve each of the k directions.
public final class ArithmeticOps {

  private ArithmeticOps() {}

  /// z = x + y. `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void add(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ArithmeticOps.add", "x");
    requireSame(y, z, "ArithmeticOps.add", "y");
    ArithmeticKernels.add(z.size(), x, y, z);
  }

  /// z = x − y. `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void subtract(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ArithmeticOps.subtract", "x");
    requireSame(y, z, "ArithmeticOps.subtract", "y");
    ArithmeticKernels.subtract(z.size(), x, y, z);
  }

  /// z = x / y. `z` may be `x`.
  ///
  /// @param y what serves each direction of `x`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void divide(Tensor x, Tensor y, Tensor z) {
    requireSame(x, z, "ArithmeticOps.divide", "x");
    requireServes(y, z, "ArithmeticOps.divide", "y");
    ArithmeticKernels.divide(y.size(), x, y, z);
  }

  /// v = x ⊙ u. `v` may be `u`.
  ///
  /// @param x what serves each direction of `u`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void multiply(Tensor x, Tensor u, Tensor v) {
    requireSame(u, v, "ArithmeticOps.multiply", "u");
    requireServes(x, v, "ArithmeticOps.multiply", "x");
    ArithmeticKernels.multiply(x.size(), x, u, v);
  }

  /// v += x ⊙ u. `v` may be `u`.
  ///
  /// @param x what serves each direction of `u`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addProduct(Tensor x, Tensor u, Tensor v) {
    requireSame(u, v, "ArithmeticOps.addProduct", "u");
    requireServes(x, v, "ArithmeticOps.addProduct", "x");
    ArithmeticKernels.addProduct(x.size(), x, u, v);
  }

  /// v −= x ⊙ u. `v` may be `u`.
  ///
  /// @param x what serves each direction of `u`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void subtractProduct(Tensor x, Tensor u, Tensor v) {
    requireSame(u, v, "ArithmeticOps.subtractProduct", "u");
    requireServes(x, v, "ArithmeticOps.subtractProduct", "x");
    ArithmeticKernels.subtractProduct(x.size(), x, u, v);
  }

  /// y = x + c, in double until it is stored. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void shift(double c, Tensor x, Tensor y) {
    requireSame(x, y, "ArithmeticOps.shift", "x");
    ArithmeticKernels.shift(y.size(), c, x, y);
  }

  /// y = √x, correctly rounded: NaN below 0, and −0 for −0. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void sqrt(Tensor x, Tensor y) {
    requireSame(x, y, "ArithmeticOps.sqrt", "x");
    ArithmeticKernels.sqrt(y.size(), x, y);
  }

  /// y = 1/x. `y` may be `x`.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void reciprocal(Tensor x, Tensor y) {
    requireSame(x, y, "ArithmeticOps.reciprocal", "x");
    ArithmeticKernels.reciprocal(y.size(), x, y);
  }

  /// Checks that a tensor has the size and precision of another.
  static void requireSame(Tensor tensor, Tensor like, String op, String name) {
    if (like.isNone() || tensor.isNone() || tensor.size() != like.size() || tensor.precision() != like.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe()
          + ", expected as many elements as " + like.describe() + ", in its precision");
    }
  }

  private static void requireServes(Tensor tensor, Tensor each, String op, String name) {
    int n = tensor.size();
    boolean serves = n == 0 ? each.size() == 0 : each.size() % n == 0;
    if (tensor.isNone() || !serves || tensor.precision() != each.precision()) {
      throw new IllegalArgumentException(op + ": " + name + " is " + tensor.describe() + ", expected "
          + each.precision() + " elements that serve each direction of " + each.shape());
    }
  }
}
