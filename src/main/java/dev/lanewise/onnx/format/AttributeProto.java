package dev.lanewise.onnx.format;

/// What a node is told beside its inputs.
///
/// @param name for example `axis`
/// @param kind which of the forms it has
/// @param value as the kind says
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
