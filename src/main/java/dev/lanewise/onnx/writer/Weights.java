package dev.lanewise.onnx.writer;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A layer's parameters in the layer's order, under the whole network's names.
///
/// @param names the whole network's
/// @param values of the same length
record Weights(List<String> names, List<Tensor> values) {

  static Weights of(ParameterSpec spec, Parameters theta) {
    List<Tensor> values = new ArrayList<>();
    for (int index = 0; index < spec.entries().size(); index++) {
      values.add(theta.get(index));
    }
    return new Weights(spec.entries().stream().map(ParameterSpec.Entry::name).toList(), values);
  }

  /// The parameters of a layer, from the index `from` on.
  Weights of(Layer layer, int from) {
    int to = from + layer.parameters().entries().size();
    return new Weights(names.subList(from, to), values.subList(from, to));
  }

  /// The parameters of each of several layers.
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
