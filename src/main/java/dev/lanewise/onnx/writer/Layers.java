package dev.lanewise.onnx.writer;

import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Step;
import dev.lanewise.nn.AvgPool1d;
import dev.lanewise.nn.AvgPool2d;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.GlobalAvgPool;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MaxPool1d;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Reshape;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.nn.Standardization;
import dev.lanewise.nn.block.Blockwise;
import dev.lanewise.nn.block.Embedding;
import dev.lanewise.nn.block.Identity;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.Residual;
import dev.lanewise.nn.block.RmsNorm;
import dev.lanewise.nn.recurrent.Recurrent;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Refusal;
import java.util.List;

/// Writes layers as nodes of the file. A layer that is not listed here is written by its steps, its chain or its
/// branches.
record Layers(FileGraph file) {

  /// @param own the layer's parameters
  /// @param scope the place in the network, for example `/0/inner`
  /// @return the layer's output
  Written write(Layer layer, Written x, Weights own, String scope) {
    Shape result = layer.outputShape(x.shape().prepend(1)).withoutFirst();
    return switch (layer) {
      case Sequential sequential -> chain(sequential.layers(), x, own, scope);
      case Dense dense -> dense(dense, x, own, scope, result);
      case Elementwise elementwise -> Activations.write(file, elementwise.activation(), x, scope);
      case Conv1d conv -> new Windows(file, scope)
          .convolution(conv.window(), 1, conv.groups(), conv.activation(), x, own, result);
      case Conv2d conv -> new Windows(file, scope)
          .convolution(conv.window(), 2, conv.groups(), conv.activation(), x, own, result);
      case MaxPool1d pool -> new Windows(file, scope).maximum(pool.window(), 1, x, result);
      case MaxPool2d pool -> new Windows(file, scope).maximum(pool.window(), 2, x, result);
      case AvgPool1d pool -> new Windows(file, scope).mean(pool.window(), 1, pool.countPadding(), x, result);
      case AvgPool2d pool -> new Windows(file, scope).mean(pool.window(), 2, pool.countPadding(), x, result);
      case GlobalAvgPool _ -> globalMean(x, scope, result);
      case BatchNorm norm -> new Normalizations(file, scope).write(norm, x, own);
      case LayerNorm norm -> new Normalizations(file, scope).write(norm, x, own);
      case RmsNorm norm -> new Normalizations(file, scope).write(norm, x, own);
      case Standardization standardization -> new Normalizations(file, scope).write(standardization, x);
      case Dropout dropout -> x.named(file.node(scope, "Dropout",
          List.of(x.name(), file.number(dropout.rate()))));
      case Flatten _ -> x.named(file.node(scope, "Flatten", List.of(x.name()), Attribute.of("axis", 1L)), result);
      case Reshape _ -> x.named(file.reshape(scope, x.name(), Written.dims(result, true)), result);
      case Softmax _ -> x.named(file.node(scope, "Softmax", List.of(x.name()), Attribute.of("axis", -1L)));
      case LogSoftmax _ -> x.named(file.node(scope, "LogSoftmax", List.of(x.name()), Attribute.of("axis", -1L)));
      case Recurrent recurrent -> new Recurrences(file, scope, recurrent, own).write(x, result);
      case Embedding _ -> embedding(x, own, scope, result);
      case Residual residual -> x.named(file.node(scope, "Add", List.of(x.name(),
          write(residual.inner(), x, own, scope + "/inner").name())));
      case Identity _ -> x;
      case Blockwise blocks -> blocks(blocks, x, own, scope, result);
      default -> other(layer, x, own, scope);
    };
  }

  private Written chain(List<Layer> layers, Written x, Weights own, String scope) {
    List<Weights> parts = own.parts(layers);
    Written value = x;
    for (int at = 0; at < layers.size(); at++) {
      value = write(layers.get(at), value, parts.get(at), scope + "/" + at);
    }
    return value;
  }

  private Written dense(Dense layer, Written x, Weights own, String scope, Shape result) {
    List<String> weights = file.weights(own);
    String z = Expressions.affine(file, scope, x, weights.getFirst(), weights.subList(1, weights.size()));
    return Activations.write(file, layer.activation(), x.named(z, result), scope);
  }

  private Written globalMean(Written x, String scope, Shape result) {
    String mean = file.node(scope, "GlobalAveragePool", List.of(x.name()));
    return x.named(file.node(scope, "Flatten", List.of(mean), Attribute.of("axis", 1L)), result);
  }

  /// Indices are floating numbers, unless the input is only used as indices.
  private Written embedding(Written x, Weights own, String scope, Shape result) {
    String rows = file.node(scope, "Cast", List.of(x.name()), Attribute.of("to", (long) ElementType.INT64.number()));
    return x.named(file.node(scope, "Gather", List.of(file.weight(own, 0), rows), Attribute.of("axis", 0L)), result);
  }

  /// All axes before a block count as its batch.
  private Written blocks(Blockwise layer, Written x, Weights own, String scope, Shape result) {
    if (x.shape().rank() == layer.block().rank()) {
      return write(layer.inner(), x, own, scope);
    }
    Written blocks = x.named(file.reshape(scope, x.name(), open(layer.block())), layer.block());
    Written values = write(layer.inner(), blocks, own, scope);
    return x.named(file.reshape(scope, values.name(), open(result)), result);
  }

  /// The dims of any number of blocks.
  private static int[] open(Shape shape) {
    int[] dims = shape.prepend(0).toArray();
    dims[0] = -1;
    return dims;
  }

  private Written other(Layer layer, Written x, Weights own, String scope) {
    List<Step> steps = Graph.steps(layer);
    if (!steps.isEmpty()) {
      return new Expressions(file, this, scope, steps, layer.parameters(), own).write(x);
    }
    if (!layer.chain().isEmpty()) {
      return chain(layer.chain(), x, own, scope);
    }
    if (layer.branches().isEmpty()) {
      throw new Refusal("layer " + layer + " of " + layer.getClass().getName()
          + " has no form in ONNX, expected one of the library's, or one that is a chain or a sum of those");
    }
    List<Weights> parts = own.parts(layer.branches());
    Written sum = write(layer.branches().getFirst(), x, parts.getFirst(), scope + "/0");
    for (int at = 1; at < parts.size(); at++) {
      Written term = write(layer.branches().get(at), x, parts.get(at), scope + "/" + at);
      sum = sum.named(file.node(scope, "Add", List.of(sum.name(), term.name())));
    }
    return sum;
  }
}
