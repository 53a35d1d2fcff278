package dev.lanewise.kernel;

import dev.lanewise.Ops;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Square products n × n × n in the three forms that the passes need, on one core, beside the core's peak.
public class GemmBenchmark extends TimedBenchmark {

  public enum Form {
    /// X·Wᵀ: values and pushes.
    X_WT,
    /// Y·W: pulls.
    Y_W,
    /// Uᵀ·X: cotangents of weights.
    UT_X
  }

  /// The size that compiles the gemm: a large uncompiled product would take half a minute.
  private static final int WARM_UP = 128;

  @Param({"64", "128", "256", "512", "1024"})
  public int n;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"X_WT", "Y_W", "UT_X"})
  public Form form;

  private final Workspace ws = new Workspace();
  private final Peak peak = new Peak();
  private double peakGigaflops;
  private Tensor a;
  private Tensor b;
  private Tensor c;

  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(7);
    fill(Math.min(n, WARM_UP), random);
    SteadyState.reach(this::multiply);
    fill(n, random);
    multiply();
    for (int sample = 0; sample < 200; sample++) {
      check(random.nextInt(n), random.nextInt(n));
    }
    SteadyState.reach(this::multiply);
    peak.warmUp(precision);
  }

  @Setup(Level.Iteration)
  public void measurePeak() {
    peakGigaflops = peak.gigaflops(precision);
  }

  private void fill(int size, SplittableRandom random) {
    a = Uniform.fill(Tensor.zeros(precision, size, size), random, 1);
    b = Uniform.fill(Tensor.zeros(precision, size, size), random, 1);
    c = Tensor.zeros(precision, size, size);
  }

  /// |c − c*| ≤ γ_n·Σ|a||b|, γ_n = n·u/(1 − n·u).
  private void check(int i, int j) {
    double exact = 0;
    double magnitude = 0;
    for (int p = 0; p < n; p++) {
      double term = (form == Form.UT_X ? a.get(p, i) : a.get(i, p)) * (form == Form.X_WT ? b.get(j, p) : b.get(p, j));
      exact += term;
      magnitude += Math.abs(term);
    }
    double nu = n * precision.unitRoundoff();
    if (!(Math.abs(c.get(i, j) - exact) <= 2 * nu / (1 - nu) * magnitude)) {
      throw new IllegalStateException(form + " n=" + n + " " + precision + ": element (" + i + ", " + j + ") is "
          + c.get(i, j) + ", expected " + exact);
    }
  }

  @Benchmark
  public Tensor gemm(MultiplyAdds counted, Peak.Rate rate) {
    rate.peakGigaflops = peakGigaflops;
    long before = ws.multiplyAdds();
    multiply();
    counted.multiplyAdds = ws.multiplyAdds() - before;
    return c;
  }

  private void multiply() {
    switch (form) {
      case X_WT -> Ops.timesTransposed(a, b, c, false, ws);
      case Y_W -> Ops.times(a, b, c, false, ws);
      case UT_X -> Ops.transposedTimes(a, b, c, false, ws);
    }
  }
}
