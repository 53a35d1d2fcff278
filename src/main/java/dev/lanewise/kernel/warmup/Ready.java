package dev.lanewise.kernel.warmup;

import dev.lanewise.kernel.lanes.VirtualMachine;

/// The keys of the kernels whose vector code is compiled: each call of a kernel checks them first.
///
/// A key is a number other than 0, for a kernel and those of its arguments that decide which code runs. Once a kernel
/// is ready, the check is a load and a branch that is always taken. Where kernels do not switch, it is a constant.
///
/// The set uses open addressing. Only [Warmup] changes it, with a new array; a thread that still sees the old one
/// computes in plain Java once more.
public final class Ready {

  private static final boolean SWITCHES = Kernels.CHOICE == Kernels.SWITCHING;
  private static final boolean ALTERNATES = Kernels.CHOICE == Kernels.ALTERNATING;

  private static int[] keys = new int[64];
  private static int count;
  private static int coin;
  private static boolean vectors;
  private static volatile boolean all;

  private Ready() {}

  /// Whether vectors compute this kernel.
  public static boolean is(int key) {
    return SWITCHES ? contains(keys, key) || all : forced();
  }

  /// Whether kernels switch, and vectors to switch to are known by now.
  public static boolean hasVectors() {
    return SWITCHES && vectors;
  }

  /// Notes that there are vectors.
  static void open() {
    vectors = true;
  }

  /// Decides whether all kernels compute by vectors, compiled or not.
  static void all(boolean byVectors) {
    all = byVectors;
  }

  private static boolean forced() {
    return Kernels.CHOICE != Kernels.PORTABLE && Forced.VECTORS && (!ALTERNATES || toss());
  }

  /// Loaded only on demand: it takes some ten milliseconds to find out.
  private static final class Forced {
    static final boolean VECTORS = VirtualMachine.hasVectors();
  }

  /// Tosses a coin; threads may lose each other's tosses.
  private static boolean toss() {
    return (coin += 0x9E37_79B9) < 0;
  }

  static boolean contains(int[] keys, int key) {
    int mask = keys.length - 1;
    for (int at = key & mask;; at = at + 1 & mask) {
      int found = keys[at];
      if (found == key) {
        return true;
      }
      if (found == 0) {
        return false;
      }
    }
  }

  static synchronized void add(int key) {
    if (!contains(keys, key)) {
      count++;
      keys = with(keys, count, key);
    }
  }

  /// Removes a kernel whose code was thrown away.
  static synchronized void remove(int key) {
    count -= contains(keys, key) ? 1 : 0;
    keys = without(keys, key);
  }

  static int[] without(int[] keys, int key) {
    int[] left = new int[keys.length];
    for (int other : keys) {
      if (other != 0 && other != key) {
        put(left, other);
      }
    }
    return left;
  }

  static int[] keys() {
    return keys;
  }

  static synchronized void clear() {
    keys = new int[64];
    count = 0;
    vectors = false;
  }

  static synchronized int count() {
    return count;
  }

  /// The set with one more key, `count` in all.
  static int[] with(int[] keys, int count, int key) {
    int[] more = new int[keys.length > 4 * count ? keys.length : 2 * keys.length];
    for (int other : keys) {
      if (other != 0) {
        put(more, other);
      }
    }
    put(more, key);
    return more;
  }

  private static void put(int[] keys, int key) {
    int mask = keys.length - 1;
    int at = key & mask;
    while (keys[at] != 0) {
      at = at + 1 & mask;
    }
    keys[at] = key;
  }

  /// A key from a sum of numbers multiplied by odd ones: its low bits depend on all of them.
  public static int key(int sum) {
    int mixed = sum ^ sum >>> 15;
    return mixed == 0 ? 1 : mixed;
  }
}
