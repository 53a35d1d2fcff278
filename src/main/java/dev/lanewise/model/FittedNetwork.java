package dev.lanewise.model;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
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
    Architecture architecture, Sequential network, Parameters theta, Optional<Standardizer> inputs, Optional<Standardizer> targets) {

  /// The network's outputs for `x`, in new memory: standardized numbers, or logits.
  Tensor outputs(Tensor x, Object owner, Workspace ws) {
    Doors.requireMatrix(x, architecture.features(), owner, "x");
    int mark = ws.mark();
    Tensor outputs = network.forward(Doors.prepared(x, inputs, theta.precision(), owner, "x"), theta, ws).copy();
    ws.release(mark);
    return outputs;
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
    return new Standardization(standardizer.mean().toDoubles(), standardizer.sd().toDoubles(), inverse);
  }
}
