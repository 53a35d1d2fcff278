package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// Lengths of axes that are told by integers.
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

  /// {@return the axis whose length follows from the batch's, or −1}
  ///
  /// @throws Refusal if there are several
  static int batch(Call call, Integers lengths) {
    int batch = -1;
    for (int axis = 0; axis < lengths.values().length; axis++) {
      batch = batch(call, lengths, axis) ? one(call, batch, axis) : batch;
    }
    return batch;
  }

  /// {@return whether the length of an axis follows from the batch's}
  ///
  /// @throws Refusal if it is not so many times that
  static boolean batch(Call call, Integers lengths, int axis) {
    if (lengths.isOfBatch(axis) && !lengths.growsWithBatch(axis)) {
      throw call.refusal("the length of axis " + axis + " is " + lengths.values()[axis] + " of one sample and "
          + lengths.ofMany()[axis] + " of " + Integers.MANY + ", expected one that grows with the batch");
    }
    return lengths.isOfBatch(axis);
  }

  /// {@return that integers are asked for of which the batch makes more than one for each sample}
  static Refusal integersForEach(Call call) {
    return call.refusal("integers of which there is one for each sample would be cut or merged, expected another axis");
  }

  /// {@return the second of two axes that follow from the batch's length}
  ///
  /// @param before an axis, or −1
  /// @throws Refusal if there is another one before
  static int one(Call call, int before, int axis) {
    if (before >= 0 && before != axis) {
      throw call.refusal("the lengths of axes " + before + " and " + axis
          + " follow from the length of the batch, expected one of them at most");
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
