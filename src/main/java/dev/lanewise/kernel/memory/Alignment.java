package dev.lanewise.kernel.memory;

import dev.lanewise.kernel.lanes.HotSpotOptions;
import dev.lanewise.kernel.lanes.VirtualMachine;
import java.util.function.UnaryOperator;

/// The addresses at which arrays begin, as far as the virtual machine's options tell.
///
/// A program cannot ask for an array's address, and a collector may move the array. But some arrays begin at a multiple
/// of a cache line wherever they are:
///
/// | where                                   | which arrays                                            |
/// |-----------------------------------------|---------------------------------------------------------|
/// | `-XX:ObjectAlignmentInBytes=64` or more | all                                                     |
/// | G1                                      | longer than half a region: each begins its own region   |
/// | ZGC                                     | longer than 4 MiB: each begins its own page             |
/// | other collectors                        | none                                                    |
///
/// Their first number follows a header, so the number at a known index begins a line. Only speed depends on this: where
/// the options mislead, results are the same.
///
/// @param floatBase bytes from an array's start to its first `float`
/// @param doubleBase bytes from an array's start to its first `double`
/// @param leastBytes arrays of at least so many bytes, header included, begin at a line; [#NEVER] if none does
/// @param slabBytes the length of the longest array that takes no more memory than one of `leastBytes`
public record Alignment(int floatBase, int doubleBase, long leastBytes, long slabBytes) {

  /// Bytes of a cache line, and of the widest vector.
  public static final int LINE = 64;

  static final long NEVER = Long.MAX_VALUE;
  /// ZGC gives each larger object a separate page, whose size is a multiple of the granule.
  private static final long Z_MOST_SHARED = 4 << 20;
  private static final long Z_GRANULE = 2 << 20;

  static final Alignment UNKNOWN = new Alignment(16, 16, NEVER, 0);

  /// The alignment on this virtual machine; [#UNKNOWN] where there are no vectors to profit.
  static final Alignment HERE = VirtualMachine.mayHaveVectors() ? of(HotSpotOptions::value) : UNKNOWN;

  /// The alignment with these options, by name without `-XX:`; an option that the virtual machine lacks is null.
  static Alignment of(UnaryOperator<String> options) {
    int header = "true".equals(options.apply("UseCompactObjectHeaders")) ? 8
        : "false".equals(options.apply("UseCompressedClassPointers")) ? 16 : 12;
    int floatBase = header + Integer.BYTES;
    int doubleBase = floatBase + Long.BYTES - 1 & -Long.BYTES;
    if (number(options.apply("ObjectAlignmentInBytes")) >= LINE) {
      return new Alignment(floatBase, doubleBase, 0, 0);
    }
    long region = number(options.apply("G1HeapRegionSize"));
    if ("true".equals(options.apply("UseG1GC")) && region > 0) {
      return new Alignment(floatBase, doubleBase, region / 2 + 1, region);
    }
    if ("true".equals(options.apply("UseZGC"))) {
      return new Alignment(floatBase, doubleBase, Z_MOST_SHARED + 1, Z_MOST_SHARED + Z_GRANULE);
    }
    return UNKNOWN;
  }

  private static long number(String value) {
    return value == null || !value.matches("\\d{1,18}") ? 0 : Long.parseLong(value);
  }

  /// Bytes from an array's start to its first number of so many bytes.
  int base(int bytes) {
    return bytes == Float.BYTES ? floatBase : doubleBase;
  }

  /// The index of the first number of so many bytes that begins a line, in an array that begins at one.
  int first(int bytes) {
    return Math.floorMod(-base(bytes), LINE) / bytes;
  }

  /// Whether arrays of so many bytes, header included, begin at a line.
  boolean isGivenTo(long bytes) {
    return bytes >= leastBytes;
  }
}
