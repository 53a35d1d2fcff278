package dev.lanewise.onnx.writer;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.trace.Refusal;
import java.util.Map;

/// Writes a layer with its parameters as a file.
public final class Export {

  /// The producer that a file names.
  public static final String PRODUCER = "lanewise";

  private static final long IR_VERSION = 8;
  private static final long OPSET = 17;

  private Export() {}

  /// {@return the file of a network}
  ///
  /// @param sample the shape of a sample of its input
  /// @param input the input's name, unless a parameter has it
  /// @param output the output's name, unless a parameter has it
  /// @throws IllegalArgumentException if θ is not the layer's, or the layer does not take such a sample
  /// @throws Refusal if it cannot be written in ONNX
  public static ModelProto of(Layer layer, Parameters theta, Shape sample, String input, String output) {
    return of(layer, theta, sample, Map.of(), input, output);
  }

  /// {@return the file of a network that leaves the length of some axes open}
  ///
  /// @param sample the shape of a sample of its input, 1 where an axis is open
  /// @param open the names of open axes, by their index
  /// @throws IllegalArgumentException if θ is not the layer's, or the layer does not take such a sample
  /// @throws Refusal if it cannot be written in ONNX
  public static ModelProto of(
      Layer layer, Parameters theta, Shape sample, Map<Integer, String> open, String input, String output) {
    theta.requireOf(layer, "theta");
    if (sample.size() == 0) {
      throw new IllegalArgumentException(layer + ": sample has shape " + sample + ", expected no axis of length 0");
    }
    layer.outputShape(sample.prepend(2));
    if (layer.mixesSamples()) {
      throw new Refusal("layer " + layer + " mixes samples, expected one that keeps them apart");
    }
    ParameterSpec spec = layer.parameters();
    Weights own = Weights.of(spec, theta);
    FileGraph file = new FileGraph(theta.isNone() ? Precision.FLOAT : theta.precision(), own.names(), input);
    Written y = new Layers(file).write(layer, Written.batched(file.input(), sample), own, "");
    GraphProto graph = file.end(y, sample, open, output);
    return new ModelProto(IR_VERSION, PRODUCER, Map.of("", OPSET), graph, Map.of(), 0);
  }
}
