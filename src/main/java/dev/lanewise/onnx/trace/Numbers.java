package dev.lanewise.onnx.trace;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// Floating numbers that never change: a weight, which will be a parameter, or a constant, which will not.
///
/// @param tensor the elements under `dims`, `[1]` where there are none; not written to
/// @param name of the initializer that it comes from; empty for a constant
public record Numbers(Tensor tensor, int[] dims, String name) implements Value {

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /// {@return a constant}
  public static Numbers constant(Tensor tensor, int... dims) {
    return new Numbers(tensor, dims, "");
  }

  /// {@return whether it is to be a parameter: it comes from an initializer of more than one element}
  public boolean isParameter() {
    return !name.isEmpty() && tensor.size() > 1;
  }

  /// {@return whether it is one number that stays what it is}
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

  /// {@return other elements that come from the same initializer}
  public Numbers with(Tensor other, int... otherDims) {
    return new Numbers(other, otherDims, name);
  }
}
