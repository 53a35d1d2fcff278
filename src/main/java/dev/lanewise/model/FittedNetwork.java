package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Standardizer;
import java.util.Optional;

/// A trained network with what belongs before and behind it.
///
/// @param network the architecture's layers
/// @param theta their parameters
/// @param inputs what is applied to inputs, if anything
/// @param targets what is inverted on outputs, if anything
record FittedNetwork(
    Architecture architecture, Sequential network, Parameters theta, Optional<Standardizer> inputs, Optional<Standardizer> targets) {

  /// The network's outputs for `x`, in new memory: standardized numbers, or logits.
  Tensor outputs(Tensor x, Object owner, Workspace ws) {
    Doors.requireMatrix(x, architecture.features(), owner, "x");
    int mark = ws.mark();
    Tensor prepared = inputs.map(standardizer -> standardizer.apply(x)).orElse(x);
    Tensor outputs = network.forward(prepared.precision() == theta.precision() ? prepared : prepared.to(theta.precision()), theta, ws).copy();
    ws.release(mark);
    return outputs;
  }
}
