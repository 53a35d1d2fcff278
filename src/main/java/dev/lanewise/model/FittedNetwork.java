package dev.lanewise.model;

import dev.lanewise.Layer;
import dev.lanewise.LossOps;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.model.table.Sequences;
import dev.lanewise.nn.Folding;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Standardization;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A trained network with what precedes and follows it.
///
/// @param network the architecture's layers, between standardized numbers
/// @param theta their parameters
/// @param inputs the standardizer of inputs, if any
/// @param targets the standardizer that outputs are inverted with, if any
/// @param imputer replaces missing values of inputs, if they may be missing
/// @param names of features and outputs
record FittedNetwork(Architecture architecture, Sequential network, Parameters theta, Optional<Standardizer> inputs,
    Optional<Standardizer> targets, Optional<Imputer> imputer, Names names) {

  private static final long NUMBERS = 1 << 22;

  /// The network's outputs for `x`, in new memory: standardized numbers, or logits. Rows are processed in slices, which
  /// bounds memory.
  Tensor outputs(Tensor x, Object owner, Workspace ws) {
    Tensor given = Doors.inputs(architecture, imputer, names, x, owner, "x");
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

  /// The same with batch normalizations folded into the layers before them: for outputs alone.
  FittedNetwork forInference() {
    if (!network.mixesSamplesInTraining()) {
      return this;
    }
    Folding folded = Folding.fold(network, theta);
    return new FittedNetwork(architecture, folded.network(), folded.theta(), inputs, targets, imputer, names);
  }

  /// How many rows at once: the widest layer has about `NUMBERS` outputs.
  private int slice(Shape sample) {
    long widest = sample.size();
    Shape shape = sample.prepend(1);
    for (Layer layer : network.layers()) {
      shape = layer.outputShape(shape);
      widest = Math.max(widest, shape.size());
    }
    return (int) Math.max(1, NUMBERS / widest);
  }

  /// The layers from raw inputs to outputs in the targets' units, with standardization as layers.
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

  static FittedNetwork of(Architecture architecture, Parameters theta, Task task, String owner) {
    if (architecture.task() != task) {
      throw new IllegalArgumentException(owner + ": the architecture is " + architecture + ", expected a "
          + task.name().toLowerCase(Locale.ROOT));
    }
    Sequential network = architecture.network();
    theta.requireOf(network, "theta");
    requireParameters(network.parameters(), theta, owner, "theta's ");
    return new FittedNetwork(architecture, network, Parameters.of(network.parameters(), theta.flat().copy()),
        Optional.empty(), Optional.empty(), Optional.empty(), Names.none());
  }

  /// Checks that parameters are finite, and variances among them not negative.
  static void requireParameters(ParameterSpec spec, Parameters theta, Object owner, String what) {
    for (int index = 0; index < theta.count(); index++) {
      String name = spec.entries().get(index).name();
      theta.get(index).requireFinite(owner, what + name);
      if (name.endsWith(".running_var")) {
        LossOps.requireNotNegative(theta.get(index), owner, what + name);
      }
    }
  }

  Regressor regressor(String owner) {
    requireTask(Task.REGRESSION, owner);
    return new Regressor(this);
  }

  Classifier classifier(String owner) {
    requireTask(Task.CLASSIFICATION, owner);
    return new Classifier(this);
  }

  private void requireTask(Task task, String owner) {
    if (architecture.task() != task) {
      throw new IllegalStateException(owner + ": the model is a " + architecture.task() + ", expected a " + task);
    }
  }

  FittedNetwork withInputs(Standardizer other, Object owner) {
    requireColumns(other.columns(), other.isOfChannels(), other, owner);
    if (architecture instanceof SequenceArchitecture sequence && sequence.hasLengths()) {
      Sequences.requireLengthAsItIs(other, owner);
    }
    return new FittedNetwork(architecture, network, theta, Optional.of(other), targets, imputer, names);
  }

  FittedNetwork withTargets(Standardizer other, Object owner) {
    if (other.columns() != architecture.outputs() || other.isOfChannels()) {
      throw new IllegalArgumentException(
          owner + ": targets have " + other + ", expected " + architecture.outputs() + " columns");
    }
    return new FittedNetwork(architecture, network, theta, inputs, Optional.of(other), imputer, names);
  }

  FittedNetwork withImputer(Imputer other, Object owner) {
    requireColumns(other.columns(), other.isOfChannels(), other, owner);
    return new FittedNetwork(architecture, network, theta, inputs, targets, Optional.of(other), names);
  }

  private void requireColumns(int columns, boolean ofChannels, Object found, Object owner) {
    boolean channels = architecture instanceof CnnArchitecture;
    if (columns != Doors.columns(architecture) || ofChannels != channels) {
      throw new IllegalArgumentException(owner + ": inputs have " + found + ", expected " + Doors.columns(architecture)
          + (channels ? " channels" : " columns"));
    }
  }

  FittedNetwork withNames(Names other, Object owner) {
    other.requireOf(architecture, owner);
    return new FittedNetwork(architecture, network, theta, inputs, targets, imputer, other);
  }
}
