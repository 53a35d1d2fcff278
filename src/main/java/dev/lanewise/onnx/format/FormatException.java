package dev.lanewise.onnx.format;

import java.io.IOException;

/// Bytes that are no ONNX file, or a part of one that is not read. The message says what was found and expected;
/// whoever knows the file's name puts it before.
public final class FormatException extends IOException {

  private static final long serialVersionUID = 1;

  public FormatException(String fault) {
    super(fault);
  }

  /// {@return this fault, told of what it was found in}
  FormatException in(String place) {
    FormatException told = new FormatException(place + ": " + getMessage());
    told.setStackTrace(getStackTrace());
    return told;
  }
}
