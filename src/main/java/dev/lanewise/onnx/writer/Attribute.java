package dev.lanewise.onnx.writer;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;
import java.util.List;

/// Attributes of nodes.
final class Attribute {

  private Attribute() {}

  static AttributeProto of(String name, long value) {
    return new AttributeProto(name, Kind.INT, value);
  }

  static AttributeProto of(String name, float value) {
    return new AttributeProto(name, Kind.FLOAT, value);
  }

  static AttributeProto of(String name, String value) {
    return new AttributeProto(name, Kind.STRING, value);
  }

  static AttributeProto of(String name, List<String> values) {
    return new AttributeProto(name, Kind.STRINGS, values);
  }

  static AttributeProto of(String name, TensorProto value) {
    return new AttributeProto(name, Kind.TENSOR, value);
  }

  static AttributeProto list(String name, int... values) {
    return new AttributeProto(name, Kind.INTS, Arrays.stream(values).asLongStream().toArray());
  }
}
