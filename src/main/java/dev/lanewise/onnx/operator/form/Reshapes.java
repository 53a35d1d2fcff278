package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;

/// `Reshape`: the same elements under other dims. It finds the axis that holds the batch.
///
/// | of `[B, 3, 4]` to | is            | as                                                   |
/// |-------------------|---------------|------------------------------------------------------|
/// | `[0, 12]`         | `[B, 12]`     | 0 keeps an axis                                      |
/// | `[b, −1]`         | `[B, 12]`     | b depends on the batch's length, by `Shape`          |
/// | `[−1, 12]`        | `[B, 12]`     | no other axis depends on it                          |
/// | `[−1, 4]`         | `[B·3, 4]`    | likewise; such an axis can be split again            |
/// | `[1, 12]`         | `[B, 12]`     | the file was made of one sample                      |
/// | `[1, −1]`         | `[B, 12]`     | likewise; `[1, B·12]` if the file leaves B open      |
/// | `[4, −1]`         |               | refused: samples would mix                           |
final class Reshapes {

  private final Call call;
  private final Value value;
  private final int[] dims;
  private int open = -1;
  private int batch = -1;

  private Reshapes(Call call, Value value, int rank) {
    this.call = call;
    this.value = value;
    this.dims = new int[rank];
  }

  static Value reshape(Call call) {
    Value value = call.input(0);
    Integers target = call.integers(1);
    Lengths.requireAxis(call, target);
    boolean zeros = call.opset() >= 14 && call.flag("allowzero", false);
    Reshapes reshape = new Reshapes(call, value, target.values().length);
    for (int axis = 0; axis < reshape.dims.length; axis++) {
      reshape.read(axis, target, zeros);
    }
    reshape.complete(target);
    if (value.batch() >= 0) {
      reshape.findBatch();
    } else if (reshape.batch >= 0) {
      throw reshape.refusal(target, "no length that depends on the batch's");
    }
    return Arranged.reshape(call, value, reshape.dims, reshape.batch);
  }

  private void read(int axis, Integers target, boolean zeros) {
    long length = target.values()[axis];
    if (length == 0 && !zeros) {
      if (axis >= value.rank() || target.isOfBatch(axis)) {
        throw refusal(target, "no 0 at axis " + axis);
      }
      dims[axis] = value.dims()[axis];
      batch = axis == value.batch() ? Lengths.one(call, batch, axis) : batch;
    } else if (length == -1 && open < 0 && !target.isOfBatch(axis)) {
      open = axis;
      dims[axis] = 1;
    } else if (length < 0) {
      throw refusal(target, "lengths, and −1 at most once");
    } else {
      dims[axis] = call.small(length, "the length of axis " + axis);
      batch = Lengths.batch(call, target, axis) ? Lengths.one(call, batch, axis) : batch;
    }
  }

  private void complete(Integers target) {
    long size = Arranged.product(value.dims(), value.rank());
    long others = 1;
    for (int length : dims) {
      others = Math.multiplyExact(others, length);
    }
    if (open >= 0 && others > 0 && size % others == 0) {
      dims[open] = (int) (size / others);
      others *= dims[open];
    }
    if (others != size) {
      throw refusal(target, size + " elements");
    }
  }

  /// Finds the axis that holds the batch where the target does not tell. If the file leaves the batch's length open, it
  /// is the axis that is open here, else one of length 1.
  private void findBatch() {
    long before = Arranged.before(value);
    boolean left = open >= 0 && Arranged.holds(dims, open, before);
    if (batch < 0 && left && call.trace().facts().isOpen()) {
      batch = open;
    }
    if (batch < 0 && !(call.trace().facts().isOpen() && open >= 0)) {
      batch = ofLength1(before);
    }
    if (batch < 0 && left) {
      batch = open;
    }
    if (batch < 0) {
      throw Arranged.acrossAxes(call, value, dims);
    }
  }

  /// An axis of length 1 that can hold the batch: the same axis as before if possible, else the first.
  private int ofLength1(long before) {
    int found = -1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (dims[axis] == 1 && Arranged.product(dims, axis) == before && (found < 0 || found != value.batch())) {
        found = axis;
      }
    }
    return found;
  }

  private Refusal refusal(Integers target, String expected) {
    return call.refusal("it reshapes " + Lengths.text(value) + " to " + Arrays.toString(target.values())
        + ", expected " + expected);
  }
}
