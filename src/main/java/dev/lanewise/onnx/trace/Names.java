package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.NodeProto;

/// What layers and parameters of a file are called.
final class Names {

  private static final String WEIGHT = ".weight";

  private Names() {}

  /// {@return the operator with its domain, if that is not ONNX's own}
  static String operator(NodeProto node) {
    return node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
  }

  /// {@return the name of a layer}
  ///
  /// | weight               | node           | layer  |
  /// |----------------------|----------------|--------|
  /// | `encoder.0.weight`   | any            | `encoder.0` |
  /// | `onnx::MatMul_48`    | `/q/MatMul`    | `q`    |
  /// | any                  | none           | `Gemm` |
  static String ofLayer(String weight, NodeProto node) {
    if (weight.endsWith(WEIGHT) && weight.length() > WEIGHT.length()) {
      return weight.substring(0, weight.length() - WEIGHT.length());
    }
    String path = node.name();
    int end = path.lastIndexOf('/');
    String within = end > 0 ? path.substring(path.startsWith("/") ? 1 : 0, end).replace('/', '.') : "";
    if (!within.isEmpty()) {
      return within;
    }
    return path.isEmpty() ? node.operator() : path.replace('/', '.');
  }
}
