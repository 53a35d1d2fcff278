package dev.lanewise.kernel;

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
import dev.lanewise.train.optimizer.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Networks by this library and by PyTorch, interleaved as in [GemmPeersBenchmark]: an LSTM over 50 steps, its value
/// and its value with the gradient by its parameters; and a step of training a small convolutional network or a
/// perceptron. Float, one thread.
///
/// Where PyTorch cannot be loaded, this library takes its turns alone, and `[machine] torch` says why.
public class NetworkPeersBenchmark extends PeersBenchmark {

  /// Nanoseconds in this round, by contestant; [#ABSENT] if it cannot take part.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Round extends Counters {
    public double lanewise;
    public double torch;
  }

  private static final int TIME = 50;
  private static final int CLASSES = 10;
  private static final double RATE = 1e-3;
  /// So large that a step moves parameters by as much as they are.
  private static final double RATE_OF_CHECK = 1;
  /// Batches in an epoch of our trainer, which draws them anew for each.
  private static final int EPOCH = 16;

  /// `lstm`, inputs and units; `cnn`, rows and columns of an image, trained by Adam; or `mlp` and its widths, trained
  /// by SGD.
  @Param({"lstm 32-64", "lstm 128-128", "cnn 8x8", "cnn 28x28", "mlp 64-100-100-10"})
  public String network;

  @Param({"1", "32"})
  public int batch;

  /// VALUE and GRADIENT for an LSTM, STEP for the others.
  @Param({"VALUE", "GRADIENT", "STEP"})
  public String pass;

  private boolean torchIsThere;
  private Turns turns;

  @Setup
  public void prepare() {
    Optional<String> lacking = Torch.lacking();
    torchIsThere = lacking.isEmpty();
    report("torch", lacking.map(why -> "not there: " + why).orElseGet(Torch::description));
    int[] sizes = Arrays.stream(network.split("[ x-]")).skip(1).mapToInt(Integer::parseInt).toArray();
    turns = switch (network.substring(0, network.indexOf(' '))) {
      case "lstm" -> lstm(sizes[0], sizes[1]);
      case "cnn" -> cnn(sizes[0]);
      default -> mlp(sizes);
    };
  }

  /// @param ours already checked
  /// @param theirs called only if PyTorch can be loaded
  private Turns turns(Runnable ours, Supplier<Turn> theirs) {
    Turn turn = new Turn(ours, () -> { });
    return torchIsThere ? new Turns(0, turn, theirs.get()) : new Turns(0, turn);
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
    if (pass.equals("VALUE")) {
      return turns(() -> value(layer, x, theta, ws), () -> {
        TorchLstm torch = new TorchLstm(in, hidden, theta, x, u);
        return new Turn(torch::value, () -> Torch.check("output", value(layer, x, theta, ws), torch.output()));
      });
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
    return turns(gradient, () -> {
      TorchLstm torch = new TorchLstm(in, hidden, theta, x, u);
      return new Turn(torch::gradient, () -> {
        for (int at = 0; at < expected.length; at++) {
          Torch.check("gradient " + at, expected[at], torch.gradient(at));
        }
      });
    });
  }

  private static Tensor value(Layer layer, Tensor x, Parameters theta, Workspace ws) {
    ws.reset();
    return layer.forward(x, theta, ws);
  }

  private Turns cnn(int size) {
    Window window = Window.of(3).withPadding(1);
    Layer layer = Sequential.of(new Conv2d(1, 16, window, Activation.RELU), MaxPool2d.of(2),
        new Conv2d(16, 32, window, Activation.RELU), MaxPool2d.of(2), new Flatten(),
        new Dense(32 * (size / 4) * (size / 4), CLASSES));
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.FLOAT, 1);
    Tensor x = random(batch, 1, size, size);
    long[] labels = LongStream.range(0, batch).map(sample -> sample % CLASSES).toArray();
    Dataset set = new Dataset(random(EPOCH * batch, 1, size, size), classes(EPOCH * batch, CLASSES));
    Trainer trainer = trainer(layer, copy(theta), Loss.softmaxCrossEntropy(), set, Optimizer.adam(), RATE,
        Batches.shuffled(batch));
    return turns(trainer::step, () -> {
      TorchCnn torch = new TorchCnn(size, RATE, theta, x, labels);
      Torch.check("logits", value(layer, x, theta, new Workspace()), torch.logits());
      return new Turn(torch::step, () -> { });
    });
  }

  private Turns mlp(int[] widths) {
    List<Layer> layers = new ArrayList<>();
    for (int layer = 1; layer < widths.length; layer++) {
      layers.add(new Dense(widths[layer - 1], widths[layer],
          layer == widths.length - 1 ? Activation.IDENTITY : Activation.RELU));
    }
    Layer network = new Sequential(layers);
    int outputs = widths[widths.length - 1];
    boolean isRegression = outputs == 1;
    Loss loss = isRegression ? Loss.halfSquaredError() : Loss.softmaxCrossEntropy();
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    int samples = EPOCH * batch;
    Dataset set = new Dataset(random(samples, widths[0]),
        isRegression ? random(samples, 1) : classes(samples, outputs));
    Trainer trainer = trainer(network, copy(theta), loss, set, Optimizer.sgd(), RATE, Batches.shuffled(batch));
    return turns(trainer::step, () -> {
      Tensor x = random(batch, widths[0]);
      Tensor targets = isRegression ? random(batch, 1) : classes(batch, outputs);
      TorchMlp torch = new TorchMlp(widths, RATE, theta, x, targets);
      Torch.check("outputs", value(network, x, theta, new Workspace()), torch.outputs());
      checkStep(network, loss, new Dataset(x, targets), theta, new TorchMlp(widths, RATE_OF_CHECK, theta, x, targets));
      return new Turn(torch::step, () -> { });
    });
  }

  /// Compares how far a step over the whole of `set` moves each parameter.
  private static void checkStep(Layer network, Loss loss, Dataset set, Parameters theta, TorchMlp torch) {
    Trainer trainer = trainer(network, copy(theta), loss, set, Optimizer.sgd(), RATE_OF_CHECK, Batches.whole());
    trainer.step();
    torch.step();
    for (int parameter = 0; parameter < theta.count(); parameter++) {
      Tensor before = theta.get(parameter);
      Tensor moved = trainer.parameters().get(parameter).copy();
      float[] theirs = torch.parameter(parameter);
      for (int at = 0; at < theirs.length; at++) {
        moved.set(at, moved.get(at) - before.get(at));
        theirs[at] -= (float) before.get(at);
      }
      Torch.check("step of parameter " + parameter, moved, theirs);
    }
  }

  private static Tensor classes(int samples, int outputs) {
    Tensor classes = Tensor.zeros(Precision.FLOAT, samples);
    for (int sample = 0; sample < samples; sample++) {
      classes.set(sample, sample % outputs);
    }
    return classes;
  }

  private static Parameters copy(Parameters theta) {
    return Parameters.of(theta.spec(), theta.flat().copy());
  }

  private static Trainer trainer(Layer network, Parameters theta, Loss loss, Dataset set, UpdateRule rule, double rate,
      Batches batches) {
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(rule).withRate(rate).withBatches(batches)
        .withEpochs(Integer.MAX_VALUE);
    return new Trainer(network, theta, loss, set, options, new Workspace());
  }

  @Benchmark
  public void round(Round times) {
    turns.take();
    times.lanewise = turns.nanos(0);
    times.torch = torchIsThere ? turns.nanos(1) : ABSENT;
  }
}
