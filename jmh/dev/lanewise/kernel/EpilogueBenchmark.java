package dev.lanewise.kernel;

import dev.lanewise.Activation;
import dev.lanewise.Ops;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A stage fused into a product X·Wᵀ of n × n × n, beside the bare product. Both take turns within one invocation,
/// because they differ less than the speed of a shared machine varies.
public class EpilogueBenchmark extends TimedBenchmark {

  /// The stage that is applied to the product before it leaves the cache.
  public enum Epilogue {
    /// φ(C + bias)
    VALUE,
    /// φ(C + bias), and φ′ kept
    VALUE_AND_SLOPE,
    /// φ′ ⊙ C
    PUSH
  }

  /// Nanoseconds spent on each of the two in all turns of an iteration, for equally many products.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double bare;
    public double fused;
  }

  /// The approximate length of a turn, short compared with changes of the machine's speed.
  private static final double TURN_NANOS = 1e6;

  @Param({"64", "512"})
  public int n;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"RELU", "TANH"})
  public Activation activation;

  @Param({"VALUE", "VALUE_AND_SLOPE", "PUSH"})
  public Epilogue epilogue;

  private final Workspace ws = new Workspace();
  private Tensor x;
  private Tensor w;
  private Tensor bias;
  private Tensor residual;
  private Tensor slope;
  private Tensor bare;
  private Tensor fused;
  private int calls;
  private boolean fusedFirst;

  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(7);
    double scale = Math.sqrt(3.0 / n);
    x = uniform(n, random, 1);
    w = uniform(n, random, scale);
    bias = uniform(1, random, scale);
    residual = uniform(n, random, 1);
    slope = epilogue == Epilogue.VALUE_AND_SLOPE ? Tensor.zeros(precision, n, n) : Tensor.none();
    bare = Tensor.zeros(precision, n, n);
    fused = Tensor.zeros(precision, n, n);
    check();
    SteadyState.reach(this::multiply);
    SteadyState.reach(this::multiplyFused);
    calls = Math.max(1, (int) (TURN_NANOS / bareNanos(10) * 10));
  }

  private Tensor uniform(int rows, SplittableRandom random, double scale) {
    return Uniform.fill(Tensor.zeros(precision, rows, n), random, scale);
  }

  /// Checks the results against the bare product followed by the stage.
  private void check() {
    multiply();
    multiplyFused();
    Tensor expected = bare.to(precision);
    Tensor expectedSlope = slope.isNone() ? slope : slope.to(precision);
    if (epilogue == Epilogue.PUSH) {
      PointwiseOps.scaleBySlope(activation, residual, expected, expected);
    } else {
      RowOps.addRow(bias, expected);
      PointwiseOps.activate(activation, expected, expected, expectedSlope);
    }
    check(fused, expected);
    if (!slope.isNone()) {
      check(slope, expectedSlope);
    }
  }

  private void check(Tensor found, Tensor expected) {
    for (int position = 0; position < found.size(); position++) {
      if (!(Math.abs(found.get(position) - expected.get(position)) <= 8 * precision.unitRoundoff())) {
        throw new IllegalStateException(epilogue + " " + activation + " n=" + n + " " + precision + ": element "
            + position + " is " + found.get(position) + ", expected " + expected.get(position));
      }
    }
  }

  @Benchmark
  public Tensor round(Spent spent) {
    fusedFirst = !fusedFirst;
    if (fusedFirst) {
      spent.fused += fusedNanos(calls);
      spent.bare += bareNanos(calls);
    } else {
      spent.bare += bareNanos(calls);
      spent.fused += fusedNanos(calls);
    }
    return fused;
  }

  private double bareNanos(int times) {
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      multiply();
    }
    return System.nanoTime() - begin;
  }

  private double fusedNanos(int times) {
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      multiplyFused();
    }
    return System.nanoTime() - begin;
  }

  private void multiply() {
    Ops.timesTransposed(x, w, bare, false, ws);
  }

  private void multiplyFused() {
    if (epilogue == Epilogue.PUSH) {
      Ops.densePush(x, w, activation, residual, fused, ws);
    } else {
      Ops.dense(x, w, bias, activation, fused, slope, ws);
    }
  }
}
