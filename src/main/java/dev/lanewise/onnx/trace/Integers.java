package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.ElementType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Integers or booleans that are known when the network is read: shapes, axes, places, conditions.
///
/// A shape asks how long the batch is. Samples are translated one at a time, so there it is 1; beside that, each
/// integer is computed as it would be of [#MANY] samples. What differs follows from the length of the batch: it may
/// tell the shape of a value if it grows with the batch, but not what is computed of it.
///
/// @param values the elements, row-major; a boolean as 0 or 1; not written to
/// @param dims the lengths of the axes, the batch at length 1
/// @param ofMany what the elements are of many samples; the values themselves where none differs
/// @param batch the axis along which there are as many as the batch has samples, all the same; −1 where there is none
/// @param type of the elements
public record Integers(long[] values, int[] dims, long[] ofMany, int batch, ElementType type) implements Value {

  /// Of how many samples integers are computed beside one: a length that no file is likely to name.
  public static final int MANY = 211;

  /// Integers none of which follows from the batch's length have one array.
  public Integers {
    ofMany = Arrays.equals(values, ofMany) ? values : ofMany;
  }

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /// {@return integers that do not follow from the batch's length}
  public static Integers of(ElementType type, long[] values, int... dims) {
    return new Integers(values, dims, values, -1, type);
  }

  /// {@return other integers of the same type, by a function of the elements}
  public Integers map(int[] otherDims, int otherBatch, UnaryOperator<long[]> f) {
    long[] mapped = f.apply(values);
    return new Integers(mapped, otherDims, isOfBatch() ? f.apply(ofMany) : mapped, otherBatch, type);
  }

  /// {@return the same elements under other dims}
  public Integers reshape(int[] otherDims, int otherBatch) {
    return new Integers(values, otherDims, ofMany, otherBatch, type);
  }

  /// {@return whether element i follows from the batch's length}
  public boolean isOfBatch(int i) {
    return ofMany[i] != values[i];
  }

  /// {@return whether any element follows from the batch's length}
  public boolean isOfBatch() {
    return ofMany != values;
  }

  /// {@return whether element i is so many times the batch's length}
  public boolean growsWithBatch(int i) {
    return isOfBatch(i) && ofMany[i] == values[i] * MANY;
  }
}
