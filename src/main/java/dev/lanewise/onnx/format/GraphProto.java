package dev.lanewise.onnx.format;

import java.util.List;

/// A network: nodes, each after those whose outputs it reads.
///
/// @param initializers constants by name; weights are among them
/// @param inputs values from outside; before IR version 4 they include initializers
/// @param values other values whose shapes are declared
public record GraphProto(
    String name, List<NodeProto> nodes, List<TensorProto> initializers, List<ValueInfo> inputs,
    List<ValueInfo> outputs, List<ValueInfo> values) {}
