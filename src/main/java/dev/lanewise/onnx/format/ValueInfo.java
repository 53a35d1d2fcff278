package dev.lanewise.onnx.format;

import java.util.List;
import java.util.Optional;

/// The declaration of a value: the type of its elements and its shape.
///
/// @param type [ElementType#UNDEFINED] if it is no tensor, or not declared
/// @param shape empty if it is not declared
public record ValueInfo(String name, ElementType type, Optional<List<Dimension>> shape) {

  /// The length of an axis.
  ///
  /// @param length −1 if it is open
  /// @param symbol the name of an open axis, for example `batch`; may be empty
  public record Dimension(long length, String symbol) {

    /// {@return an axis of this length}
    public static Dimension of(long length) {
      return new Dimension(length, "");
    }

    /// {@return an axis of open length}
    public static Dimension open(String symbol) {
      return new Dimension(-1, symbol);
    }
  }
}
