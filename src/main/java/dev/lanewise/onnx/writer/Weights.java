package dev.lanewise.onnx.writer;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A layer's parameters, by the names that the whole network gives them, in the order of the layer's own.
///
/// @param names the whole network's
/// @param values as many
record Weights(List<String> names, List<Tensor> values) {

  static Weights of(ParameterSpec spec, Parameters theta) {
    List<Tensor> values = new ArrayList<>();
    for (int index = 0; index < spec.entries().size(); index++) {
      values.add(theta.get(index));
    }
    return new Weights(spec.entries().stream().map(ParameterSpec.Entry::name).toList(), values);
  }

  /// Those of a layer whose first one is at `from`.
  Weights of(Layer layer, int from) {
    int to = from + layer.parameters().entries().size();
    return new Weights(names.subList(from, to), values.subList(from, to));
  }

  /// Those of layers, behind each other.
  List<Weights> parts(List<Layer> layers) {
    List<Weights> parts = new ArrayList<>();
    int from = 0;
    for (Layer layer : layers) {
      Weights part = of(layer, from);
      parts.add(part);
      from += part.names.size();
    }
    return parts;
  }
}
