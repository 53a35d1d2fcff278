package dev.lanewise.onnx.trace;

import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a file declares beside its nodes.
///
/// @param opset the version of its operators
/// @param isOpen whether it leaves the batch's length open: then an axis of declared length 1 is hardly the batch's
/// @param types of the elements of values, by their names
/// @param elements of its initializers in all
public record Facts(long opset, boolean isOpen, Map<String, ElementType> types, long elements) {

  /// {@return the facts of a graph}
  public static Facts of(GraphProto graph, long opset, boolean isOpen) {
    Map<String, ElementType> types = new HashMap<>();
    Stream.of(graph.values(), graph.outputs(), graph.inputs()).flatMap(List::stream)
        .forEach(info -> types.put(info.name(), info.type()));
    long elements = 0;
    for (TensorProto tensor : graph.initializers()) {
      types.put(tensor.name(), tensor.type());
      elements += Arrays.stream(tensor.dims()).asLongStream().reduce(1, (a, b) -> a * b);
    }
    return new Facts(opset, isOpen, types, elements);
  }

  /// {@return the declared type of a value's elements, UNDEFINED where there is none}
  ElementType type(String name) {
    return types.getOrDefault(name, ElementType.UNDEFINED);
  }
}
