package dev.lanewise.autodiff;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.MultiplyAdds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Value and Jacobian of a perceptron of D inputs, `depth` hidden layers of `width`, and M outputs, by either mode.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public class JacobianBenchmark {

  @Param({"1", "4", "16", "64", "256"})
  public int inputs;

  @Param({"1", "4", "16", "64", "256"})
  public int outputs;

  @Param({"FORWARD", "REVERSE"})
  public Mode mode;

  @Param("1")
  public int chunk;

  @Param("2")
  public int depth;

  @Param("64")
  public int width;

  @Param("TANH")
  public Activation activation;

  @Param("FLOAT")
  public Precision precision;

  private TimedJacobian timed;

  @Setup
  public void prepare() {
    Dense[] layers = new Dense[depth + 1];
    for (int layer = 0; layer <= depth; layer++) {
      boolean last = layer == depth;
      layers[layer] = new Dense(layer == 0 ? inputs : width, last ? outputs : width, last ? Activation.IDENTITY : activation);
    }
    Sequential network = Sequential.of(layers);
    Tensor x = Tensor.zeros(precision, 1, inputs);
    SplittableRandom random = new SplittableRandom(3);
    for (int position = 0; position < inputs; position++) {
      x.set(position, random.nextDouble(-1, 1));
    }
    timed = new TimedJacobian(network, Parameters.initialize(network.parameters(), precision, 5), x, chunk);
    timed.check(Tensor.none(), precision == Precision.FLOAT ? 1e-5 : 1e-12);
    SteadyState.reach(() -> timed.compute(mode));
  }

  @Benchmark
  public Tensor jacobian(MultiplyAdds counted) {
    long before = timed.multiplyAdds();
    Tensor jacobian = timed.compute(mode);
    counted.multiplyAdds = timed.multiplyAdds() - before;
    return jacobian;
  }
}
