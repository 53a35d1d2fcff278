package dev.lanewise.onnx.trace;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Known floating numbers: a weight, which becomes a parameter, or a constant.
///
/// @param tensor the elements under `dims`, `[1]` where there are none; not written to
/// @param name of the initializer; empty for a constant
public record Numbers(Tensor tensor, int[] dims, String name) implements Value {

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /// {@return a constant}
  public static Numbers constant(Tensor tensor, int... dims) {
    return new Numbers(tensor, dims, "");
  }

  /// {@return whether it becomes a parameter: it comes from an initializer of more than one element}
  public boolean isParameter() {
    return !name.isEmpty() && tensor.size() > 1;
  }

  /// {@return whether it is a single number, which stays constant}
  public boolean isSingle() {
    return tensor.size() == 1;
  }

  /// {@return the first element: of a constant, the number that is [Meant]}
  public double meant() {
    boolean isFloat = name.isEmpty() && tensor.precision() == Precision.FLOAT;
    return isFloat ? Meant.of((float) tensor.get(0)) : tensor.get(0);
  }

  /// {@return the same elements under other dims}
  public Numbers reshape(int... other) {
    return new Numbers(tensor.reshape(other.length == 0 ? new int[] {1} : other), other, name);
  }

  /// {@return other elements of the same initializer}
  public Numbers with(Tensor other, int... otherDims) {
    return new Numbers(other, otherDims, name);
  }
}
