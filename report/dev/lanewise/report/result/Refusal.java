package dev.lanewise.report.result;

import java.io.IOException;

/// Refuses a file, directory or argument that the report cannot use; the message is one line that names it and the
/// fault.
public final class Refusal extends IOException {

  private static final long serialVersionUID = 1;

  public Refusal(String file, String fault) {
    super(file + ": " + fault);
  }
}
