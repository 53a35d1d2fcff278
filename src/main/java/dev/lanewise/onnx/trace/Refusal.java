package dev.lanewise.onnx.trace;

/// A network that cannot be translated. The message says which node, why, and what is expected; the caller prefixes the
/// file's name.
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param fault what was found and what is expected
  public Refusal(String fault) {
    super(fault);
  }
}
