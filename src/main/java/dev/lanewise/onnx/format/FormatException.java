package dev.lanewise.onnx.format;

import java.io.IOException;

/// Bytes that are not an ONNX file, or a part of one that is not read. The message says what was found and what was
/// expected; the caller prefixes the file's name.
public final class FormatException extends IOException {

  private static final long serialVersionUID = 1;

  public FormatException(String fault) {
    super(fault);
  }

  /// {@return this fault, prefixed with the part of the file that has it}
  FormatException in(String place) {
    FormatException told = new FormatException(place + ": " + getMessage());
    told.setStackTrace(getStackTrace());
    return told;
  }
}
