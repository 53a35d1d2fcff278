package dev.lanewise.onnx;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import ai.onnxruntime.OrtException;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.Contest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One sample through a network of an ONNX file, in turn with ONNX Runtime's Java binding on one thread. Both take their
/// input from memory that they keep, and leave the output in an array.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public class InferenceBenchmark {

  /// Nanoseconds of one call, medians over an iteration's rounds, and the most bytes that a turn of ours has allocated.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Spent {
    public double ours;
    public double onnxRuntime;
    public double bytes;
  }

  private static final double TOLERANCE = 1e-5;

  @Param({"mlp-softmax", "mlp-gelu", "mlp-batchnorm", "cnn", "cnn-avgpool", "rnn", "lstm", "gru", "residual-layernorm",
      "attention"})
  public String network;

  private NativeRuntime runtime;
  private Contest contest;

  @Setup
  public void prepare() throws IOException, OrtException {
    byte[] file;
    try (InputStream in = InferenceBenchmark.class.getResourceAsStream("/onnx/" + network + ".onnx")) {
      file = in.readAllBytes();
    }
    Network net = Onnx.read(ByteBuffer.wrap(file), OnnxOptions.defaults());
    Tensor x = NativeRuntime.sample(net.inputShape());
    float[] y = new float[net.outputShape().size()];
    runtime = new NativeRuntime(file, x, y.length);
    Workspace ws = new Workspace();
    check(net.forward(x), runtime.run());
    contest = new Contest(() -> {
      int mark = ws.mark();
      Tensor output = net.forward(x, ws);
      System.arraycopy(output.floats(), output.offset(), y, 0, y.length);
      ws.release(mark);
    }, runtime::run);
  }

  private static void check(Tensor ours, float[] theirs) {
    double scale = 0;
    for (float each : theirs) {
      scale = Math.max(scale, Math.abs(each));
    }
    for (int i = 0; i < theirs.length; i++) {
      if (!(Math.abs(ours.get(i) - theirs[i]) <= TOLERANCE * scale)) {
        throw new IllegalStateException("output " + i + " is " + ours.get(i) + ", ONNX Runtime's " + theirs[i]);
      }
    }
  }

  @Setup(Level.Iteration)
  public void begin() {
    contest.begin();
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
