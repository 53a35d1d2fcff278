package dev.lanewise.kernel;

import dev.lanewise.Ops;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Passes of layers, one per iteration, each in turn with its references: the gemm X·Wᵀ at n = 512, and fused
/// multiply-adds in registers. All run on one core.
public final class BesideGemm {

  public interface Pass {

    void run();

    /// The multiply-adds counted in all runs so far.
    long multiplyAdds();
  }

  /// For one pass: medians over an iteration's rounds.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
    /// Its index among the passes of the parameter.
    public double pass;
    public double multiplyAdds;
    /// Nanoseconds of one run.
    public double nanos;
    /// Nanoseconds of the gemm for as many multiply-adds.
    public double gemm;
    public double peakGigaflops;
  }

  private static final int N = 512;
  /// The size that compiles the gemm: a large uncompiled product would take half a minute.
  private static final int WARM_UP = 128;
  private static final double TURN_NANOS = 2e6;

  private final Precision precision;
  private final List<? extends Pass> passes;
  private final Workspace ws = new Workspace();
  private final Peak peak = new Peak();
  private final Rounds nanos = new Rounds();
  private final Rounds gemms = new Rounds();
  private final Rounds peaks = new Rounds();
  private Tensor a;
  private Tensor b;
  private Tensor c;
  private Pass pass;
  private int next;
  private int position;
  private long multiplyAdds;
  private int calls;

  /// Runs all of them until they are compiled.
  ///
  /// @param passes the passes, small ones first: they compile the others' kernels in less time
  public BesideGemm(Precision precision, List<? extends Pass> passes) {
    this.precision = precision;
    this.passes = List.copyOf(passes);
    enter(WARM_UP);
    SteadyState.reach(this::multiply);
    enter(N);
    SteadyState.reachAgain(this::multiply);
    peak.warmUp(precision);
    passes.forEach(each -> SteadyState.reachAgain(each::run));
    SteadyState.reachAgain(() -> passes.forEach(Pass::run));
  }

  private void enter(int n) {
    a = Uniform.of(precision, Shape.of(n, n), 7);
    b = Uniform.of(precision, Shape.of(n, n), 8);
    c = Tensor.zeros(precision, n, n);
  }

  /// Moves to the next pass, before an iteration.
  public void moveOn() {
    position = next++ % passes.size();
    pass = passes.get(position);
    long before = pass.multiplyAdds();
    pass.run();
    multiplyAdds = pass.multiplyAdds() - before;
    calls = 1;
    calls = Math.max(1, (int) (TURN_NANOS / turn()));
    nanos.clear();
    gemms.clear();
    peaks.clear();
  }

  public void round(Times times) {
    peaks.add(peak.gigaflops(precision));
    gemms.add(gemm());
    nanos.add(turn());
    times.pass = position;
    times.multiplyAdds = multiplyAdds;
    times.nanos = nanos.median();
    times.gemm = gemms.median() / ((double) N * N * N) * multiplyAdds;
    times.peakGigaflops = peaks.median();
  }

  /// The time of one run. The first run is not timed: it reloads what the others have evicted from the cache.
  private double turn() {
    pass.run();
    long begin = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      pass.run();
    }
    return (double) (System.nanoTime() - begin) / calls;
  }

  private double gemm() {
    multiply();
    long begin = System.nanoTime();
    multiply();
    return System.nanoTime() - begin;
  }

  private void multiply() {
    Ops.timesTransposed(a, b, c, false, ws);
  }
}
