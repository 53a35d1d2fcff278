package dev.lanewise.report;

import java.io.IOException;

/// A file or directory that the report cannot use; the message is one line that names it and the fault.
final class Refusal extends IOException {

  private static final long serialVersionUID = 1;

  Refusal(String file, String fault) {
    super(file + ": " + fault);
  }
}
