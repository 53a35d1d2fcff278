package dev.lanewise.ops;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Sums, shifts and scalings channel by channel of samples `[batch, channel, …]`, for each of k directions.
///
/// | operation        | formula, of channel c                       | shapes                                        |
/// |------------------|---------------------------------------------|-----------------------------------------------|
/// | [#sums]          | s_c = Σ u over samples and places           | `[k, batch, c, …]`, `[k, c]`                  |
/// | [#dots]          | s_c = Σ x·u over samples and places         | `[k, batch, c, …]` both, `[k, c]`             |
/// | [#shiftAndScale] | v = (u − m_c)·a_c + b_c                     | `[k, c]`, `[k, batch, c, …]` both             |
/// | [#addScaled]     | v += a_c·u                                  | `[k, c]`, `[k, batch, c, …]` both             |
///
/// Tensors of channels are in double whatever the samples' precision, and rounded where they are applied. Of each
/// operand that is read, except u of [#sums], one direction may serve all. Sums have one order: the places of a row,
/// then the samples.
public final class ChannelOps {

  private ChannelOps() {}

  /// s_c = Σ u over samples and places; 0 of none.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void sums(int k, int batch, Tensor u, Tensor sums) {
    int n = places(k, batch, u, sums, "ChannelOps.sums");
    requireChannels(sums, sums.shape().last(), k, "ChannelOps.sums", "sums");
    requireAll(sums, k, "ChannelOps.sums");
    sums.fill(0);
    if (u.size() > 0) {
      ChannelKernels.sums(k, batch, sums.shape().last(), n, u, sums);
    }
  }

  /// s_c = Σ x·u over samples and places; 0 of none.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void dots(int k, int batch, Tensor x, Tensor u, Tensor sums) {
    Tensor whole = u.size() < x.size() ? x : u;
    int n = places(k, batch, whole, sums, "ChannelOps.dots");
    requireChannels(sums, sums.shape().last(), k, "ChannelOps.dots", "sums");
    requireAll(sums, k, "ChannelOps.dots");
    requireServes(x, whole, k, "ChannelOps.dots", "x");
    requireServes(u, whole, k, "ChannelOps.dots", "u");
    sums.fill(0);
    if (whole.size() > 0) {
      ChannelKernels.dots(k, batch, sums.shape().last(), n, u, x, sums);
    }
  }

  /// v = (u − m_c)·a_c + b_c. `v` may be `u`.
  ///
  /// @param m subtracted first, or [Tensor#none()] for 0
  /// @param a the factors
  /// @param b added last, or [Tensor#none()] for 0
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void shiftAndScale(int k, int batch, Tensor m, Tensor a, Tensor b, Tensor u, Tensor v) {
    int n = places(k, batch, v, a, "ChannelOps.shiftAndScale");
    int channels = a.shape().last();
    requireChannels(a, channels, k, "ChannelOps.shiftAndScale", "a");
    requireServes(u, v, k, "ChannelOps.shiftAndScale", "u");
    if (!m.isNone()) {
      requireChannels(m, channels, k, "ChannelOps.shiftAndScale", "m");
    }
    if (!b.isNone()) {
      requireChannels(b, channels, k, "ChannelOps.shiftAndScale", "b");
    }
    if (v.size() > 0) {
      ChannelKernels.shiftAndScale(k, batch, channels, n, u, m, a, b, v);
    }
  }

  /// v += a_c·u.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addScaled(int k, int batch, Tensor a, Tensor u, Tensor v) {
    int n = places(k, batch, v, a, "ChannelOps.addScaled");
    requireChannels(a, a.shape().last(), k, "ChannelOps.addScaled", "a");
    requireServes(u, v, k, "ChannelOps.addScaled", "u");
    if (v.size() > 0) {
      ChannelKernels.addScaled(k, batch, a.shape().last(), n, u, a, v);
    }
  }

  /// The places of each channel of a sample.
  private static int places(int k, int batch, Tensor samples, Tensor said, String op) {
    int channels = said.shape().last();
    long rows = (long) k * batch * channels;
    if (k < 1 || batch < 0 || samples.isNone() || said.isNone()
        || (rows == 0 ? samples.size() != 0 : samples.size() % rows != 0)) {
      throw new IllegalArgumentException(op + ": samples have shape " + samples.shape() + ", expected [" + k + ", "
          + batch + ", " + channels + ", …]");
    }
    return rows == 0 ? 0 : (int) (samples.size() / rows);
  }

  private static void requireChannels(Tensor said, int channels, int k, String op, String name) {
    if (said.isNone() || said.precision() != Precision.DOUBLE || said.shape().last() != channels
        || said.size() != channels && said.size() != k * channels) {
      throw new IllegalArgumentException(op + ": " + name + " is " + said.precision() + " " + said.shape()
          + ", expected DOUBLE [" + k + ", " + channels + "], or one direction");
    }
  }

  private static void requireAll(Tensor sums, int k, String op) {
    if (sums.shape().rows() != k) {
      throw new IllegalArgumentException(op + ": sums are " + sums.shape() + ", expected " + k + " directions");
    }
  }

  private static void requireServes(Tensor some, Tensor all, int k, String op, String name) {
    if (some.isNone() || some.precision() != all.precision() || some.size() != all.size()
        && some.size() != all.size() / k) {
      throw new IllegalArgumentException(op + ": " + name + " has " + some.size() + " numbers, expected "
          + all.precision() + " of " + all.size() + ", or of one of " + k + " directions");
    }
  }
}
