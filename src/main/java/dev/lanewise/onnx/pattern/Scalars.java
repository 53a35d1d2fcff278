package dev.lanewise.onnx.pattern;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.TensorProto;

/// Constants that a node has without a tensor.
final class Scalars {

  private Scalars() {}

  /// The constant, null for one of another kind.
  static TensorProto of(AttributeProto attribute) {
    return switch (attribute.value()) {
      case Float number when attribute.name().equals("value_float") ->
          new TensorProto("", ElementType.FLOAT, new int[0], Tensor.of(new float[] {number}, 1));
      case Long number when attribute.name().equals("value_int") ->
          new TensorProto("", ElementType.INT64, new int[0], new long[] {number});
      case long[] numbers when attribute.name().equals("value_ints") ->
          new TensorProto("", ElementType.INT64, new int[] {numbers.length}, numbers);
      case null, default -> null;
    };
  }
}
