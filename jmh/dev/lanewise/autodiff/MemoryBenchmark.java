package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.TimedBenchmark;
import dev.lanewise.nn.Sequential;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// The bytes of a Jacobian's intermediate matrices by the number of directions at a time, with identities seeded. They
/// are counters, so that they are in the same file as all other figures of the report; the time means nothing. Each
/// iteration has another number of directions.
///
/// The fork fails if the planned bytes differ from those allocated.
public class MemoryBenchmark extends TimedBenchmark {

  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Bytes extends Counters {
    public double chunk;
    public double forward;
    public double reverse;
  }

  /// The widths of a perceptron with tanh in its hidden layers.
  @Param({"1024-64-64-16", "16-64-64-1024"})
  public String network;

  @Param("1-2-4-8-16-32-64-128-256-512-1024")
  public String chunks;

  @Param("FLOAT")
  public Precision precision;

  private int next;
  private int chunk;
  private long forward;
  private long reverse;

  @Setup(Level.Iteration)
  public void moveOn() {
    String[] all = chunks.split("-");
    chunk = Integer.parseInt(all[next++ % all.length]);
    forward = allocated(Mode.FORWARD);
    reverse = allocated(Mode.REVERSE);
  }

  private long allocated(Mode mode) {
    int[] widths = Stream.of(network.split("-")).mapToInt(Integer::parseInt).toArray();
    int inputs = widths[0];
    int outputs = widths[widths.length - 1];
    Sequential layers = Perceptron.of(Activation.TANH, widths);
    Parameters theta = Parameters.initialize(layers.parameters(), precision, 5);
    Tensor x = Tensor.zeros(precision, 1, inputs);
    PreparedJacobian prepared = PreparedJacobian.of(layers, theta, x.shape(),
        JacobianOptions.defaults().withMode(mode).withChunk(chunk).withSeededIdentities());
    prepared.at(x, Tensor.zeros(precision, 1, outputs), Tensor.zeros(precision, outputs, inputs));
    if (prepared.allocatedBytes() != prepared.plan().bytes()) {
      throw new IllegalStateException(network + " " + mode + ", chunk " + chunk + ": allocated "
          + prepared.allocatedBytes() + " bytes, expected the plan's " + prepared.plan().bytes());
    }
    return prepared.plan().bytes();
  }

  @Benchmark
  public void report(Bytes bytes) {
    bytes.chunk = chunk;
    bytes.forward = forward;
    bytes.reverse = reverse;
  }
}
