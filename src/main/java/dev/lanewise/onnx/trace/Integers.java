package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.ElementType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Integers or booleans that are known when the network is read: shapes, axes, indices, conditions.
///
/// Some follow from the length of the batch, which `Shape` asks for. Samples are translated one at a time, so the batch
/// is 1 long; beside that, each integer is computed as it would be for [#MANY] samples. Where the two differ, the
/// integer depends on the length of the batch: it may then be the length of an axis that grows with the batch, but
/// nothing else may be computed from it.
///
/// @param values the elements, row-major; a boolean as 0 or 1; not written to
/// @param dims the lengths of the axes, the batch at length 1
/// @param ofMany the elements for [#MANY] samples; the same array as `values` where none differs
/// @param batch the axis that is as long as the batch, with equal elements along it; −1 where there is none
/// @param type of the elements
public record Integers(long[] values, int[] dims, long[] ofMany, int batch, ElementType type) implements Value {

  /// The number of samples, beside 1, that integers are computed for: a length that files are unlikely to use.
  public static final int MANY = 211;

  /// Shares one array where no element depends on the batch's length.
  public Integers {
    ofMany = Arrays.equals(values, ofMany) ? values : ofMany;
  }

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /// {@return integers that do not depend on the batch's length}
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

  /// {@return whether element i depends on the batch's length}
  public boolean isOfBatch(int i) {
    return ofMany[i] != values[i];
  }

  /// {@return whether any element depends on the batch's length}
  public boolean isOfBatch() {
    return ofMany != values;
  }

  /// {@return whether element i is a multiple of the batch's length}
  public boolean growsWithBatch(int i) {
    return isOfBatch(i) && ofMany[i] == values[i] * MANY;
  }
}
