package dev.lanewise.onnx.format;

import java.util.List;

/// A network: nodes, each behind those whose outputs it reads.
///
/// @param initializers constants by name; weights are among them
/// @param inputs what is given from outside; before IR version 4 initializers are listed here as well
/// @param values what else a shape is told of
public record GraphProto(
    String name, List<NodeProto> nodes, List<TensorProto> initializers, List<ValueInfo> inputs,
    List<ValueInfo> outputs, List<ValueInfo> values) {}
