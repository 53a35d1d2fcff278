package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoubleKernels;

/// Sums and scalings channel by channel, of tensors of doubles: what [ChannelOps] does once it has checked.
///
/// `FloatChannelKernels` is derived from this source, and `ChannelKernels` chooses between both. What is said of a channel is in double in
/// either. A channel of a sample is a row of `n` numbers; rows of one number are taken by plain loops over channels.
@SuppressWarnings("cast")
final class DoubleChannelKernels {

  private DoubleChannelKernels() {}

  /// sums = Σ u over samples and places, for each of k directions.
  static void sums(int k, int batch, int channels, int n, Tensor u, Tensor sums) {
    double[] to = sums.doubles(); // both precisions
    for (int sample = 0; sample < k * batch; sample++) {
      int at = sums.offset() + sample / batch * channels;
      int row = sample * channels;
      for (int channel = 0; channel < channels; channel++) {
        double sum = n == 1 // both precisions
            ? u.doubles()[u.offset() + row + channel]
            : DoubleKernels.BEST.sum(n, u.doubles(), u.offset() + (row + channel) * n);
        to[at + channel] = sample % batch == 0 ? sum : to[at + channel] + sum;
      }
    }
  }

  /// sums = Σ x·u over samples and places; of x and u, what has but one direction serves each.
  static void dots(int k, int batch, int channels, int n, Tensor u, Tensor x, Tensor sums) {
    double[] to = sums.doubles(); // both precisions
    for (int sample = 0; sample < k * batch; sample++) {
      int at = sums.offset() + sample / batch * channels;
      int ut = u.offset() + sample * channels * n % u.size();
      int xt = x.offset() + sample * channels * n % x.size();
      for (int channel = 0; channel < channels; channel++) {
        double sum = n == 1 // both precisions
            ? u.doubles()[ut + channel] * x.doubles()[xt + channel]
            : DoubleKernels.BEST.dot(n, u.doubles(), ut + channel * n, x.doubles(), xt + channel * n);
        to[at + channel] = sample % batch == 0 ? sum : to[at + channel] + sum;
      }
    }
  }

  /// v = (u − m)·a + b.
  static void shiftAndScale(int k, int batch, int channels, int n, Tensor u, Tensor m, Tensor a, Tensor b, Tensor v) {
    double[] from = u.doubles();
    double[] to = v.doubles();
    for (int sample = 0; sample < k * batch; sample++) {
      int said = sample / batch * channels;
      int ut = u.offset() + sample * channels * n % u.size();
      int vt = v.offset() + sample * channels * n;
      for (int channel = 0; channel < channels; channel++) {
        double shift = (double) of(m, said + channel);
        double factor = (double) of(a, said + channel);
        double then = (double) of(b, said + channel);
        if (n == 1) {
          to[vt + channel] = (from[ut + channel] - shift) * factor + then;
        } else {
          DoubleKernels.BEST.shiftAndScale(n, shift, factor, then, from, ut + channel * n, to, vt + channel * n);
        }
      }
    }
  }

  /// v += a·u.
  static void addScaled(int k, int batch, int channels, int n, Tensor u, Tensor a, Tensor v) {
    double[] from = u.doubles();
    double[] to = v.doubles();
    for (int sample = 0; sample < k * batch; sample++) {
      int said = sample / batch * channels;
      int ut = u.offset() + sample * channels * n % u.size();
      int vt = v.offset() + sample * channels * n;
      for (int channel = 0; channel < channels; channel++) {
        double factor = (double) of(a, said + channel);
        if (n == 1) {
          to[vt + channel] += from[ut + channel] * factor;
        } else {
          DoubleKernels.BEST.addScaled(n, factor, from, ut + channel * n, to, vt + channel * n);
        }
      }
    }
  }

  /// What is said of a channel, 0 where nothing is; what has but one direction serves each.
  private static double of(Tensor said, int channel) { // both precisions
    return said.isNone() ? 0 : said.doubles()[said.offset() + channel % said.size()]; // both precisions
  }
}
