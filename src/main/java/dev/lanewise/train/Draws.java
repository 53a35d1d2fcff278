package dev.lanewise.train;

import dev.lanewise.random.SplitMix64;

/// Random numbers that follow from a seed, a stream and a position in it alone: a resumed training draws as if it had
/// not been interrupted.
///
/// SplitMix64, Steele, Lea & Flood 2014; numbers below a bound by Lemire 2019, without bias.
final class Draws {

  /// Streams: what is drawn.
  static final long ORDER = 1;
  static final long BATCH = 2;
  static final long LAYERS = 3;

  private long start;
  private long taken;

  void begin(long seed, long stream, long position) {
    start = key(seed, stream, position);
    taken = 0;
  }

  /// 64 bits for this position, which seed other generators.
  static long key(long seed, long stream, long position) {
    return SplitMix64.number(SplitMix64.number(SplitMix64.number(seed, 1), stream + 1), position + 1);
  }

  private long next() {
    return SplitMix64.number(start, ++taken);
  }

  /// Draws one of 0 … bound − 1, all equally likely.
  int below(int bound) {
    long product = (next() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long least = (1L << 32) % bound;
      while (low < least) {
        product = (next() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }
}
