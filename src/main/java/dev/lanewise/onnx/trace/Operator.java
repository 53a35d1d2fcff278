package dev.lanewise.onnx.trace;

/// The rule that translates an operator of ONNX.
@FunctionalInterface
public interface Operator {

  /// {@return the value of the node's first output} A rule for an operator of several outputs gives the others to
  /// [Call#output].
  ///
  /// @throws Refusal for anything unsupported; nothing is approximated
  Value apply(Call call);
}
