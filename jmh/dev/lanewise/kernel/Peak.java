package dev.lanewise.kernel;

import dev.lanewise.Precision;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.FloatLanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The upper limit for the gemm: fused multiply-adds of one core in registers, without memory.
///
/// Twelve accumulators v ← v + a·b in registers are more independent chains than two FMA units of latency 4 or 5 can
/// use. They grow by a·b = 10⁻⁶ per step: no infinities, no subnormal numbers. The form is that of the micro-kernels,
/// for which the machine has an instruction; v ← v·a + b needs a copy for each.
///
/// The peak is measured right before each iteration that is compared with it, in the same fork, because the clock rate
/// of a shared machine varies too much for one figure per run.
public final class Peak {

  /// 10⁹ floating-point operations a second, written into JMH's result beside the time.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Rate {
    public double peakGigaflops;
  }

  private static final int CHAINS = 12;
  private static final int STEPS = 4096;
  private static final int SAMPLES = 8;
  private static final int RUNS_PER_SAMPLE = 32;

  /// Not final, so that the compiler cannot evaluate the loop.
  private double a = 0.001;
  private double b = 0.001;

  public void warmUp(Precision precision) {
    SteadyState.reach(() -> run(precision));
  }

  /// 10⁹ floating-point operations a second, measured anew: the median of a few samples, 4 ms in all.
  public double gigaflops(Precision precision) {
    double[] rates = new double[SAMPLES];
    double operations = 2.0 * RUNS_PER_SAMPLE * CHAINS * STEPS
        * (precision == Precision.FLOAT ? FloatLanes.LENGTH : DoubleLanes.LENGTH);
    for (int sample = 0; sample < SAMPLES; sample++) {
      long begin = System.nanoTime();
      for (int repetition = 0; repetition < RUNS_PER_SAMPLE; repetition++) {
        run(precision);
      }
      rates[sample] = operations / (System.nanoTime() - begin);
    }
    Arrays.sort(rates);
    return (rates[SAMPLES / 2 - 1] + rates[SAMPLES / 2]) / 2;
  }

  private void run(Precision precision) {
    double sum = precision == Precision.FLOAT ? floats((float) a, (float) b) : doubles(a, b);
    if (!(sum > 0)) {
      throw new IllegalStateException("the loop gave " + sum);
    }
  }

  private static double floats(float left, float right) {
    FloatVector a = FloatVector.broadcast(FloatLanes.SPECIES, left);
    FloatVector b = FloatVector.broadcast(FloatLanes.SPECIES, right);
    FloatVector v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
    for (int step = 0; step < STEPS; step++) {
      v0 = a.fma(b, v0);
      v1 = a.fma(b, v1);
      v2 = a.fma(b, v2);
      v3 = a.fma(b, v3);
      v4 = a.fma(b, v4);
      v5 = a.fma(b, v5);
      v6 = a.fma(b, v6);
      v7 = a.fma(b, v7);
      v8 = a.fma(b, v8);
      v9 = a.fma(b, v9);
      v10 = a.fma(b, v10);
      v11 = a.fma(b, v11);
    }
    FloatVector sum = v0.add(v1).add(v2).add(v3).add(v4).add(v5).add(v6).add(v7).add(v8).add(v9).add(v10).add(v11);
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static double doubles(double left, double right) {
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.SPECIES, left);
    DoubleVector b = DoubleVector.broadcast(DoubleLanes.SPECIES, right);
    DoubleVector v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
    for (int step = 0; step < STEPS; step++) {
      v0 = a.fma(b, v0);
      v1 = a.fma(b, v1);
      v2 = a.fma(b, v2);
      v3 = a.fma(b, v3);
      v4 = a.fma(b, v4);
      v5 = a.fma(b, v5);
      v6 = a.fma(b, v6);
      v7 = a.fma(b, v7);
      v8 = a.fma(b, v8);
      v9 = a.fma(b, v9);
      v10 = a.fma(b, v10);
      v11 = a.fma(b, v11);
    }
    DoubleVector sum = v0.add(v1).add(v2).add(v3).add(v4).add(v5).add(v6).add(v7).add(v8).add(v9).add(v10).add(v11);
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
