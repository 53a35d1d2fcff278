package dev.lanewise.kernel.memory;

/// Memory for tensors and buffers that begins at a cache line, where [Alignment] knows how.
///
/// A tensor or buffer long enough to begin at a line has its own array. Smaller ones share a slab, each from a new line
/// on; a slab lives as long as anything in it. Some have their own array at any address: those shorter than four lines,
/// where a vector more or less does not count, and those for which [Slabs] has no room.
public final class DoubleArena {

  /// Memory of `size` numbers from `offset` on; the rest of the array belongs to others.
  public record Room(double[] array, int offset, int size) {}

  private static final int PER_LINE = Alignment.LINE / Double.BYTES;
  private static final int FEW = 4 * PER_LINE;
  /// The index of the first line in an array that begins at one.
  private static final int FIRST = Alignment.HERE.first(Double.BYTES);
  private static final int SLAB =
      (int) ((Alignment.HERE.slabBytes() - Alignment.HERE.base(Double.BYTES)) / Double.BYTES);

  private static double[] slab = {};
  private static int next;

  private DoubleArena() {}

  /// Memory for so many numbers, all of them 0.
  public static Room zeros(int n) {
    if (n >= FEW && n < Integer.MAX_VALUE - Alignment.LINE) {
      if (Alignment.HERE.isGivenTo(Alignment.HERE.base(Double.BYTES) + (long) (FIRST + n) * Double.BYTES)) {
        return new Room(new double[FIRST + n], FIRST, n);
      }
      if (n <= SLAB - FIRST) {
        return inSlab(n);
      }
    }
    return new Room(new double[n], 0, n);
  }

  private static synchronized Room inSlab(int n) {
    if (n > slab.length - next) {
      if (!Slabs.HERE.hasRoom()) {
        return new Room(new double[n], 0, n);
      }
      double[] another = new double[SLAB];
      Slabs.HERE.add(another);
      // Of two slabs in use, the one with more room stays open.
      if (SLAB - FIRST - n < slab.length - next) {
        return new Room(another, FIRST, n);
      }
      slab = another;
      next = FIRST;
    }
    Room room = new Room(slab, next, n);
    next += (n + PER_LINE - 1) / PER_LINE * PER_LINE;
    return room;
  }
}
