package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.NodeProto;
import java.util.List;

/// Names of layers and parameters of a file.
final class Names {

  /// The names that a layer gives its first weight.
  private static final List<String> OWN = List.of("weight", "weight_ih_l0");

  private Names() {}

  /// {@return the operator with its domain, if that is not ONNX's own}
  static String operator(NodeProto node) {
    return node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
  }

  /// {@return the name of a layer}
  ///
  /// | weight               | node           | layer  |
  /// |----------------------|----------------|--------|
  /// | `encoder.0.weight`, `encoder.0.weight_ih_l0` | any | `encoder.0` |
  /// | `weight`, `weight_ih_l0` | any        | none, it is all there is |
  /// | `onnx::MatMul_48`    | `/q/MatMul`    | `q`    |
  /// | any                  | none           | `Gemm` |
  static String ofLayer(String weight, NodeProto node) {
    for (String own : OWN) {
      if (weight.equals(own)) {
        return "";
      } else if (weight.endsWith("." + own)) {
        return weight.substring(0, weight.length() - own.length() - 1);
      }
    }
    String path = node.name().startsWith("/") ? node.name().substring(1) : node.name();
    int end = path.lastIndexOf('/');
    String within = end > 0 ? path.substring(0, end).replace('/', '.') : "";
    if (!within.isEmpty()) {
      return within;
    }
    return path.isEmpty() ? node.operator() : path.replace('/', '.');
  }
}
