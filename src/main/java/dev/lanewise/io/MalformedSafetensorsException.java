package dev.lanewise.io;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A file that is not in the safetensors format, or uses an unsupported part of it. The message names the file and the
/// fault, and both sides if there are two.
public final class MalformedSafetensorsException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedSafetensorsException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
