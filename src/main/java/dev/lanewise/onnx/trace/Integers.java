package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.ElementType;

/// Integers or booleans that are known when the network is read: shapes, axes, places, conditions.
///
/// A shape asks how long the batch is. Samples are translated one at a time, so there it is 1; which elements follow
/// from that is remembered, since they may tell the shape of a value, but not what is computed of it.
///
/// @param values the elements, row-major; a boolean as 0 or 1; not written to
/// @param dims the lengths of the axes
/// @param ofBatch for each element whether it follows from the batch's length; null if none does
/// @param type of the elements
public record Integers(long[] values, int[] dims, boolean[] ofBatch, ElementType type) implements Value {

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /// {@return integers that do not follow from the batch's length}
  public static Integers of(ElementType type, long[] values, int... dims) {
    return new Integers(values, dims, null, type);
  }

  /// {@return whether element i follows from the batch's length}
  public boolean isOfBatch(int i) {
    return ofBatch != null && ofBatch[i];
  }

  /// {@return whether any element follows from the batch's length}
  public boolean isOfBatch() {
    if (ofBatch != null) {
      for (boolean each : ofBatch) {
        if (each) {
          return true;
        }
      }
    }
    return false;
  }
}
