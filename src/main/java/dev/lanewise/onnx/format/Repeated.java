package dev.lanewise.onnx.format;

import dev.lanewise.Shape;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/// The numbers of a repeated field, in the order in which they come: one in a field, or many packed into one.
///
/// Room is made for those that are there; packed ones are counted first.
///
/// @param <A> an array of numbers
abstract sealed class Repeated<A> {

  private static final int FEWEST = 4;

  /// The numbers, from the front.
  A values;
  private int count;

  private Repeated(A empty) {
    values = empty;
  }

  /// Adds the field's numbers.
  abstract void read(WireReader field) throws FormatException;

  /// {@return where to put so many more numbers}
  int reserve(int more) {
    if (count + more > Array.getLength(values)) {
      values = copy(grown(more));
    }
    count += more;
    return count - more;
  }

  /// Exactly as long as needed the first time: mostly all numbers come packed at once.
  private int grown(int more) {
    long least = (long) count + more;
    long wanted = count == 0 && more > 1 ? least : Math.max(FEWEST, Math.max(least, 2L * count));
    return (int) Math.min(Shape.LARGEST_ARRAY, wanted);
  }

  @SuppressWarnings("unchecked")
  private A copy(int length) {
    A copy = (A) Array.newInstance(values.getClass().getComponentType(), length);
    System.arraycopy(values, 0, copy, 0, count);
    return copy;
  }

  /// {@return how many}
  int count() {
    return count;
  }

  /// {@return all, perhaps not copied}
  A toArray() {
    return count == Array.getLength(values) ? values : copy(count);
  }

  private static ByteBuffer packed(WireReader field, int bytes) throws FormatException {
    ByteBuffer packed = field.block();
    if (packed.remaining() % bytes != 0) {
      throw field.fault("field " + field.field() + " packs " + packed.remaining() + " bytes, expected a multiple of "
          + bytes);
    }
    return packed;
  }

  /// Integers.
  static final class Longs extends Repeated<long[]> {

    Longs() {
      super(new long[0]);
    }

    @Override
    void read(WireReader field) throws FormatException {
      if (field.isBlock()) {
        WireReader packed = field.message("packed integers");
        for (int at = reserve(packed.countVarints()); packed.hasMore(); at++) {
          values[at] = packed.rawVarint();
        }
      } else {
        int at = reserve(1);
        values[at] = field.varint();
      }
    }
  }

  /// Floats.
  static final class Floats extends Repeated<float[]> {

    Floats() {
      super(new float[0]);
    }

    @Override
    void read(WireReader field) throws FormatException {
      if (field.isBlock()) {
        ByteBuffer packed = packed(field, Float.BYTES);
        int more = packed.remaining() / Float.BYTES;
        int at = reserve(more);
        packed.asFloatBuffer().get(values, at, more);
      } else {
        int at = reserve(1);
        values[at] = field.fixedFloat();
      }
    }
  }

  /// Doubles.
  static final class Doubles extends Repeated<double[]> {

    Doubles() {
      super(new double[0]);
    }

    @Override
    void read(WireReader field) throws FormatException {
      if (field.isBlock()) {
        ByteBuffer packed = packed(field, Double.BYTES);
        int more = packed.remaining() / Double.BYTES;
        int at = reserve(more);
        packed.asDoubleBuffer().get(values, at, more);
      } else {
        int at = reserve(1);
        values[at] = field.fixedDouble();
      }
    }
  }
}
