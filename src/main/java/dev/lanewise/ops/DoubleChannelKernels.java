package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;

/// Sums and scalings of tensors of doubles, channel by channel, for [ChannelOps] after its checks.
///
/// `FloatChannelKernels` is derived from this source, and `ChannelKernels` chooses between both. Tensors of channels
/// are in double in both. A channel of a sample is a row of `n` numbers; rows of one number are computed by plain loops
/// over channels.
@SuppressWarnings("cast")
final class DoubleChannelKernels {

  private DoubleChannelKernels() {}

  /// sums, 0 before, = Σ u over samples and places, for each of k directions.
  static void sums(int k, int batch, int channels, int n, Tensor u, Tensor sums) {
    double[] from = u.doubles();
    double[] to = sums.doubles(); // both precisions
    for (int sample = 0; sample < k * batch; sample++) {
      int ut = u.offset() + sample * channels * n;
      int st = sums.offset() + sample / batch * channels;
      for (int channel = 0; n == 1 && channel < channels; channel++) {
        to[st + channel] += from[ut + channel];
      }
      for (int channel = 0; n > 1 && channel < channels; channel++) {
        to[st + channel] += DoubleKernels.BEST.sum(n, from, ut + channel * n);
      }
    }
  }

  /// sums, 0 before, = Σ x·u over samples and places; if x or u has one direction, it serves each.
  static void dots(int k, int batch, int channels, int n, Tensor u, Tensor x, Tensor sums) {
    double[] us = u.doubles();
    double[] xs = x.doubles();
    double[] to = sums.doubles(); // both precisions
    for (int sample = 0; sample < k * batch; sample++) {
      int ut = u.offset() + sample * channels * n % u.size();
      int xt = x.offset() + sample * channels * n % x.size();
      int st = sums.offset() + sample / batch * channels;
      for (int channel = 0; n == 1 && channel < channels; channel++) {
        to[st + channel] += us[ut + channel] * xs[xt + channel];
      }
      for (int channel = 0; n > 1 && channel < channels; channel++) {
        to[st + channel] += DoubleKernels.BEST.dot(n, us, ut + channel * n, xs, xt + channel * n);
      }
    }
  }

  /// v = (u − m)·a + b.
  static void shiftAndScale(int k, int batch, int channels, int n, Tensor u, Tensor m, Tensor a, Tensor b, Tensor v) {
    double[] from = u.doubles();
    double[] to = v.doubles();
    if (n == 1) {
      shiftAndScaleEach(k * batch, batch, channels, u, m, a, b, v);
      return;
    }
    for (int said = 0; said < k * channels; said++) {
      int first = (said / channels * batch * channels + said % channels) * n;
      int ut = u.offset() + first % u.size();
      int vt = v.offset() + first;
      double shift = (double) of(m, said);
      double factor = (double) of(a, said);
      double then = (double) of(b, said);
      DoubleKernels.BEST.shiftAndScale(batch, channels * n, n, shift, factor, then, from, ut, to, vt);
    }
  }

  /// The same for one number per row.
  private static void shiftAndScaleEach(
      int samples, int batch, int channels, Tensor u, Tensor m, Tensor a, Tensor b, Tensor v) {
    double[] from = u.doubles();
    double[] to = v.doubles();
    boolean shifts = !m.isNone();
    boolean adds = !b.isNone();
    double[] ms = (shifts ? m : a).doubles(); // both precisions
    double[] as = a.doubles(); // both precisions
    double[] bs = (adds ? b : a).doubles(); // both precisions
    for (int sample = 0; sample < samples; sample++) {
      int said = sample / batch * channels;
      int mt = shifts ? m.offset() + said % m.size() : a.offset();
      int at = a.offset() + said % a.size();
      int bt = adds ? b.offset() + said % b.size() : a.offset();
      int ut = u.offset() + sample * channels % u.size();
      int vt = v.offset() + sample * channels;
      for (int channel = 0; channel < channels; channel++) {
        double moved = from[ut + channel] - (shifts ? ms[mt + channel] : 0); // both precisions
        double scaled = moved * as[at + channel] + (adds ? bs[bt + channel] : 0); // both precisions
        to[vt + channel] = (double) scaled;
      }
    }
  }

  /// v += a·u.
  static void addScaled(int k, int batch, int channels, int n, Tensor u, Tensor a, Tensor v) {
    double[] from = u.doubles();
    double[] to = v.doubles();
    double[] as = a.doubles(); // both precisions
    for (int sample = 0; n == 1 && sample < k * batch; sample++) {
      int at = a.offset() + sample / batch * channels % a.size();
      int ut = u.offset() + sample * channels % u.size();
      int vt = v.offset() + sample * channels;
      for (int channel = 0; channel < channels; channel++) {
        to[vt + channel] += (double) (from[ut + channel] * as[at + channel]);
      }
    }
    for (int said = 0; n > 1 && said < k * channels; said++) {
      int first = (said / channels * batch * channels + said % channels) * n;
      double factor = (double) of(a, said);
      DoubleKernels.BEST.addScaledRows(
          batch, channels * n, n, factor, from, u.offset() + first % u.size(), to, v.offset() + first);
    }
  }

  /// A channel's number, 0 without a tensor; a single direction serves each.
  private static double of(Tensor said, int channel) { // both precisions
    return said.isNone() ? 0 : said.doubles()[said.offset() + channel % said.size()]; // both precisions
  }
}
