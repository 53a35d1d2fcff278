package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.ops.Window;
import dev.lanewise.train.Batches;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.Random;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Networks by this library and by PyTorch, interleaved as in [GemmPeersBenchmark]: an LSTM over 50 steps, its value and its value with the
/// gradient by its parameters; and a step of training a small convolutional network. Float, one thread.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 0)
@Measurement(iterations = 15, time = 1, timeUnit = MILLISECONDS)
public class NetworkPeersBenchmark {

  /// Nanoseconds in this round, by contestant.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Round {
    public double lanewise;
    public double torch;
  }

  private static final int TIME = 50;
  private static final int CLASSES = 10;
  private static final double RATE = 1e-3;
  /// Batches of an epoch of ours, which draws them anew.
  private static final int EPOCH = 16;

  /// `lstm`, inputs and units; or `cnn`, rows and columns of an image.
  @Param({"lstm 32-64", "lstm 128-128", "cnn 8x8", "cnn 28x28"})
  public String network;

  @Param({"1", "32"})
  public int batch;

  /// VALUE and GRADIENT for an LSTM, STEP for a CNN.
  @Param({"VALUE", "GRADIENT", "STEP"})
  public String pass;

  private Turns turns;

  @Setup
  public void prepare() {
    Torch.useOneThread();
    System.out.println("[machine] torch: " + Torch.description());
    String[] words = network.split("[ x-]");
    turns = words[0].equals("lstm")
        ? lstm(Integer.parseInt(words[1]), Integer.parseInt(words[2]))
        : cnn(Integer.parseInt(words[1]));
  }

  private static Tensor random(int... dims) {
    Random random = new Random(5);
    Tensor tensor = Tensor.zeros(Precision.FLOAT, dims);
    for (int at = 0; at < tensor.size(); at++) {
      tensor.set(at, random.nextGaussian());
    }
    return tensor;
  }

  private Turns lstm(int in, int hidden) {
    Layer layer = new Lstm(in, hidden);
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.FLOAT, 1);
    Parameters thetaBar = Parameters.zeros(layer.parameters(), Precision.FLOAT);
    Tensor x = random(batch, TIME, in);
    Tensor u = random(batch, TIME, hidden);
    Tensor yBar = u.reshape(1, batch, TIME, hidden);
    Workspace ws = new Workspace();
    TorchLstm torch = new TorchLstm(in, hidden, theta, x, u);
    if (pass.equals("VALUE")) {
      return new Turns(0, new Turn(() -> value(layer, x, theta, ws), () -> { }),
          new Turn(torch::value, () -> Torch.check("output", value(layer, x, theta, ws), torch.output())));
    }
    Runnable gradient = () -> {
      ws.reset();
      thetaBar.flat().fill(0);
      Linearization at = layer.linearize(x, theta, ws);
      at.vjp(yBar, Tensor.none(), thetaBar);
    };
    gradient.run();
    Tensor[] expected = new Tensor[theta.count()];
    for (int at = 0; at < expected.length; at++) {
      expected[at] = thetaBar.get(at).copy();
    }
    return new Turns(0, new Turn(gradient, () -> { }), new Turn(torch::gradient, () -> {
      for (int at = 0; at < expected.length; at++) {
        Torch.check("gradient " + at, expected[at], torch.gradient(at));
      }
    }));
  }

  private static Tensor value(Layer layer, Tensor x, Parameters theta, Workspace ws) {
    ws.reset();
    return layer.forward(x, theta, ws);
  }

  private Turns cnn(int size) {
    Window window = Window.of(3).withPadding(1);
    Layer layer = Sequential.of(new Conv2d(1, 16, window, Activation.RELU), MaxPool2d.of(2),
        new Conv2d(16, 32, window, Activation.RELU), MaxPool2d.of(2), new Flatten(), new Dense(32 * (size / 4) * (size / 4), CLASSES));
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.FLOAT, 1);
    Tensor x = random(batch, 1, size, size);
    long[] labels = LongStream.range(0, batch).map(sample -> sample % CLASSES).toArray();
    TorchCnn torch = new TorchCnn(size, RATE, theta, x, labels);
    Torch.check("logits", value(layer, x, theta, new Workspace()), torch.logits());
    int samples = EPOCH * batch;
    Tensor images = random(samples, 1, size, size);
    Tensor classes = Tensor.zeros(Precision.FLOAT, samples);
    for (int sample = 0; sample < samples; sample++) {
      classes.set(sample, sample % CLASSES);
    }
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.adam()).withRate(RATE)
        .withBatches(Batches.shuffled(batch)).withEpochs(Integer.MAX_VALUE);
    Trainer trainer = new Trainer(
        layer, theta, Loss.softmaxCrossEntropy(), new Dataset(images, classes), options, new Workspace());
    return new Turns(0, new Turn(trainer::step, () -> { }), new Turn(torch::step, () -> { }));
  }

  @Benchmark
  public void round(Round times) {
    turns.take();
    times.lanewise = turns.nanos(0);
    times.torch = turns.nanos(1);
  }
}
