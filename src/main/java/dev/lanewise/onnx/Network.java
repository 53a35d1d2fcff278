package dev.lanewise.onnx;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;
import java.util.Objects;

/// A network that was read from a file: a layer, its parameters, its inputs and its output.
///
/// @param layer stateless, for operators and for training
/// @param parameters its parameters, under the file's names where they are the file's tensors
/// @param inputs the inputs of the file that x consists of, in this order
/// @param output the value of the file that y is
/// @param inputShape the shape of a sample: the input's without its batch, or `[n]` for several inputs
/// @param outputShape the shape of a sample's output
public record Network(
    Layer layer, Parameters parameters, List<String> inputs, String output, Shape inputShape, Shape outputShape) {

  /// @throws NullPointerException if a part is missing
  public Network {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(inputShape, "inputShape");
    Objects.requireNonNull(outputShape, "outputShape");
    inputs = List.copyOf(inputs);
  }

  /// {@return y of each sample, `[batch, …]`, in new memory}
  ///
  /// @param x `[batch, …]`, in the parameters' precision
  /// @throws IllegalArgumentException if it has another shape or precision
  public Tensor forward(Tensor x) {
    return forward(x, new Workspace()).copy();
  }

  /// {@return y of each sample, in the workspace's memory: for loops that allocate nothing}
  ///
  /// @throws IllegalArgumentException if x has another shape or precision
  public Tensor forward(Tensor x, Workspace ws) {
    return layer.forward(x, parameters, ws);
  }

  /// Inputs and output, for example `Network[x [3, 8, 8] → y [5], 187 parameters]`.
  @Override
  public String toString() {
    return "Network[" + String.join(", ", inputs) + " " + inputShape + " → " + output + " " + outputShape + ", "
        + (parameters.isNone() ? 0 : parameters.flat().size()) + " parameters]";
  }
}
