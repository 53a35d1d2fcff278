package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A node's attributes, and which of them its rule has asked for: what it has not asked for it does not know, and that
/// is refused.
final class Attributes {

  private final Call call;
  private final Map<String, AttributeProto> attributes;
  private final Set<String> known = new TreeSet<>();

  Attributes(Call call, Map<String, AttributeProto> attributes) {
    this.call = call;
    this.attributes = attributes;
  }

  private Object get(String name, Kind kind) {
    known.add(name);
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.kind() != kind) {
      throw call.refusal("attribute " + name + " is of kind " + attribute.kind() + ", expected " + kind);
    }
    return attribute == null ? null : attribute.value();
  }

  boolean has(String name) {
    known.add(name);
    return attributes.containsKey(name);
  }

  long integer(String name, long otherwise) {
    Object value = get(name, Kind.INT);
    return value == null ? otherwise : (Long) value;
  }

  double number(String name, double otherwise) {
    Object value = get(name, Kind.FLOAT);
    return value == null ? otherwise : Meant.of((Float) value);
  }

  String text(String name, String otherwise) {
    Object value = get(name, Kind.STRING);
    return value == null ? otherwise : (String) value;
  }

  /// Null where it is left out.
  long[] integers(String name) {
    Object value = get(name, Kind.INTS);
    return value == null ? null : ((long[]) value).clone();
  }

  float[] numbers(String name) {
    Object value = get(name, Kind.FLOATS);
    return value == null ? null : ((float[]) value).clone();
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String name) {
    return (List<String>) get(name, Kind.STRINGS);
  }

  TensorProto tensor(String name) {
    return (TensorProto) get(name, Kind.TENSOR);
  }

  /// One of these, by its place among them.
  String choice(String name, String... choices) {
    String value = text(name, choices[0]);
    if (!Arrays.asList(choices).contains(value)) {
      throw call.refusal("attribute " + name + " is \"" + value + "\", expected one of " + Arrays.toString(choices));
    }
    return value;
  }

  void requireAllKnown() {
    for (String name : attributes.keySet()) {
      if (!known.contains(name)) {
        throw call.refusal("attribute " + name + " is not supported, expected of " + known);
      }
    }
  }
}
