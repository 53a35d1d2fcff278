package dev.lanewise.ops.expression;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;
import java.util.Arrays;

/// Reductions of rows of n doubles: what [ReductionOps] does once it has checked.
@SuppressWarnings("cast")
final class DoubleReductionKernels {

  private DoubleReductionKernels() {}

  /// s = Σ x.
  static void sums(int n, Tensor x, Tensor s) {
    for (int row = 0; row < s.size(); row++) {
      s.doubles()[s.offset() + row] = DoubleKernels.BEST.sum(n, x.doubles(), x.offset() + row * n);
    }
  }

  /// v = s.
  static void spread(int n, Tensor s, Tensor v) {
    double[] to = v.doubles();
    for (int row = 0; row < s.size(); row++) {
      int at = v.offset() + row * n;
      Arrays.fill(to, at, at + n, s.doubles()[s.offset() + row]);
    }
  }

  /// s = or += factor·Σ x ⊙ u, x serving each direction.
  static void dots(
      int n,
      double factor, // both precisions
      Tensor x, Tensor u, Tensor s, boolean add) {
    double[] sums = s.doubles();
    for (int row = 0; row < s.size(); row++) {
      int xt = n == 0 ? x.offset() : x.offset() + row * n % x.size();
      double dot = DoubleKernels.BEST.dot(n, x.doubles(), xt, u.doubles(), u.offset() + row * n);
      double scaled = (double) (factor * dot);
      sums[s.offset() + row] = add ? sums[s.offset() + row] + scaled : scaled;
    }
  }

  /// v = factor·s·x, x serving each direction.
  static void scaleRows(
      int n,
      double factor, // both precisions
      Tensor s, Tensor x, Tensor v) {
    for (int row = 0; n > 0 && row < s.size(); row++) {
      double scale = (double) (factor * s.doubles()[s.offset() + row]);
      DoubleKernels.BEST.scale(
          n, scale, x.doubles(), x.offset() + row * n % x.size(), v.doubles(), v.offset() + row * n);
    }
  }

  /// v += factor·s·u, s serving each direction.
  static void addScaledRows(
      int n,
      double factor, // both precisions
      Tensor s, Tensor u, Tensor v) {
    for (int at = 0, row = 0; at < v.size(); at += n, row = row + 1 == s.size() ? 0 : row + 1) {
      double scale = (double) (factor * s.doubles()[s.offset() + row]);
      DoubleKernels.BEST.addScaledRows(1, n, n, scale, u.doubles(), u.offset() + at, v.doubles(), v.offset() + at);
    }
  }

  /// s = Π x.
  static void products(int n, Tensor x, Tensor s) {
    double[] xs = x.doubles();
    for (int row = 0; row < s.size(); row++) {
      double product = 1.0;
      for (int i = x.offset() + row * n; i < x.offset() + row * n + n; i++) {
        product *= xs[i];
      }
      s.doubles()[s.offset() + row] = product;
    }
  }

  /// w = those before times those after.
  static void productsOfOthers(int n, Tensor x, Tensor w) {
    double[] xs = x.doubles();
    double[] ws = w.doubles();
    for (int at = 0; at < w.size(); at += n) {
      before(n, xs, x.offset() + at, ws, w.offset() + at);
      double behind = 1.0;
      for (int i = at + n - 1; i >= at; i--) {
        ws[w.offset() + i] *= behind;
        behind *= xs[x.offset() + i];
      }
    }
  }

  private static void before(int n, double[] xs, int xt, double[] ps, int pt) {
    double before = 1.0;
    for (int i = 0; i < n; i++) {
      ps[pt + i] = before;
      before *= xs[xt + i];
    }
  }

  /// v = its tangent: one of those before moves, or one of those after.
  static void productsOfOthersPush(int n, Tensor x, Tensor u, Tensor p, Tensor v) {
    double[] xs = x.doubles();
    double[] us = u.doubles();
    double[] ps = p.doubles();
    double[] vs = v.doubles();
    for (int at = 0; at < x.size(); at += n) {
      before(n, xs, x.offset() + at, ps, p.offset() + at);
    }
    for (int at = 0; at < v.size(); at += n) {
      int xt = x.offset() + at % x.size();
      int pt = p.offset() + at % x.size();
      int ut = u.offset() + at;
      int vt = v.offset() + at;
      double moved = 0.0;
      for (int i = 0; i < n; i++) {
        vs[vt + i] = moved;
        moved = moved * xs[xt + i] + ps[pt + i] * us[ut + i];
      }
      double behind = 1.0;
      moved = 0.0;
      for (int i = n - 1; i >= 0; i--) {
        vs[vt + i] = vs[vt + i] * behind + ps[pt + i] * moved;
        moved = moved * xs[xt + i] + behind * us[ut + i];
        behind *= xs[xt + i];
      }
    }
  }

  /// s = log Σ eˣ, from l = log softmax x.
  static void logSumExp(int n, Tensor x, Tensor l, Tensor s) {
    double[] xs = x.doubles();
    double[] ls = l.doubles();
    for (int row = 0; row < s.size(); row++) {
      int xt = x.offset() + row * n;
      int lt = l.offset() + row * n;
      int best = best(n, xs, xt, false);
      double largest = best < 0 ? Double.NEGATIVE_INFINITY : xs[xt + best];
      if (Math.abs(largest) == Double.POSITIVE_INFINITY) {
        for (int i = 0; i < n; i++) {
          ls[lt + i] = xs[xt + i] - largest;
        }
        s.doubles()[s.offset() + row] = largest;
      } else {
        s.doubles()[s.offset() + row] = largest - ls[lt + best];
      }
    }
  }

  /// s = max x.
  static void largest(int n, Tensor x, Tensor s) {
    for (int row = 0; row < s.size(); row++) {
      int best = best(n, x.doubles(), x.offset() + row * n, false);
      s.doubles()[s.offset() + row] = best < 0 ? Double.NEGATIVE_INFINITY : x.doubles()[x.offset() + row * n + best];
    }
  }

  /// s = min x.
  static void smallest(int n, Tensor x, Tensor s) {
    for (int row = 0; row < s.size(); row++) {
      int best = best(n, x.doubles(), x.offset() + row * n, true);
      s.doubles()[s.offset() + row] = best < 0 ? Double.POSITIVE_INFINITY : x.doubles()[x.offset() + row * n + best];
    }
  }

  /// Where the first of the largest or smallest numbers is, or the first NaN if there is one; −1 of none.
  private static int best(int n, double[] x, int xt, boolean smallest) {
    int best = n == 0 ? -1 : 0;
    for (int i = 1; i < n; i++) {
      double one = x[xt + i];
      double held = x[xt + best];
      boolean better = smallest ? one < held : one > held;
      best = held == held && (better || one != one) ? i : best;
    }
    return best;
  }

  /// w = equal parts of 1 where x = s.
  static void tied(int n, Tensor x, Tensor s, Tensor w) {
    double[] xs = x.doubles();
    double[] ws = w.doubles();
    for (int row = 0; row < s.size(); row++) {
      double best = s.doubles()[s.offset() + row];
      int xt = x.offset() + row * n;
      int wt = w.offset() + row * n;
      int ties = 0;
      for (int i = 0; i < n; i++) {
        ties += xs[xt + i] == best ? 1 : 0;
      }
      double part = 1.0 / ties;
      for (int i = 0; i < n; i++) {
        ws[wt + i] = xs[xt + i] == best ? part : ties == 0 ? Double.NaN : 0.0;
      }
    }
  }
}
