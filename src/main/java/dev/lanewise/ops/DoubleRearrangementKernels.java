package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;
import java.util.Arrays;

/// Rearrangements of tensors of doubles, for [RearrangementOps] after its checks.
final class DoubleRearrangementKernels {

  private static final int WORTH_VECTORS = 32;

  private DoubleRearrangementKernels() {}

  /// y_i = x_p(i) in each sample; one sample of x serves `each` samples of y.
  static void take(Places places, int samples, int each, Tensor x, Tensor y) {
    double[] from = x.doubles();
    double[] to = y.doubles();
    boolean byRuns = places.ends() != null;
    for (int sample = 0; sample < samples; sample++) {
      int xt = x.offset() + sample / each * places.operandSize();
      int yt = y.offset() + sample * places.size();
      if (places.rows() > 0) {
        transpose(places, from, xt, to, yt);
      } else if (byRuns) {
        takeRuns(places, from, xt, to, yt);
      } else {
        takeEach(places.index(), from, xt, to, yt);
      }
    }
  }

  private static void transpose(Places places, double[] from, int xt, double[] to, int yt) {
    int rows = places.rows();
    int columns = places.columns();
    for (int at = 0; at < places.size(); at += rows * columns) {
      DoubleKernels.BEST.transpose(rows, columns, from, xt + at, columns, to, yt + at, rows);
    }
  }

  private static void takeRuns(Places places, double[] from, int xt, double[] to, int yt) {
    int[] ends = places.ends();
    int[] sources = places.sources();
    boolean[] repeats = places.repeats();
    int begin = 0;
    for (int run = 0; run < ends.length; run++) {
      int end = ends[run];
      int source = sources[run];
      if (source == Places.NONE) {
        Arrays.fill(to, yt + begin, yt + end, 0);
      } else if (repeats[run]) {
        Arrays.fill(to, yt + begin, yt + end, from[xt + source]);
      } else {
        System.arraycopy(from, xt + source, to, yt + begin, end - begin);
      }
      begin = end;
    }
  }

  private static void takeEach(int[] index, double[] from, int xt, double[] to, int yt) {
    for (int i = 0; i < index.length; i++) {
      int source = index[i];
      to[yt + i] = source == Places.NONE ? 0 : from[xt + source];
    }
  }

  /// x̄_p(i) += ȳ_i in each sample; one sample of x̄ gets the sum of `each` samples of ȳ.
  static void give(Places places, int samples, int each, Tensor yBar, Tensor bar) {
    double[] from = yBar.doubles();
    double[] to = bar.doubles();
    boolean byRuns = places.ends() != null;
    for (int sample = 0; sample < samples; sample++) {
      int yt = yBar.offset() + sample * places.size();
      int xt = bar.offset() + sample / each * places.operandSize();
      if (byRuns) {
        giveRuns(places, from, yt, to, xt);
      } else {
        giveEach(places.index(), from, yt, to, xt);
      }
    }
  }

  private static void giveRuns(Places places, double[] from, int yt, double[] to, int xt) {
    int[] ends = places.ends();
    int[] sources = places.sources();
    boolean[] repeats = places.repeats();
    int begin = 0;
    for (int run = 0; run < ends.length; run++) {
      int source = sources[run];
      int end = ends[run];
      if (source != Places.NONE && repeats[run]) {
        to[xt + source] += DoubleKernels.BEST.sum(end - begin, from, yt + begin);
      } else if (source != Places.NONE) {
        add(end - begin, from, yt + begin, to, xt + source);
      }
      begin = end;
    }
  }

  private static void add(int n, double[] from, int ft, double[] to, int tt) {
    if (n >= WORTH_VECTORS) {
      DoubleKernels.BEST.add(n, from, ft, to, tt);
      return;
    }
    for (int i = 0; i < n; i++) {
      to[tt + i] += from[ft + i];
    }
  }

  private static void giveEach(int[] index, double[] from, int yt, double[] to, int xt) {
    for (int i = 0; i < index.length; i++) {
      int source = index[i];
      if (source != Places.NONE) {
        to[xt + source] += from[yt + i];
      }
    }
  }
}
