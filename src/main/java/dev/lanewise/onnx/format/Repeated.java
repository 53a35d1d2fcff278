package dev.lanewise.onnx.format;

import dev.lanewise.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The numbers of a repeated field, in the order in which they come: one in a field, or many packed into one.
///
/// Room is made for those that are there; of packed ones they are counted first.
final class Repeated {

  private static final int FEWEST = 4;

  private Repeated() {}

  /// Integers.
  static final class Longs {

    private long[] values = {};
    private int count;

    /// {@return `to`, or a new one where that is null, and the field's numbers behind what it has}
    static Longs read(WireReader field, Longs to) throws FormatException {
      Longs longs = to == null ? new Longs() : to;
      if (field.isBlock()) {
        WireReader packed = field.message("packed integers");
        longs.reserve(packed.countVarints());
        while (packed.hasMore()) {
          longs.values[longs.count] = packed.rawVarint();
          longs.count++;
        }
      } else {
        longs.reserve(1);
        longs.values[longs.count] = field.varint();
        longs.count++;
      }
      return longs;
    }

    private void reserve(int more) {
      values = count + more > values.length ? Arrays.copyOf(values, grown(count, more)) : values;
    }

    /// {@return how many}
    int count() {
      return count;
    }

    /// {@return all, perhaps not copied}
    long[] toArray() {
      return count == values.length ? values : Arrays.copyOf(values, count);
    }
  }

  /// Floats.
  static final class Floats {

    private float[] values = {};
    private int count;

    /// {@return `to`, or a new one where that is null, and the field's numbers behind what it has}
    static Floats read(WireReader field, Floats to) throws FormatException {
      Floats floats = to == null ? new Floats() : to;
      if (field.isBlock()) {
        ByteBuffer packed = packed(field, Float.BYTES);
        int more = packed.remaining() / Float.BYTES;
        floats.reserve(more);
        packed.asFloatBuffer().get(floats.values, floats.count, more);
        floats.count += more;
      } else {
        float value = field.fixedFloat();
        floats.reserve(1);
        floats.values[floats.count] = value;
        floats.count++;
      }
      return floats;
    }

    private void reserve(int more) {
      values = count + more > values.length ? Arrays.copyOf(values, grown(count, more)) : values;
    }

    /// {@return how many}
    int count() {
      return count;
    }

    /// {@return all, perhaps not copied}
    float[] toArray() {
      return count == values.length ? values : Arrays.copyOf(values, count);
    }
  }

  /// Doubles.
  static final class Doubles {

    private double[] values = {};
    private int count;

    /// {@return `to`, or a new one where that is null, and the field's numbers behind what it has}
    static Doubles read(WireReader field, Doubles to) throws FormatException {
      Doubles doubles = to == null ? new Doubles() : to;
      if (field.isBlock()) {
        ByteBuffer packed = packed(field, Double.BYTES);
        int more = packed.remaining() / Double.BYTES;
        doubles.reserve(more);
        packed.asDoubleBuffer().get(doubles.values, doubles.count, more);
        doubles.count += more;
      } else {
        double value = field.fixedDouble();
        doubles.reserve(1);
        doubles.values[doubles.count] = value;
        doubles.count++;
      }
      return doubles;
    }

    private void reserve(int more) {
      values = count + more > values.length ? Arrays.copyOf(values, grown(count, more)) : values;
    }

    /// {@return how many}
    int count() {
      return count;
    }

    /// {@return all, perhaps not copied}
    double[] toArray() {
      return count == values.length ? values : Arrays.copyOf(values, count);
    }
  }

  private static ByteBuffer packed(WireReader field, int bytes) throws FormatException {
    ByteBuffer packed = field.block();
    if (packed.remaining() % bytes != 0) {
      throw field.fault("field " + field.field() + " packs " + packed.remaining() + " bytes, expected a multiple of "
          + bytes);
    }
    return packed;
  }

  /// Exactly as long as needed the first time: mostly all numbers come packed at once.
  private static int grown(int count, int more) {
    long least = (long) count + more;
    long wanted = count == 0 && more > 1 ? least : Math.max(FEWEST, Math.max(least, 2L * count));
    return (int) Math.min(Shape.LARGEST_ARRAY, wanted);
  }
}
