package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The attributes of a [Call]. An attribute that its rule has not asked for is not supported, and is refused.
abstract sealed class Attributes permits Call {

  private final Map<String, AttributeProto> attributes;
  private final Set<String> known = new TreeSet<>();

  Attributes(Map<String, AttributeProto> attributes) {
    this.attributes = attributes;
  }

  /// {@return a refusal of the node}
  public abstract Refusal refusal(String fault);

  private Object get(String name, Kind kind) {
    known.add(name);
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.kind() != kind) {
      throw refusal("attribute " + name + " is of kind " + attribute.kind() + ", expected " + kind);
    }
    return attribute == null ? null : attribute.value();
  }

  /// {@return whether an attribute is given}
  public boolean hasAttribute(String name) {
    known.add(name);
    return attributes.containsKey(name);
  }

  /// {@return an integer attribute}
  public long integer(String name, long otherwise) {
    Object value = get(name, Kind.INT);
    return value == null ? otherwise : (Long) value;
  }

  /// {@return whether an integer attribute is not 0}
  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  /// {@return a floating attribute, as it is [Meant]}
  public double number(String name, double otherwise) {
    Object value = get(name, Kind.FLOAT);
    return value == null ? otherwise : Meant.of((Float) value);
  }

  /// {@return a text attribute}
  public String text(String name, String otherwise) {
    Object value = get(name, Kind.STRING);
    return value == null ? otherwise : (String) value;
  }

  /// {@return a text attribute that is one of these, the first where it is left out}
  public String choice(String name, String... choices) {
    String value = text(name, choices[0]);
    if (!Arrays.asList(choices).contains(value)) {
      throw refusal("attribute " + name + " is \"" + value + "\", expected one of " + Arrays.toString(choices));
    }
    return value;
  }

  /// {@return an attribute of several integers, null where it is left out}
  public long[] integerList(String name) {
    Object value = get(name, Kind.INTS);
    return value == null ? null : ((long[]) value).clone();
  }

  /// {@return an attribute of several numbers, null where it is left out}
  public float[] numberList(String name) {
    Object value = get(name, Kind.FLOATS);
    return value == null ? null : ((float[]) value).clone();
  }

  /// {@return an attribute of several texts, null where it is left out}
  @SuppressWarnings("unchecked")
  public List<String> textList(String name) {
    return (List<String>) get(name, Kind.STRINGS);
  }

  /// {@return an attribute that is a tensor, null where it is left out}
  public TensorProto tensor(String name) {
    return (TensorProto) get(name, Kind.TENSOR);
  }

  void requireAllKnown() {
    for (String name : attributes.keySet()) {
      if (!known.contains(name)) {
        throw refusal("attribute " + name + " is not supported, expected one of " + known);
      }
    }
  }
}
