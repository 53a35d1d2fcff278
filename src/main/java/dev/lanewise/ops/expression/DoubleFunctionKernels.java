package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;

/// Functions of single doubles: what [FunctionOps] does once it has checked.
@SuppressWarnings("cast")
final class DoubleFunctionKernels {

  private DoubleFunctionKernels() {}

  /// y = f(x).
  static void apply(int n, RareFunction f, Tensor x, Tensor y) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    for (int i = 0; i < n; i++) {
      ys[y.offset() + i] = (double) f.value(xs[x.offset() + i]);
    }
  }

  /// s = f′(x).
  static void slope(int n, RareFunction f, Tensor x, Tensor y, Tensor s) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    double[] ss = s.doubles();
    for (int i = 0; i < n; i++) {
      ss[s.offset() + i] = (double) f.slope(xs[x.offset() + i], ys[y.offset() + i]);
    }
  }

  /// c = f″(x).
  static void curvature(int n, RareFunction f, Tensor x, Tensor y, Tensor c) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    double[] cs = c.doubles();
    for (int i = 0; i < n; i++) {
      cs[c.offset() + i] = (double) f.curvature(xs[x.offset() + i], ys[y.offset() + i]);
    }
  }

  /// y = an integer beside x.
  static void round(int n, Rounding to, Tensor x, Tensor y) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xt = x.offset();
    int yt = y.offset();
    switch (to) {
      case DOWN -> {
        for (int i = 0; i < n; i++) {
          ys[yt + i] = (double) Math.floor(xs[xt + i]);
        }
      }
      case UP -> {
        for (int i = 0; i < n; i++) {
          ys[yt + i] = (double) Math.ceil(xs[xt + i]);
        }
      }
      case NEAREST -> {
        for (int i = 0; i < n; i++) {
          ys[yt + i] = (double) Math.rint(xs[xt + i]);
        }
      }
    }
  }
}
