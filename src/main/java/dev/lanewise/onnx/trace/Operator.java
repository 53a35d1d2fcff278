package dev.lanewise.onnx.trace;

/// How an operator of ONNX is translated.
@FunctionalInterface
public interface Operator {

  /// {@return the value of the node's first output} A rule for an operator of several outputs gives the others to
  /// [Call#output].
  ///
  /// @throws Refusal for what is not supported; never an approximation
  Value apply(Call call);
}
