package dev.lanewise.onnx;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A file that is no ONNX file, or contradicts itself. The message names the file and the fault, both sides of it where
/// there are two.
public final class MalformedOnnxException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedOnnxException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
