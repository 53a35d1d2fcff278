package dev.lanewise.onnx.format;

/// An attribute of a node.
///
/// @param name for example `axis`
/// @param kind the form of its value
/// @param value of the kind's class
public record AttributeProto(String name, Kind kind, Object value) {

  /// The forms of an attribute, by ONNX's numbers (`AttributeProto.AttributeType`), and the class of its value.
  public enum Kind {
    /// `Float`.
    FLOAT(1),
    /// `Long`.
    INT(2),
    /// `String`.
    STRING(3),
    /// [TensorProto].
    TENSOR(4),
    /// `float[]`.
    FLOATS(6),
    /// `long[]`.
    INTS(7),
    /// `List<String>`.
    STRINGS(8),
    /// A subgraph, a sparse tensor, a type, or several: not read. The value is `null`.
    OTHER(0);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /// {@return ONNX's number}
    public int number() {
      return number;
    }
  }
}
