package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Values that are known when the file is read: `Constant`, `ConstantOfShape`, `Shape`, `Size`, `Range`, `EyeLike`.
final class Constants {

  private Constants() {}

  static Value constant(Call call) {
    if (call.hasAttribute("value")) {
      return of(call, call.tensor("value"));
    }
    if (call.hasAttribute("value_float")) {
      return Numbers.constant(Tensor.of(new float[] {(float) call.number("value_float", 0)}, 1));
    }
    if (call.hasAttribute("value_int")) {
      return Integers.of(ElementType.INT64, new long[] {call.integer("value_int", 0)});
    }
    if (call.hasAttribute("value_floats")) {
      float[] values = call.numberList("value_floats");
      return Numbers.constant(Tensor.of(values, values.length), values.length);
    }
    if (call.hasAttribute("value_ints")) {
      long[] values = call.integerList("value_ints");
      return Integers.of(ElementType.INT64, values, values.length);
    }
    throw call.refusal("it has no value of numbers, expected attribute value, value_float, value_int, value_floats or "
        + "value_ints");
  }

  /// {@return a tensor of the file as a constant}
  private static Value of(Call call, TensorProto tensor) {
    if (tensor.content() == null) {
      throw call.refusal("attribute value has elements of type " + tensor.type()
          + ", expected floating numbers, integers or booleans");
    }
    return tensor.type().isFloating() ? Numbers.constant(tensor.numbers(), tensor.dims())
        : Integers.of(tensor.type(), tensor.integers(), tensor.dims());
  }

  /// With an axis that is as long as the batch, numbers count as computed, so that no operation goes along that axis.
  static Value ofShape(Call call) {
    Integers lengths = call.integers(0);
    int[] dims = Lengths.of(call, lengths);
    int batch = Lengths.batch(call, lengths);
    TensorProto tensor = call.tensor("value");
    Value value = tensor == null ? Numbers.constant(Tensor.zeros(Precision.FLOAT, 1), 1) : of(call, tensor);
    if (Arrays.stream(value.dims()).anyMatch(length -> length != 1)) {
      throw call.refusal("attribute value has dims " + Arrays.toString(value.dims()) + ", expected one element");
    }
    int[] places = new int[call.constantSize(dims)];
    if (value instanceof Integers integers) {
      if (batch >= 0 && dims[batch] != 1) {
        throw Lengths.integersForEach(call);
      }
      long[] all = new long[places.length];
      Arrays.fill(all, integers.values()[0]);
      return new Integers(all, dims, all, batch, integers.type());
    }
    if (batch < 0) {
      return Arranged.pick(value, places, dims);
    }
    int[] inner = Traced.inner(dims, dims[batch] == 1 ? batch : -1);
    return Arranged.of(call.traced(Arranged.pick(value, places, inner)).node(), dims, batch, 1);
  }

  static Value shape(Call call) {
    Value value = call.input(0);
    int rank = value.rank();
    int from = bound(call.integer("start", 0), rank);
    int to = Math.max(from, bound(call.integer("end", rank), rank));
    long[] lengths = Arrays.stream(value.dims(), from, to).asLongStream().toArray();
    long[] ofMany = lengths.clone();
    if (value.batch() >= from && value.batch() < to) {
      ofMany[value.batch() - from] *= Integers.MANY;
    }
    return new Integers(lengths, new int[] {lengths.length}, ofMany, -1, ElementType.INT64);
  }

  private static int bound(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  static Value size(Call call) {
    Value value = call.input(0);
    long size = Arranged.product(value.dims(), value.rank());
    long[] ofMany = {value.batch() < 0 ? size : size * Integers.MANY};
    return new Integers(new long[] {size}, new int[0], ofMany, -1, ElementType.INT64);
  }

  static Value range(Call call) {
    if (call.input(0) instanceof Integers start) {
      long[] of = {one(call, 0), one(call, 1), one(call, 2)};
      int length = length(call, Math.ceil(((double) of[1] - of[0]) / of[2]));
      return Integers.of(start.type(), IntStream.range(0, length).mapToLong(i -> of[0] + i * of[2]).toArray(), length);
    }
    double start = call.number(0);
    double delta = call.number(2);
    Precision precision = call.numbers(0).tensor().precision();
    int length = length(call, Math.ceil((call.number(1) - start) / delta));
    Tensor values = Tensor.zeros(precision, length);
    for (int i = 0; i < length; i++) {
      values.set(i, start + i * delta);
    }
    return Numbers.constant(values, length);
  }

  private static long one(Call call, int input) {
    long[] values = call.fixed(input);
    if (values.length != 1) {
      throw call.refusal("input " + input + " has " + values.length + " integers, expected one");
    }
    return values[0];
  }

  private static int length(Call call, double length) {
    if (!(Math.abs(length) <= Integer.MAX_VALUE)) {
      throw call.refusal("it would have " + length + " elements, expected finite bounds and a step other than 0");
    }
    return call.constantSize((int) Math.max(0, length));
  }

  static Value eyeLike(Call call) {
    Value like = call.input(0);
    int[] dims = like.dims();
    if (dims.length != 2 || like.batch() >= 0) {
      throw call.refusal("input is " + Lengths.text(like) + ", expected a matrix of one sample");
    }
    ElementType type = call.hasAttribute("dtype") ? ElementType.of(call.integer("dtype", 0)) : Arranged.type(like);
    long k = call.integer("k", 0);
    long[] ones = new long[call.constantSize(dims)];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = i % dims[1] == i / dims[1] + k ? 1 : 0;
    }
    return Casts.to(call, Integers.of(ElementType.INT64, ones, dims), type);
  }
}
