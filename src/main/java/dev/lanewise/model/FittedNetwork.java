package dev.lanewise.model;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Folding;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Standardization;
import dev.lanewise.train.data.Standardizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A trained network with what belongs before and behind it.
///
/// @param network the architecture's layers, between standardized numbers
/// @param theta their parameters
/// @param inputs what is applied to inputs, if anything
/// @param targets what is inverted on outputs, if anything
record FittedNetwork(
    Architecture architecture, Sequential network, Parameters theta, Optional<Standardizer> inputs,
    Optional<Standardizer> targets) {

  private static final long NUMBERS = 1 << 22;

  /// The network's outputs for `x`, in new memory: standardized numbers, or logits. Many rows are taken in slices, so
  /// that what lies between layers stays in bounds.
  Tensor outputs(Tensor x, Object owner, Workspace ws) {
    Tensor given = Doors.inputs(architecture, x, owner, "x");
    Tensor prepared = Doors.prepared(given, inputs, theta.precision(), owner, "x");
    Shape sample = prepared.shape().withoutFirst();
    int rows = prepared.shape().dim(0);
    int slice = slice(sample);
    Tensor outputs = Tensor.zeros(theta.precision(), rows, architecture.outputs());
    for (int from = 0; from < rows; from += slice) {
      int count = Math.min(slice, rows - from);
      int mark = ws.mark();
      Tensor part = network.forward(ws.view(prepared, from * sample.size(), count, sample), theta, ws);
      outputs.slice(from, count).copyFrom(part);
      ws.release(mark);
    }
    return outputs;
  }

  /// The same without batch normalizations, which are folded into the layers before them: only for outputs.
  FittedNetwork forInference() {
    if (!network.mixesSamplesInTraining()) {
      return this;
    }
    Folding folded = Folding.fold(network, theta);
    return new FittedNetwork(architecture, folded.network(), folded.theta(), inputs, targets);
  }

  /// How many rows at once: their widest layer has some `NUMBERS` outputs.
  private int slice(Shape sample) {
    long widest = sample.size();
    Shape shape = sample.prepend(1);
    for (Layer layer : network.layers()) {
      shape = layer.outputShape(shape);
      widest = Math.max(widest, shape.size());
    }
    return (int) Math.max(1, NUMBERS / widest);
  }

  /// The layers from inputs as they are to outputs in the targets' units: what standardizes is a layer as well.
  Sequential whole() {
    List<Layer> layers = new ArrayList<>();
    inputs.ifPresent(standardizer -> layers.add(layer(standardizer, false)));
    layers.addAll(network.layers());
    targets.ifPresent(standardizer -> layers.add(layer(standardizer, true)));
    return new Sequential(layers);
  }

  private static Layer layer(Standardizer standardizer, boolean inverse) {
    return new Standardization(
        standardizer.mean().toDoubles(), standardizer.sd().toDoubles(), inverse, standardizer.isOfChannels());
  }
}
