package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Precision;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The ceiling that gemm is measured against: fused multiply-adds of one core that never touch memory.
///
/// Twelve accumulators v ← v·a + b in registers are more independent chains than two FMA units of latency 4 or 5 can use.
/// As |a| < 1 they tend to b/(1 − a): no infinities, no denormals.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public class PeakBenchmark {

  private static final int CHAINS = 12;
  private static final int STEPS = 4096;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  public double a = 0.75;
  public double b = 0.5;

  @Setup
  public void prepare() {
    SteadyState.reach(() -> peak(new MultiplyAdds()));
  }

  @Benchmark
  public double peak(MultiplyAdds counted) {
    boolean single = precision == Precision.FLOAT;
    counted.multiplyAdds = (long) CHAINS * STEPS * (single ? FloatLanes.LENGTH : DoubleLanes.LENGTH);
    return single ? floats((float) a, (float) b) : doubles(a, b);
  }

  private static double floats(float factor, float summand) {
    FloatVector a = FloatVector.broadcast(FloatLanes.SPECIES, factor);
    FloatVector b = FloatVector.broadcast(FloatLanes.SPECIES, summand);
    FloatVector v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
    for (int step = 0; step < STEPS; step++) {
      v0 = v0.fma(a, b);
      v1 = v1.fma(a, b);
      v2 = v2.fma(a, b);
      v3 = v3.fma(a, b);
      v4 = v4.fma(a, b);
      v5 = v5.fma(a, b);
      v6 = v6.fma(a, b);
      v7 = v7.fma(a, b);
      v8 = v8.fma(a, b);
      v9 = v9.fma(a, b);
      v10 = v10.fma(a, b);
      v11 = v11.fma(a, b);
    }
    FloatVector sum = v0.add(v1).add(v2).add(v3).add(v4).add(v5).add(v6).add(v7).add(v8).add(v9).add(v10).add(v11);
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static double doubles(double factor, double summand) {
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.SPECIES, factor);
    DoubleVector b = DoubleVector.broadcast(DoubleLanes.SPECIES, summand);
    DoubleVector v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
    for (int step = 0; step < STEPS; step++) {
      v0 = v0.fma(a, b);
      v1 = v1.fma(a, b);
      v2 = v2.fma(a, b);
      v3 = v3.fma(a, b);
      v4 = v4.fma(a, b);
      v5 = v5.fma(a, b);
      v6 = v6.fma(a, b);
      v7 = v7.fma(a, b);
      v8 = v8.fma(a, b);
      v9 = v9.fma(a, b);
      v10 = v10.fma(a, b);
      v11 = v11.fma(a, b);
    }
    DoubleVector sum = v0.add(v1).add(v2).add(v3).add(v4).add(v5).add(v6).add(v7).add(v8).add(v9).add(v10).add(v11);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
