package dev.lanewise.onnx;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A file that is not ONNX, or contradicts itself. The message names the file and the fault, with what was found and
/// what was expected.
public final class MalformedOnnxException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedOnnxException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
