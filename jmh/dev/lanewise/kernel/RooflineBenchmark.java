package dev.lanewise.kernel;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Kernels whose operations and bytes are known, beside the two rates that bound them (Williams, Waterman & Patterson,
/// *Roofline*, 2009): fused multiply-adds in registers, and a copy from memory to memory. Both are measured anew in
/// each round.
///
/// A fork measures all kernels, one per iteration. W has 4,096 × 4,096 elements, more than caches hold; the size of a
/// square is in its name.
public class RooflineBenchmark extends TimedBenchmark {

  /// For one kernel: medians over an iteration's rounds.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Rates extends Counters {
    /// Its index among the kernels of the parameter.
    public double kernel;
    public double operations;
    public double bytes;
    public double nanos;
    /// 10⁹ bytes a second, counted as for kernels: three for each byte that is copied.
    public double copyGigabytes;
    public double peakGigaflops;
  }

  private static final int WIDTH = 4096;
  /// Kernels are compiled on a W of this size, which takes the same path: a large one would take minutes.
  private static final int WARM_UP = 512;
  private static final int WARM_UP_SQUARE = 256;
  private static final double TURN_NANOS = 4e6;

  @Param("relu-slope-push1-push4-push16-push64-pull1-pull4-pull16-pull64-square64-square256-square1024")
  public String kernels;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  private final Workspace ws = new Workspace();
  private final Peak peak = new Peak();
  private final List<RooflineKernel> all = new ArrayList<>();
  private final Rounds nanos = new Rounds();
  private final Rounds copies = new Rounds();
  private final Rounds peaks = new Rounds();
  private Tensor w;
  private Tensor y;
  private RooflineKernel kernel;
  private int next;
  private int position;
  private int calls;

  @Setup
  public void prepare() {
    enter(WARM_UP);
    SteadyState.reach(() -> all.forEach(each -> each.run().run()));
    SteadyState.reach(this::copy);
    peak.warmUp(precision);
    enter(WIDTH);
    all.forEach(RooflineKernel::check);
    SteadyState.reachAgain(() -> all.forEach(each -> each.run().run()));
  }

  private void enter(int width) {
    all.clear();
    w = RooflineKernel.uniform(precision, width, width);
    y = Tensor.zeros(precision, width, width);
    for (String name : kernels.split("-")) {
      boolean large = name.startsWith("square") && Integer.parseInt(name.substring(6)) > WARM_UP_SQUARE;
      all.add(RooflineKernel.of(large && width == WARM_UP ? "square" + WARM_UP_SQUARE : name, w, y, ws));
    }
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    position = next++ % all.size();
    kernel = all.get(position);
    calls = 1;
    calls = Math.max(1, (int) (TURN_NANOS / turn()));
    nanos.clear();
    copies.clear();
    peaks.clear();
  }

  @Benchmark
  public void round(Rates rates) {
    peaks.add(peak.gigaflops(precision));
    copies.add(copyGigabytes());
    nanos.add(turn());
    rates.kernel = position;
    rates.operations = kernel.operations();
    rates.bytes = kernel.bytes();
    rates.nanos = nanos.median();
    rates.copyGigabytes = copies.median();
    rates.peakGigaflops = peaks.median();
  }

  private void copy() {
    if (precision == Precision.FLOAT) {
      copy(y.size(), w.floats(), w.offset(), y.floats(), y.offset());
    } else {
      copy(y.size(), w.doubles(), w.offset(), y.doubles(), y.offset());
    }
  }

  /// Copies by a loop, because the JDK's copy may bypass the cache.
  private static void copy(int n, float[] from, int f, float[] to, int t) {
    for (int i = 0; i < n; i++) {
      to[t + i] = from[f + i];
    }
  }

  private static void copy(int n, double[] from, int f, double[] to, int t) {
    for (int i = 0; i < n; i++) {
      to[t + i] = from[f + i];
    }
  }

  private double copyGigabytes() {
    long begin = System.nanoTime();
    copy();
    return 3.0 * w.size() * (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES) / (System.nanoTime() - begin);
  }

  /// The time of one call. The first call is not timed: it reloads what the copy has evicted from the cache.
  private double turn() {
    kernel.run().run();
    long begin = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      kernel.run().run();
    }
    return (double) (System.nanoTime() - begin) / calls;
  }
}
