package dev.lanewise.model;

import dev.lanewise.file.Excerpt;
import java.io.IOException;

/// A valid safetensors file that is not the model or checkpoint asked for. The message names the file and both sides.
public final class MalformedModelException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedModelException(String source, String fault) {
    super(source + ": " + Excerpt.ofMessage(fault));
  }
}
