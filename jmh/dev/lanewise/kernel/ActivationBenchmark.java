package dev.lanewise.kernel;

import dev.lanewise.Activation;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Elementwise activations, alone and with their slope in the same pass; 1,024 elements stay in the first-level cache.
public class ActivationBenchmark extends TimedBenchmark {

  @Param({"IDENTITY", "RELU", "LEAKY_RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU", "MISH"})
  public Activation activation;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1024", "1048576"})
  public int n;

  private Tensor z;
  private Tensor y;
  private Tensor slope;

  @Setup
  public void prepare() {
    z = Uniform.fill(Tensor.zeros(precision, 1, n), new SplittableRandom(11), 4);
    y = Tensor.zeros(precision, 1, n);
    slope = Tensor.zeros(precision, 1, n);
    PointwiseOps.activate(activation, z, y, slope);
    check();
    SteadyState.reach(this::value);
    SteadyState.reach(this::valueAndSlope);
  }

  /// Checks the slope against a central difference of values in double, except where a kink lies between them.
  private void check() {
    Tensor low = z.to(Precision.DOUBLE);
    Tensor high = z.to(Precision.DOUBLE);
    double h = 1e-5;
    for (int position = 0; position < n; position++) {
      double at = z.get(position);
      low.set(position, at - h);
      high.set(position, at + h);
    }
    PointwiseOps.activate(activation, low, low, Tensor.none());
    PointwiseOps.activate(activation, high, high, Tensor.none());
    for (int position = 0; position < n; position++) {
      double expected = (high.get(position) - low.get(position)) / (2 * h);
      if (Math.abs(z.get(position)) > h && !(Math.abs(slope.get(position) - expected) <= 1e-5)) {
        throw new IllegalStateException(activation + " " + precision + ": slope at " + z.get(position)
            + " is " + slope.get(position) + ", expected " + expected);
      }
    }
  }

  @Benchmark
  public Tensor value() {
    PointwiseOps.activate(activation, z, y, Tensor.none());
    return y;
  }

  @Benchmark
  public Tensor valueAndSlope() {
    PointwiseOps.activate(activation, z, y, slope);
    return slope;
  }
}
