package dev.lanewise.random;

/// Random numbers by their place: number i of the sequence that begins with a seed, without those before it. So what is
/// drawn does not depend on how many threads draw, or on what was drawn earlier.
///
/// Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014.
public final class SplitMix64 {

  /// 2⁶⁴ divided by the golden ratio, odd: the step from one number's state to the next one's.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /// 64 bits that look random: number `index` of the sequence of `seed`, counted from 1.
  public static long number(long seed, long index) {
    long z = seed + index * GOLDEN;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
