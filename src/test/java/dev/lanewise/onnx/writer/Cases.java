package dev.lanewise.onnx.writer;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
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
import dev.lanewise.nn.block.Embedding;
import dev.lanewise.nn.block.Identity;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.MultiHeadAttention;
import dev.lanewise.nn.block.Parallel;
import dev.lanewise.nn.block.Parallel.Joining;
import dev.lanewise.nn.block.Residual;
import dev.lanewise.nn.block.RmsNorm;
import dev.lanewise.nn.recurrent.Gru;
import dev.lanewise.nn.recurrent.InitialState;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.nn.recurrent.Recurrence;
import dev.lanewise.nn.recurrent.Recurrent;
import dev.lanewise.nn.recurrent.Rnn;
import dev.lanewise.ops.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A network with what it takes: each layer of the library in the variants that are written differently.
///
/// @param whole whether the input has whole numbers
/// @param lengths up to which whole number the last one of each sample goes; 0 where it is as the others
record Cases(Layer layer, Shape sample, int whole, int lengths) {

  private static final Activation GELU = Activation.GELU;

  Cases(Layer layer, int... sample) {
    this(layer, Shape.of(sample), 0, 0);
  }

  static List<Cases> all() {
    List<Cases> all = new ArrayList<>(plain());
    all.addAll(images());
    all.addAll(sequences());
    all.addAll(blocks());
    return all;
  }

  private static List<Cases> plain() {
    List<Cases> all = new ArrayList<>();
    for (Activation phi : Activation.values()) {
      all.add(new Cases(new Dense(3, 4, phi), 3));
      all.add(new Cases(new Elementwise(phi), 2, 3));
    }
    all.add(new Cases(new Dense(3, 4, false, Activation.TANH), 3));
    all.add(new Cases(new Dense(3, 1), 3));
    all.add(new Cases(Sequential.of(new Dense(3, 8, GELU), Sequential.of(new Dropout(0.3), new Dense(8, 2)),
        new Softmax()), 3));
    all.add(new Cases(new LogSoftmax(), 4));
    all.add(new Cases(new Flatten(), 2, 3, 2));
    all.add(new Cases(new Flatten(), 5));
    all.add(new Cases(new Reshape(3, 2, 1), 6));
    all.add(new Cases(new Standardization(new double[] {1.7e9, -2, 0.5}, new double[] {200, 0, 0.1}), 3));
    all.add(new Cases(new Standardization(new double[] {1.7, -2, 0.5}, new double[] {200, 0, 0.1}, true), 2, 3));
    all.add(new Cases(new Standardization(new double[] {1, -2}, new double[] {3, 0.2}, false, true), 2, 3, 2));
    return all;
  }

  private static List<Cases> images() {
    Window strided = new Window(3, 2, 2, 1, 1, 0, 1, 2);
    Window padded = Window.of(2, 3).withStride(2, 2).withPadding(1, 1);
    return List.of(
        new Cases(new Conv2d(2, 4, Window.of(3), Activation.RELU), 2, 5, 4),
        new Cases(new Conv2d(2, 4, strided, 2, false, GELU, Initializer.uniform(1)), 2, 6, 5),
        new Cases(new Conv1d(2, 3, Window.line(3).withPadding(1).withDilation(2), Activation.TANH), 2, 7),
        new Cases(MaxPool2d.of(2), 2, 5, 4),
        new Cases(new MaxPool2d(padded.withDilation(1, 2)), 2, 5, 7),
        new Cases(MaxPool2d.of(2), 4, 6),
        new Cases(MaxPool2d.of(2), 2, 3, 4, 4),
        new Cases(MaxPool1d.of(2), 3, 6),
        new Cases(MaxPool1d.of(2), 6),
        new Cases(AvgPool1d.of(3), 2, 2, 7),
        new Cases(new AvgPool2d(padded, true), 2, 5, 4),
        new Cases(new AvgPool2d(padded, false), 2, 5, 4),
        new Cases(new GlobalAvgPool(), 3, 2, 4),
        new Cases(new GlobalAvgPool(), 3, 5),
        new Cases(new BatchNorm(3), 3),
        new Cases(new BatchNorm(3, 0.1, 0.2), 3, 2, 4),
        new Cases(Sequential.of(new Conv2d(1, 3, Window.of(3)), new BatchNorm(3), new Elementwise(Activation.RELU),
            MaxPool2d.of(2), new Flatten(), new Dense(12, 5)), 1, 6, 6));
  }

  private static List<Cases> sequences() {
    return List.of(
        new Cases(new Lstm(3, 4), 5, 3),
        new Cases(new Lstm(3, 4).bidirectional().withLayers(2), 5, 3),
        new Cases(new Lstm(3, 4).withoutBias().lastState(), 5, 3),
        new Cases(new Lstm(3, 4).bidirectional().lastState().withInitialState(InitialState.PARAMETER).withLayers(2),
            5, 3),
        new Cases(new Lstm(2, 3).withInitialState(InitialState.INPUT).withLayers(2), 4 * 2 + 12),
        new Cases(new Lstm(2, 3).bidirectional().withLengths(), Shape.of(5 * 2 + 1), 0, 5),
        new Cases(new Gru(3, 4), 5, 3),
        new Cases(new Gru(3, 4).bidirectional().lastState(), 5, 3),
        new Cases(new Gru(2, 3).withLengths().withInitialState(InitialState.INPUT).lastState(),
            Shape.of(5 * 2 + 3 + 1), 0, 5),
        new Cases(new Gru(3, 4).withInitialState(InitialState.PARAMETER), 5, 3),
        new Cases(new Rnn(3, 4), 5, 3),
        new Cases(new Rnn(3, 4, Activation.RELU).bidirectional().withLayers(2).lastState(), 5, 3),
        new Cases(Sequential.of(new Lstm(3, 4).lastState(), new Dense(4, 2)), 6, 3));
  }

  private static List<Cases> blocks() {
    return List.of(
        new Cases(new Identity(), 3),
        new Cases(new Residual(Sequential.of(new Dense(3, 5, Activation.TANH), new Dense(5, 3))), 3),
        new Cases(Sequential.of(new Dense(4, 4, Activation.RELU), new Residual(new Dense(4, 4, GELU)),
            new Residual(new Residual(new Dense(4, 4)))), 4),
        new Cases(new LayerNorm(4), 4),
        new Cases(new LayerNorm(Shape.of(2, 3), 1e-3, true, false), 3, 2, 3),
        new Cases(new LayerNorm(Shape.of(3), 1e-5, false, false), 2, 3),
        new Cases(new RmsNorm(4), 3, 4),
        new Cases(new RmsNorm(Shape.of(2, 3), 1e-2, false), 2, 3),
        new Cases(new MultiHeadAttention(5, 8, 2), 5, 8),
        new Cases(new MultiHeadAttention(4, 6, 3, true, false), 4, 6),
        new Cases(new MultiHeadAttention(3, 4, 2), 2, 3, 4),
        new Cases(new Parallel(Shape.of(3), Joining.ADD, List.of(new Dense(3, 2, GELU), new Dense(3, 2))), 3),
        new Cases(new Parallel(Shape.of(3), Joining.CONCATENATE, List.of(new Dense(3, 2, GELU), new Dense(3, 1))),
            4, 3),
        new Cases(Sequential.of(new Embedding(7, 4), new LayerNorm(4),
            new Residual(new MultiHeadAttention(3, 4, 2, true))), Shape.of(3), 7, 0),
        new Cases(Graph.layer(Shape.of(3), x -> x.apply("words", new Embedding(7, 2)).times(x.unsqueeze(1))),
            Shape.of(3), 7, 0),
        new Cases(Graph.layer(Shape.of(4), x -> {
          Node z = x.linear("frequencies", 5);
          return Node.concat(z.sin(), z.cos(), x.parameter("own", Shape.of(2), Initializer.uniform(1)));
        }), 4),
        new Cases(Graph.layer(Shape.of(2, 3), x -> x.linear("w", 4).activate(GELU).sum(0)
            .plus(x.parameter("p", Shape.of(3, 1), Initializer.uniform(1)))), 2, 3),
        new Cases(Graph.layer(Shape.of(3), x -> x.constant(2)), 3),
        new Cases(Graph.layer(Shape.of(3), x -> x.times(30).log1p().plus(x.times(1e-6).expm1())), 3));
  }

  /// A batch of two samples.
  Tensor input(Precision precision) {
    Random random = new Random(7);
    Tensor x = Tensor.zeros(precision, sample.prepend(2));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, whole > 0 ? random.nextInt(whole) : random.nextGaussian());
      if (lengths > 0 && (i + 1) % sample.size() == 0) {
        x.set(i, 1 + random.nextInt(lengths));
      }
      if (layer instanceof Standardization standardization && !standardization.inverse()) {
        int feature = standardization.ofChannels() ? i / (sample.size() / sample.dim(0)) % sample.dim(0)
            : i % sample.last();
        x.set(i, standardization.mean()[feature] + x.get(i) * standardization.sd()[feature]);
      }
      if (layer.toString().contains("log1p")) {
        x.set(i, Math.abs(x.get(i)));
      }
    }
    return x;
  }

  /// Parameters, none of which is 0; variances are above it.
  Parameters theta(Precision precision) {
    Parameters theta = Parameters.initialize(layer.parameters(), precision, 3);
    Random random = new Random(5);
    for (int i = 0; i < theta.flat().size(); i++) {
      theta.flat().set(i, theta.flat().get(i) + 0.1 * random.nextDouble());
    }
    return theta;
  }

  /// How a recurrent layer is built up, be it alone or the first; the simplest for others.
  Recurrence recurrence() {
    Layer first = layer instanceof Sequential sequential ? sequential.layers().getFirst() : layer;
    return first instanceof Recurrent recurrent ? recurrent.recurrence() : Recurrence.DEFAULT;
  }

  @Override
  public String toString() {
    return layer + " of " + sample;
  }
}
