package dev.lanewise.onnx.format;

import java.util.List;
import java.util.Map;

/// One operation.
///
/// @param name may be empty
/// @param operator its type, for example `Gemm`
/// @param domain whose operator it is; empty for ONNX's own
/// @param inputs names of values; empty for an optional one that is left out
/// @param outputs names of values; empty for one that nobody wants
/// @param attributes by name, in the file's order
public record NodeProto(
    String name, String operator, String domain, List<String> inputs, List<String> outputs,
    Map<String, AttributeProto> attributes) {

  /// {@return the node with other inputs and outputs}
  public NodeProto with(List<String> otherInputs, List<String> otherOutputs) {
    return new NodeProto(name, operator, domain, otherInputs, otherOutputs, attributes);
  }
}
