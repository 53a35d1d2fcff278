package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Precision;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One product by this library and by all its rivals, interleaved: a shared machine changes its speed within seconds, so only
/// what ran in the same few milliseconds is compared.
///
/// An invocation is one round in which each contestant has a turn; it lasts longer than JMH's iteration, so that an iteration
/// is one round, and the counters hold its times. The time that JMH itself takes says nothing.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 0)
@Measurement(iterations = 15, time = 1, timeUnit = MILLISECONDS)
public class GemmPeersBenchmark {

  /// Nanoseconds of one product in this round, by contestant; 0 where it sat the round out.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Round {
    public double lanewise;
    public double mkl;
    public double openblas;
    public double ejml;
    public double ojalgo;
    public double netlib;
    public double peakGigaflops;
  }

  /// Compiled code is reached on a small product first: interpreted, a large one takes minutes.
  private static final int WARM_UP = 128;

  /// More than the natives' idle threads spin, see [MklGemm] and [OpenBlasGemm].
  private static final long PAUSE_MILLIS = 2;

  /// The form, then m × n × k.
  @Param("Y_W 256x256x256")
  public String shape;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1", "2"})
  public int threads;

  private final Peak peak = new Peak();
  private final List<Turn> turns = new ArrayList<>();
  private double[] nanos;
  private int round;

  @Setup
  public void prepare() {
    report("mkl", MklGemm.version());
    report("openblas", OpenBlasGemm.version());
    report("netlib", NetlibGemm.BLAS.getClass().getSimpleName());
    peak.warmUp(precision);
    Product product = Product.of(shape, precision, threads);
    Product small = product.atMost(WARM_UP);
    if (!small.sameShape(product)) {
      enter(small);
    }
    enter(product);
  }

  /// A line that the report shows among the facts about the machine.
  private static void report(String name, String fact) {
    System.out.println("[machine] " + name + ": " + fact);
  }

  private void enter(Product product) {
    turns.clear();
    turns.add(new Turn("lanewise", product, new LanewiseGemm(product)));
    turns.add(new Turn("mkl", product, new MklGemm(product)));
    turns.add(new Turn("openblas", product, new OpenBlasGemm(product)));
    turns.add(new Turn("ejml", product, EjmlGemm.of(product)));
    turns.add(new Turn("ojalgo", product, new OjalgoGemm(product)));
    turns.add(new Turn("netlib", product, NetlibGemm.of(product)));
    nanos = new double[turns.size()];
    if (turns.stream().noneMatch(Turn::isLong)) {
      SteadyState.reach(this::takeTurns);
    }
  }

  @Benchmark
  public double[] round(Round times) {
    times.peakGigaflops = peak.gigaflops(precision);
    takeTurns();
    int turn = 0;
    times.lanewise = nanos[turn++];
    times.mkl = nanos[turn++];
    times.openblas = nanos[turn++];
    times.ejml = nanos[turn++];
    times.ojalgo = nanos[turn++];
    times.netlib = nanos[turn];
    return nanos;
  }

  /// Each round begins one further, every other one goes backwards: nobody always follows the same.
  private void takeTurns() {
    int count = turns.size();
    for (int position = 0; position < count; position++) {
      int turn = Math.floorMod(round % 2 == 0 ? round / 2 + position : round / 2 - position, count);
      pause();
      nanos[turn] = turns.get(turn).take();
    }
    round++;
  }

  private void pause() {
    if (threads > 1) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
