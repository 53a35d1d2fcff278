package dev.lanewise.onnx.format;

import java.util.List;
import java.util.Map;

/// One operation of a graph.
///
/// @param name may be empty
/// @param operator its type, for example `Gemm`
/// @param domain whose operator it is; empty for ONNX's own
/// @param inputs names of values; empty for an optional one that is left out
/// @param outputs names of values; empty for one that nothing reads
/// @param attributes by name, in the file's order
public record NodeProto(
    String name, String operator, String domain, List<String> inputs, List<String> outputs,
    Map<String, AttributeProto> attributes) {

  /// {@return the node for messages: `node` and its name, or its outputs if it has none}
  public String label() {
    return "node " + (name.isEmpty() ? "of output " + outputs : name);
  }

  /// {@return the node with other inputs and outputs}
  public NodeProto with(List<String> otherInputs, List<String> otherOutputs) {
    return new NodeProto(name, operator, domain, otherInputs, otherOutputs, attributes);
  }
}
