package dev.lanewise.onnx;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A network that cannot be read or written without changing its meaning. The message names the file, the node, its
/// operator and version, what is not supported, and what is expected.
public final class UnsupportedOnnxException extends IOException {

  private static final long serialVersionUID = 1;

  UnsupportedOnnxException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
