package dev.lanewise.train;

/// Random numbers that follow from a seed, a stream and a position in it: epochs and updates draw the same whatever was drawn before,
/// so a training that is resumed goes on as if it had not been interrupted.
///
/// SplitMix64, Steele, Lea & Flood 2014; numbers below a bound by Lemire 2019, without bias.
final class Draws {

  /// Streams: what is drawn.
  static final long ORDER = 1;
  static final long BATCH = 2;
  static final long LAYERS = 3;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /// Goes to the beginning of what is drawn at `position` of a stream.
  void begin(long seed, long stream, long position) {
    state = key(seed, stream, position);
  }

  /// 64 bits for this place, as a seed for others.
  static long key(long seed, long stream, long position) {
    return mix(mix(mix(seed) + stream * GOLDEN) + position * GOLDEN);
  }

  private static long mix(long bits) {
    long z = bits + GOLDEN;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private long next() {
    long z = mix(state);
    state += GOLDEN;
    return z;
  }

  /// One of 0 … bound − 1, all as likely.
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
