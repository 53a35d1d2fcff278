package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.arithmetic.Arithmetic;
import dev.lanewise.kernel.arithmetic.DoubleArithmetic;

/// Arithmetic on tensors of doubles, element by element, for [ArithmeticOps] after its checks.
///
/// If one operand has n elements and others have more, the n elements serve each direction.
@SuppressWarnings("cast")
final class DoubleArithmeticKernels {

  private DoubleArithmeticKernels() {}

  /// z = x + y.
  static void add(int n, Tensor x, Tensor y, Tensor z) {
    DoubleArithmetic.apply(Arithmetic.SUM, n,
        x.doubles(), x.offset(), y.doubles(), y.offset(), z.doubles(), z.offset());
  }

  /// z = x − y.
  static void subtract(int n, Tensor x, Tensor y, Tensor z) {
    DoubleArithmetic.apply(Arithmetic.DIFFERENCE, n,
        x.doubles(), x.offset(), y.doubles(), y.offset(), z.doubles(), z.offset());
  }

  /// z = x / y.
  static void divide(int n, Tensor x, Tensor y, Tensor z) {
    for (int at = 0; at < z.size(); at += n) {
      DoubleArithmetic.apply(Arithmetic.QUOTIENT, n,
          x.doubles(), x.offset() + at, y.doubles(), y.offset(), z.doubles(), z.offset() + at);
    }
  }

  /// v = x ⊙ u.
  static void multiply(int n, Tensor x, Tensor u, Tensor v) {
    for (int at = 0; at < v.size(); at += n) {
      DoubleArithmetic.apply(Arithmetic.PRODUCT, n,
          x.doubles(), x.offset(), u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
    }
  }

  /// v += x ⊙ u.
  static void addProduct(int n, Tensor x, Tensor u, Tensor v) {
    for (int at = 0; at < v.size(); at += n) {
      DoubleArithmetic.apply(Arithmetic.ADD_PRODUCT, n,
          x.doubles(), x.offset(), u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
    }
  }

  /// v −= x ⊙ u.
  static void subtractProduct(int n, Tensor x, Tensor u, Tensor v) {
    for (int at = 0; at < v.size(); at += n) {
      DoubleArithmetic.apply(Arithmetic.SUBTRACT_PRODUCT, n,
          x.doubles(), x.offset(), u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
    }
  }

  /// y = x + c, c not rounded.
  static void shift(int n, double c, Tensor x, Tensor y) { // both precisions
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xt = x.offset();
    int yt = y.offset();
    for (int i = 0; i < n; i++) {
      ys[yt + i] = (double) (xs[xt + i] + c);
    }
  }

  /// y = √x. A root in double, rounded to float, is the float's root.
  static void sqrt(int n, Tensor x, Tensor y) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xt = x.offset();
    int yt = y.offset();
    for (int i = 0; i < n; i++) {
      ys[yt + i] = (double) Math.sqrt(xs[xt + i]);
    }
  }

  /// y = 1/x.
  static void reciprocal(int n, Tensor x, Tensor y) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xt = x.offset();
    int yt = y.offset();
    for (int i = 0; i < n; i++) {
      ys[yt + i] = 1.0 / xs[xt + i];
    }
  }
}
