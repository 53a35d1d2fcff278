package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Numbers in native memory, from the start of a cache line on.
///
/// @param memory what a native function is given
record NativeNumbers(boolean isFloat, MemorySegment memory) {

  private static final int CACHE_LINE = 64;

  static NativeNumbers zeros(boolean isFloat, long size) {
    long bytes = isFloat ? JAVA_FLOAT.byteSize() : JAVA_DOUBLE.byteSize();
    return new NativeNumbers(isFloat, Arena.ofAuto().allocate(bytes * size, CACHE_LINE));
  }

  static NativeNumbers of(boolean isFloat, double[] values) {
    NativeNumbers numbers = zeros(isFloat, values.length);
    if (isFloat) {
      MemorySegment.copy(Product.floats(values), 0, numbers.memory, JAVA_FLOAT, 0, values.length);
    } else {
      MemorySegment.copy(values, 0, numbers.memory, JAVA_DOUBLE, 0, values.length);
    }
    return numbers;
  }

  double get(long position) {
    return isFloat ? memory.getAtIndex(JAVA_FLOAT, position) : memory.getAtIndex(JAVA_DOUBLE, position);
  }
}
