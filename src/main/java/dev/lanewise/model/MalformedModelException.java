package dev.lanewise.model;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A file that is a valid safetensors file, but not the model or checkpoint that was asked for. The message names the
/// file and both sides.
public final class MalformedModelException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedModelException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
