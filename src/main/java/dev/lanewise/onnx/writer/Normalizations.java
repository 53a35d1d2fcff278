package dev.lanewise.onnx.writer;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Standardization;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.RmsNorm;
import dev.lanewise.onnx.format.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Normalizations.
record Normalizations(FileGraph file, String scope) {

  Written write(BatchNorm layer, Written x, Weights own) {
    return x.named(file.node(scope, "BatchNormalization", file.inputs(x, own),
        Attribute.of("epsilon", (float) layer.epsilon()), Attribute.of("momentum", (float) (1 - layer.momentum()))));
  }

  Written write(LayerNorm layer, Written x, Weights own) {
    List<String> inputs = own.names().isEmpty() ? List.of(x.name(), ones(layer.normalized())) : file.inputs(x, own);
    return x.named(file.node(scope, "LayerNormalization", inputs,
        Attribute.of("axis", (long) -layer.normalized().rank()), Attribute.of("epsilon", (float) layer.epsilon())));
  }

  private String ones(Shape shape) {
    Tensor ones = Tensor.zeros(Precision.DOUBLE, shape);
    ones.fill(1);
    return file.numbers(ones);
  }

  /// x·(1/√(m(x²) + ε)), which has no operator in this version.
  Written write(RmsNorm layer, Written x, Weights own) {
    String square = file.node(scope, "Mul", List.of(x.name(), x.name()));
    int[] last = IntStream.range(-layer.normalized().rank(), 0).toArray();
    String mean = file.node(scope, "ReduceMean", List.of(square), Attribute.list("axes", last),
        Attribute.of("keepdims", 1L));
    String moved = file.node(scope, "Add", List.of(mean, file.number(layer.epsilon())));
    String r = file.node(scope, "Reciprocal", List.of(file.node(scope, "Sqrt", List.of(moved))));
    String scaled = file.node(scope, "Mul", List.of(x.name(), r));
    return x.named(own.names().isEmpty() ? scaled
        : file.node(scope, "Mul", List.of(scaled, file.weights(own).getFirst())));
  }

  /// In double in either precision, as the layer computes: floats far from 0 are too far apart.
  Written write(Standardization layer, Written x) {
    int[] dims = new int[layer.ofChannels() ? x.shape().rank() : 1];
    Arrays.fill(dims, 1);
    dims[0] = layer.mean().length;
    double[] deviations = Arrays.stream(layer.sd())
        .map(sd -> sd == 0 && !layer.inverse() ? Double.POSITIVE_INFINITY : sd).toArray();
    String mean = file.doubles(layer.mean(), dims);
    String deviation = file.doubles(deviations, dims);
    String value = cast(x.name(), ElementType.DOUBLE);
    if (layer.inverse()) {
      value = file.node(scope, "Add", List.of(file.node(scope, "Mul", List.of(value, deviation)), mean));
    } else {
      value = file.node(scope, "Div", List.of(file.node(scope, "Sub", List.of(value, mean)), deviation));
    }
    return x.named(cast(value, ElementType.FLOAT));
  }

  private String cast(String value, ElementType to) {
    return file.precision() == Precision.DOUBLE ? value
        : file.node(scope, "Cast", List.of(value), Attribute.of("to", (long) to.number()));
  }
}
