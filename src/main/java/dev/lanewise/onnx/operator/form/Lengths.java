package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// Lengths of axes that integers give.
final class Lengths {

  private Lengths() {}

  /// {@return these lengths}
  ///
  /// @throws Refusal for one that is negative, or none at all
  static int[] of(Call call, Integers lengths) {
    requireAxis(call, lengths);
    int[] dims = new int[lengths.values().length];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = call.small(lengths.values()[axis], "the length of axis " + axis);
      if (dims[axis] < 0) {
        throw call.refusal("axis " + axis + " would be " + dims[axis] + " long, expected a length");
      }
    }
    return dims;
  }

  /// Checks that integers lie along one axis.
  static void requireAxis(Call call, Integers integers) {
    if (integers.rank() != 1 || integers.batch() >= 0) {
      throw call.refusal("integers have dims " + Arrays.toString(integers.dims()) + ", expected one axis");
    }
  }

  /// {@return the axis whose length depends on the batch's, or −1}
  ///
  /// @throws Refusal if there are several
  static int batch(Call call, Integers lengths) {
    int batch = -1;
    for (int axis = 0; axis < lengths.values().length; axis++) {
      batch = batch(call, lengths, axis) ? one(call, batch, axis) : batch;
    }
    return batch;
  }

  /// {@return whether the length of an axis depends on the batch's}
  ///
  /// @throws Refusal if it depends on it, but is no multiple of it
  static boolean batch(Call call, Integers lengths, int axis) {
    if (lengths.isOfBatch(axis) && !lengths.growsWithBatch(axis)) {
      throw call.refusal("the length of axis " + axis + " is " + lengths.values()[axis] + " for one sample and "
          + lengths.ofMany()[axis] + " for " + Integers.MANY + ", expected one that grows with the batch");
    }
    return lengths.isOfBatch(axis);
  }

  /// {@return the refusal of a merged or cut axis of integers that holds the batch}
  static Refusal integersForEach(Call call) {
    return call.refusal("integers of which there is one for each sample would be cut or merged, expected another axis");
  }

  /// {@return an axis whose length depends on the batch's}
  ///
  /// @param before the axis found before, or −1
  /// @throws Refusal if that is another one
  static int one(Call call, int before, int axis) {
    if (before >= 0 && before != axis) {
      throw call.refusal("the lengths of axes " + before + " and " + axis
          + " depend on the length of the batch, expected at most one");
    }
    return axis;
  }

  /// Checks that an operation does not go along the batch.
  static void requireApart(Call call, Value value, int axis) {
    if (axis == value.batch()) {
      throw call.refusal("axis " + axis + " of " + text(value)
          + " is the batch's, expected another: samples would mix");
    }
  }

  /// {@return a value's dims, for messages}
  static String text(Value value) {
    return value instanceof Traced traced ? traced.toString()
        : value instanceof Condition condition ? condition.sign().toString() : Arrays.toString(value.dims());
  }
}
