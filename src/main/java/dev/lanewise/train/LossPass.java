package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;

/// The mean loss of a network over samples of a set, and its gradient: linearize, the loss's cotangent, pull. The
/// forward and backward pass of the slides' Example 1, for many samples at once.
///
/// Many samples are processed in slices, one after the other, which bounds memory, unless a layer mixes samples.
final class LossPass {

  private static final int MOST = 1024;
  private static final int LEAST = 32;
  private static final int NUMBERS = 1 << 22;

  private final Layer network;
  private final Loss loss;
  private final Parameters theta;
  private final Workspace ws;
  private final Dataset data;
  private final Shape input;
  private final Shape target;
  private final Shape weight = Shape.of();
  private final int slice;
  private final int trainingSlice;

  LossPass(Layer network, Loss loss, Parameters theta, Dataset data, Workspace ws) {
    this.network = network;
    this.loss = loss;
    this.theta = theta;
    this.ws = ws;
    this.data = data;
    this.input = data.inputs().shape().withoutFirst();
    this.target = data.targets().shape().withoutFirst();
    int bounded = slice(network, input.prepend(1));
    this.slice = network.mixesSamples() ? data.samples() : bounded;
    this.trainingSlice = network.mixesSamplesInTraining() ? data.samples() : bounded;
  }

  /// How many samples at once: the widest layer has about `NUMBERS` outputs.
  private static int slice(Layer network, Shape sample) {
    Shape shape = sample;
    int widest = Math.max(1, sample.size());
    for (Layer layer : network.chain()) {
      shape = layer.outputShape(shape);
      widest = Math.max(widest, shape.size());
    }
    return Math.clamp(NUMBERS / widest, LEAST, MOST);
  }

  static void requireParameters(Layer network, Parameters theta) {
    ParameterSpec spec = network.parameters();
    if (spec.size() == 0 || !theta.flat().shape().is(1, spec.size()) || theta.spec().size() != spec.size()) {
      throw new IllegalArgumentException("Trainer: parameters are " + theta.flat().shape() + ", expected [1, "
          + spec.size() + "] of the network, and at least one");
    }
    theta.requireOf(network, "parameters");
    theta.flat().requireFinite("Trainer", "parameters");
  }

  static void requireFit(Layer network, Loss loss, Parameters theta, Dataset data) {
    if (data.precision() != theta.precision()) {
      throw new IllegalArgumentException("Trainer: " + data + ", expected " + theta.precision()
          + " as the parameters are");
    }
    loss.requireTargets(theta.precision(), network.outputShape(data.inputs().shape()), data.targets(), data.weights());
  }

  /// The mean over all samples, in inference.
  double value() {
    ws.endTraining();
    double total = 0;
    for (int from = 0; from < data.samples(); from += slice) {
      int count = Math.min(slice, data.samples() - from);
      ws.reset();
      Tensor outputs = network.forward(rows(data.inputs(), input, from, count), theta, ws);
      total += loss.value(outputs, rows(data.targets(), target, from, count), weights(from, count),
          scale(outputs, count, data.samples()), ws);
    }
    return total;
  }

  /// The mean over all samples; adds its gradient to `thetaBar`.
  ///
  /// @param draws the seed of layers that draw, where `training`
  double gradient(Parameters thetaBar, boolean training, long draws) {
    double total = 0;
    int step = training ? trainingSlice : slice;
    for (int from = 0; from < data.samples(); from += step) {
      int count = Math.min(step, data.samples() - from);
      begin(training, draws + from);
      total += pull(rows(data.inputs(), input, from, count), rows(data.targets(), target, from, count),
          weights(from, count), count, data.samples(), thetaBar);
    }
    return total;
  }

  /// The mean over the samples of `order` from `first` on; adds its gradient to `thetaBar`.
  ///
  /// @param draws the seed of layers that draw
  double gradient(int[] order, int first, int samples, Parameters thetaBar, long draws) {
    double total = 0;
    int step = Math.min(trainingSlice, samples);
    for (int from = 0; from < samples; from += step) {
      int count = Math.min(step, samples - from);
      begin(true, draws + from);
      Tensor x = gathered(data.inputs(), input, order, first + from, count);
      Tensor y = gathered(data.targets(), target, order, first + from, count);
      Tensor w = data.weights().isNone() ? data.weights()
          : gathered(data.weights(), weight, order, first + from, count);
      total += pull(x, y, w, count, samples, thetaBar);
    }
    return total;
  }

  private void begin(boolean training, long draws) {
    ws.reset();
    if (training) {
      ws.beginTraining(draws);
    } else {
      ws.endTraining();
    }
  }

  private double pull(Tensor x, Tensor y, Tensor w, int count, int of, Parameters thetaBar) {
    Linearization at = network.linearize(x, theta, ws);
    Tensor outputs = at.output();
    Tensor outputsBar = ws.tensor(outputs.precision(), outputs.shape());
    double value = loss.valueAndGradient(outputs, y, w, scale(outputs, count, of), outputsBar, ws);
    at.vjp(ws.view(outputsBar, 0, 1, outputs.shape()), Tensor.none(), thetaBar);
    return value;
  }

  /// 1/(the number of rows of `of` samples), where `outputs` has the rows of `count` samples.
  private static double scale(Tensor outputs, int count, int of) {
    return 1 / ((double) (outputs.shape().rows() / count) * of);
  }

  private Tensor weights(int from, int count) {
    return data.weights().isNone() ? data.weights() : rows(data.weights(), weight, from, count);
  }

  private Tensor rows(Tensor all, Shape row, int from, int count) {
    return count == data.samples() ? all : ws.view(all, from * row.size(), count, row);
  }

  private Tensor gathered(Tensor all, Shape row, int[] order, int from, int count) {
    Tensor batch = ws.tensor(all.precision(), count, row);
    RowOps.gather(all, order, from, count, batch);
    return batch;
  }
}
