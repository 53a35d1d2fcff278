package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// Elements of another type: `Cast`, `CastLike`, `DequantizeLinear`. A network computes in one precision, its caller's,
/// so computed values stay as they are between float and double. A cast to a narrower type would round them, which has
/// no derivative.
final class Casts {

  private static final double TWO_TO_64 = 0x1p64;

  private Casts() {}

  static Value cast(Call call) {
    call.flag("saturate", true); // of float8 alone
    return to(call, call.input(0), ElementType.of(call.integer("to", 0)));
  }

  static Value castLike(Call call) {
    call.flag("saturate", true);
    ElementType said = call.declared(1);
    return to(call, call.input(0), said == ElementType.UNDEFINED ? Arranged.type(call.input(1)) : said);
  }

  /// Constants that are stored as small integers: (x − zero)·scale, for the whole or each part along an axis.
  static Value dequantize(Call call) {
    Integers x = call.integers(0);
    Numbers scale = call.numbers(1);
    long[] zero = call.has(2) ? call.fixed(2) : new long[scale.tensor().size()];
    int axis = scale.tensor().size() == 1 ? 0 : call.axis(call.integer("axis", 1), x.rank());
    int parts = scale.tensor().size();
    if (call.integer("block_size", 0) != 0 || zero.length != parts || parts != 1 && parts != x.dims()[axis]
        || x.isOfBatch() || x.batch() >= 0) {
      throw call.refusal("it has " + parts + " scales and " + zero.length + " zero points for "
          + Lengths.text(x) + ", expected one of both, or one for each part along axis " + axis);
    }
    int inner = parts == 1 ? 1 : Arranged.strides(x.dims())[axis];
    Tensor values = Tensor.zeros(scale.tensor().precision(), Traced.inner(x.dims(), -1));
    for (int i = 0; i < values.size(); i++) {
      int part = i / inner % parts;
      values.set(i, (x.values()[i] - zero[part]) * scale.tensor().get(part));
    }
    return Numbers.constant(values, x.dims());
  }

  /// {@return the value as elements of this type}
  static Value to(Call call, Value value, ElementType type) {
    if (!type.isFloating() && !type.isInteger()) {
      throw call.refusal("it casts to " + type + ", expected floating numbers, integers or BOOL");
    }
    return switch (value) {
      case Traced _ when type == ElementType.FLOAT || type == ElementType.DOUBLE -> value;
      case Traced traced when type == ElementType.BOOL -> new Condition(traced.with(isNotZero(traced.node())));
      case Condition _ when type == ElementType.BOOL -> value;
      case Condition condition when type == ElementType.FLOAT || type == ElementType.DOUBLE -> condition.numbers();
      case Traced _, Condition _ -> throw call.refusal("it casts a computed value to " + type
          + ", which rounds it, expected FLOAT or DOUBLE");
      case Numbers numbers -> type.isFloating() ? rounded(numbers, type) : truncated(numbers, type);
      case Integers integers when type.isFloating() -> forEach(call, integers, floating(call, integers, type));
      case Integers integers -> new Integers(wrapped(integers.values(), type), integers.dims(),
          wrapped(integers.ofMany(), type), integers.batch(), type);
    };
  }

  /// Above 0 unless a number is 0; NaN is not 0.
  private static Node isNotZero(Node node) {
    Node yes = node.constant(1);
    return node.abs().select(yes, node.abs().plus(1).select(node.constant(0), yes));
  }

  private static Numbers rounded(Numbers numbers, ElementType type) {
    Precision precision = type == ElementType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
    Tensor from = numbers.tensor();
    boolean half = type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
    if (from.precision() == precision && !half) {
      return numbers;
    }
    Tensor to = Tensor.zeros(precision, from.shape());
    for (int i = 0; i < to.size(); i++) {
      to.set(i, half ? half(from.get(i), type) : from.get(i));
    }
    return numbers.with(to, numbers.dims());
  }

  /// The nearest half. A double is first rounded to a float, to odd, so that it cannot become a tie between two
  /// halves.
  private static float half(double value, ElementType type) {
    float near = (float) value;
    if (near != value && Float.isFinite(near) && (Float.floatToRawIntBits(near) & 1) == 0) {
      near = near < value ? Math.nextUp(near) : Math.nextDown(near);
    }
    if (type == ElementType.FLOAT16) {
      return Float.float16ToFloat(Float.floatToFloat16(near));
    }
    int bits = Float.floatToRawIntBits(near);
    int even = bits + 0x7fff + (bits >>> 16 & 1);
    return Float.isNaN(near) ? Float.NaN : Float.intBitsToFloat(even & 0xffff0000);
  }

  private static Integers truncated(Numbers numbers, ElementType type) {
    long[] values = new long[numbers.tensor().size()];
    for (int i = 0; i < values.length; i++) {
      double value = numbers.tensor().get(i);
      boolean high = type == ElementType.UINT64 && value >= 0x1p63;
      values[i] = type == ElementType.BOOL ? value != 0 ? 1 : 0
          : Folding.wrapped(type, high ? (long) (value - TWO_TO_64) : (long) value);
    }
    return Integers.of(type, values, numbers.dims());
  }

  private static Numbers floating(Call call, Integers integers, ElementType type) {
    if (integers.isOfBatch()) {
      throw call.refusal("it makes floating numbers of the length of the batch, expected integers without it");
    }
    Tensor values = Tensor.zeros(type == ElementType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT,
        Traced.inner(integers.dims(), -1));
    for (int i = 0; i < values.size(); i++) {
      long value = integers.values()[i];
      boolean high = integers.type() == ElementType.UINT64 && value < 0;
      values.set(i, high ? value + TWO_TO_64 : type == ElementType.DOUBLE ? (double) value : (float) value);
    }
    return rounded(Numbers.constant(values, integers.dims()), type);
  }

  /// Numbers with one element for each sample count as computed, so that no operation goes along the batch.
  private static Value forEach(Call call, Integers integers, Numbers numbers) {
    int batch = integers.batch();
    return batch < 0 ? numbers
        : Arranged.of(call.traced(numbers).node(), numbers.dims(), batch, 1);
  }

  private static long[] wrapped(long[] from, ElementType type) {
    return Arrays.stream(from).map(value -> Folding.wrapped(type, value)).toArray();
  }
}
