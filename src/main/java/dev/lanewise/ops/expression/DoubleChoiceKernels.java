package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.arithmetic.Arithmetic;
import dev.lanewise.kernel.arithmetic.DoubleArithmetic;

/// Choices between doubles, one by one: what [ChoiceOps] does once it has checked.
@SuppressWarnings("cast")
final class DoubleChoiceKernels {

  private DoubleChoiceKernels() {}

  /// z = max(x, y).
  static void maximum(int n, Tensor x, Tensor y, Tensor z) {
    DoubleArithmetic.apply(Arithmetic.MAXIMUM, n,
        x.doubles(), x.offset(), y.doubles(), y.offset(), z.doubles(), z.offset());
  }

  /// z = min(x, y).
  static void minimum(int n, Tensor x, Tensor y, Tensor z) {
    DoubleArithmetic.apply(Arithmetic.MINIMUM, n,
        x.doubles(), x.offset(), y.doubles(), y.offset(), z.doubles(), z.offset());
  }

  /// v = or += u where x > y, u/2 where x = y, 0 where x < y, x and y serving each direction.
  static void whereGreater(int n, Tensor x, Tensor y, Tensor u, Tensor v, boolean add) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    double[] us = u.doubles();
    double[] vs = v.doubles();
    for (int at = 0; at < v.size(); at += n) {
      int ut = u.offset() + at;
      int vt = v.offset() + at;
      for (int i = 0; i < n; i++) {
        double one = xs[x.offset() + i];
        double other = ys[y.offset() + i];
        double through = one < other ? 0.0 : one == other ? 0.5 * us[ut + i] : us[ut + i];
        vs[vt + i] = add ? vs[vt + i] + through : through;
      }
    }
  }

  /// z = x where s > 0, else y, s serving each direction.
  static void select(int n, Tensor s, Tensor x, Tensor y, Tensor z) {
    double[] signs = s.doubles();
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    double[] zs = z.doubles();
    for (int at = 0; at < z.size(); at += n) {
      int xt = x.offset() + at;
      int yt = y.offset() + at;
      int zt = z.offset() + at;
      for (int i = 0; i < n; i++) {
        zs[zt + i] = signs[s.offset() + i] > 0 ? xs[xt + i] : ys[yt + i];
      }
    }
  }

  /// v = u where s > 0 is `positive`, else 0, s serving each direction.
  static void whereSelected(int n, Tensor s, boolean positive, Tensor u, Tensor v) {
    double[] signs = s.doubles();
    double[] us = u.doubles();
    double[] vs = v.doubles();
    for (int at = 0; at < v.size(); at += n) {
      int ut = u.offset() + at;
      int vt = v.offset() + at;
      for (int i = 0; i < n; i++) {
        vs[vt + i] = signs[s.offset() + i] > 0 == positive ? us[ut + i] : 0.0;
      }
    }
  }

  /// y = min(max(x, low), high).
  static void clamp(
      int n,
      double low, double high, // both precisions
      Tensor x, Tensor y) {
    double[] from = x.doubles();
    double[] to = y.doubles();
    double least = (double) low;
    double most = (double) high;
    int xt = x.offset();
    int yt = y.offset();
    for (int i = 0; i < n; i++) {
      to[yt + i] = Math.min(Math.max(from[xt + i], least), most);
    }
  }

  /// s = 1 where low ≤ x ≤ high, else 0.
  static void inside(
      int n,
      double low, double high, // both precisions
      Tensor x, Tensor s) {
    double[] from = x.doubles();
    double[] to = s.doubles();
    double least = (double) low;
    double most = (double) high;
    int xt = x.offset();
    int st = s.offset();
    for (int i = 0; i < n; i++) {
      to[st + i] = from[xt + i] >= least && from[xt + i] <= most ? 1.0 : 0.0;
    }
  }

  /// y = |x|.
  static void abs(int n, Tensor x, Tensor y) {
    double[] from = x.doubles();
    double[] to = y.doubles();
    int xt = x.offset();
    int yt = y.offset();
    for (int i = 0; i < n; i++) {
      to[yt + i] = Math.abs(from[xt + i]);
    }
  }

  /// s = sgn x.
  static void sign(int n, Tensor x, Tensor s) {
    double[] from = x.doubles();
    double[] to = s.doubles();
    int xt = x.offset();
    int st = s.offset();
    for (int i = 0; i < n; i++) {
      to[st + i] = from[xt + i] > 0 ? 1.0 : from[xt + i] < 0 ? -1.0 : 0.0;
    }
  }

  /// s = factor·x·s where s is not 0, else 0.
  static void multiplyWhereNotZero(
      int n,
      double factor, // both precisions
      Tensor x, Tensor s) {
    double[] xs = x.doubles();
    double[] ss = s.doubles();
    double scale = (double) factor;
    int xt = x.offset();
    int st = s.offset();
    for (int i = 0; i < n; i++) {
      ss[st + i] = ss[st + i] == 0 ? 0.0 : scale * xs[xt + i] * ss[st + i];
    }
  }
}
