package dev.lanewise.onnx;

import ai.onnxruntime.OrtException;
import dev.lanewise.Activation;
import dev.lanewise.Lanewise;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PreparedModes;
import dev.lanewise.graph.Contest;
import dev.lanewise.graph.ContestBenchmark;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// One sample through a network of an ONNX file, in turn with ONNX Runtime's Java binding on one thread. Both take
/// their input from reused memory, and leave the output in an array.
public class InferenceBenchmark extends ContestBenchmark {

  /// Nanoseconds of one call, medians over an iteration's rounds, and the most bytes allocated by one of our turns.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double ours;
    public double onnxRuntime;
    public double bytes;
  }

  private static final double TOLERANCE = 1e-5;

  @Param({"mlp-softmax", "mlp-gelu", "mlp-batchnorm", "cnn", "cnn-avgpool", "rnn", "lstm", "gru", "residual-layernorm",
      "attention", "digits-cnn", "wide"})
  public String network;

  private NativeRuntime runtime;

  @Setup
  public void prepare() throws IOException, OrtException, InterruptedException {
    byte[] file = network.equals("wide") ? wide() : resource(network);
    Network net = Onnx.read(ByteBuffer.wrap(file), OnnxOptions.defaults());
    Tensor x = NativeRuntime.sample(net.inputShape());
    float[] y = new float[net.outputShape().size()];
    runtime = new NativeRuntime(file, x, y.length);
    Workspace ws = new Workspace();
    PreparedModes.requireClose(Tensor.row(runtime.run()), net.forward(x), TOLERANCE, network);
    Runnable ours = () -> {
      int mark = ws.mark();
      Tensor output = net.forward(x, ws);
      System.arraycopy(output.floats(), output.offset(), y, 0, y.length);
      ws.release(mark);
    };
    Lanewise.warmUp(ours, Duration.ofMinutes(1));
    contest = new Contest(ours, runtime::run);
  }

  private static byte[] resource(String network) throws IOException {
    String folder = network.equals("digits-cnn") ? "/dev/lanewise/examples/" : "/onnx/";
    try (InputStream in = InferenceBenchmark.class.getResourceAsStream(folder + network + ".onnx")) {
      return in.readAllBytes();
    }
  }

  /// A perceptron 784-512-512-10, written by this library: its arithmetic outweighs the calls.
  private static byte[] wide() throws IOException {
    Sequential layers = Sequential.of(new Dense(784, 512, Activation.RELU), new Dense(512, 512, Activation.RELU),
        new Dense(512, 10));
    Parameters theta = Parameters.initialize(layers.parameters(), Precision.FLOAT, 3);
    Path file = Files.createTempFile("wide", ".onnx");
    try {
      Onnx.write(file, layers, theta, Shape.of(784));
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  @Benchmark
  public void round(Spent spent) {
    contest.round();
    spent.ours = contest.median(0);
    spent.onnxRuntime = contest.median(1);
    spent.bytes = contest.bytes(0);
  }

  @TearDown
  public void close() {
    runtime.close();
  }
}
