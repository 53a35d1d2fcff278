package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// Lengths of axes that are told by integers.
final class Lengths {

  private Lengths() {}

  /// {@return these lengths}
  ///
  /// @throws dev.lanewise.onnx.trace.Refusal for one that is negative, or none at all
  static int[] of(Call call, Integers lengths) {
    requireAxis(call, lengths);
    int[] dims = new int[lengths.values().length];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = call.small(lengths.values()[axis], "the length of axis " + axis);
      if (dims[axis] < 0 || dims[axis] == 0 && lengths.isOfBatch(axis)) {
        throw call.refusal("axis " + axis + " would be " + dims[axis] + " long, expected a length");
      }
    }
    return dims;
  }

  /// Checks that integers lie along one axis.
  static void requireAxis(Call call, Integers integers) {
    if (integers.rank() != 1) {
      throw call.refusal("integers have dims " + Arrays.toString(integers.dims()) + ", expected one axis");
    }
  }

  /// {@return the axis whose length follows from the batch's, or −1}
  ///
  /// @throws dev.lanewise.onnx.trace.Refusal if there are several
  static int batch(Call call, Integers lengths) {
    int batch = -1;
    for (int axis = 0; axis < lengths.values().length; axis++) {
      if (lengths.isOfBatch(axis)) {
        batch = one(call, batch, axis);
      }
    }
    return batch;
  }

  /// {@return the second of two axes that follow from the batch's length}
  ///
  /// @param before an axis, or −1
  /// @throws dev.lanewise.onnx.trace.Refusal if there is another one before
  static int one(Call call, int before, int axis) {
    if (before >= 0 && before != axis) {
      throw call.refusal("the lengths of axes " + before + " and " + axis
          + " follow from the length of the batch, expected one of them at most");
    }
    return axis;
  }

  /// {@return a value's dims, for messages}
  static String text(Value value) {
    return value instanceof Traced traced ? traced.toString()
        : value instanceof Condition condition ? condition.sign().toString() : Arrays.toString(value.dims());
  }
}
