package dev.lanewise.onnx.format;

import java.util.List;
import java.util.Optional;

/// What a value is: its elements and its shape.
///
/// @param type [ElementType#UNDEFINED] where it is no tensor, or nothing is said
/// @param shape empty where nothing is said of it
public record ValueInfo(String name, ElementType type, Optional<List<Dimension>> shape) {

  /// The length of an axis.
  ///
  /// @param length −1 where it is not said
  /// @param symbol what it is called where it is open, for example `batch`; may be empty
  public record Dimension(long length, String symbol) {

    /// {@return an axis of this length}
    public static Dimension of(long length) {
      return new Dimension(length, "");
    }

    /// {@return an axis whose length is not said}
    public static Dimension open(String symbol) {
      return new Dimension(-1, symbol);
    }
  }
}
