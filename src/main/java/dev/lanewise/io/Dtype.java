package dev.lanewise.io;

import dev.lanewise.Precision;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The element types of the format. Those without a precision are skipped, or read as [Integers].
enum Dtype {
  F64(64, Precision.DOUBLE),
  F32(32, Precision.FLOAT),
  /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction.
  F16(16, Precision.FLOAT),
  /// The upper half of a float.
  BF16(16, Precision.FLOAT),
  C64(64, null),
  I64(64, null),
  U64(64, null),
  I32(32, null),
  U32(32, null),
  I16(16, null),
  U16(16, null),
  I8(8, null),
  U8(8, null),
  BOOL(8, null),
  F8_E5M2(8, null),
  F8_E4M3(8, null),
  F8_E8M0(8, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  F4(4, null),
  /// One that is newer than this table.
  OTHER(0, null);

  private static final Map<String, Dtype> BY_NAME = Arrays.stream(values()).filter(dtype -> dtype != OTHER)
      .collect(Collectors.toMap(Dtype::name, Function.identity()));

  private final int bits;
  private final Precision precision;

  Dtype(int bits, Precision precision) {
    this.bits = bits;
    this.precision = precision;
  }

  /// [#OTHER] for a name that is not known.
  static Dtype of(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }

  /// The bits of an element; 0 where they are not known.
  int bits() {
    return bits;
  }

  /// Whether it is read as [Integers].
  boolean isInteger() {
    return switch (this) {
      case I64, U64, I32, U32, I16, U16, I8, U8, BOOL -> true;
      default -> false;
    };
  }

  /// The precision that holds every value exactly; null where it is not read.
  Precision precision() {
    return precision;
  }
}
