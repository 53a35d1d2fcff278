package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Precision;
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

  /// More than the natives' idle threads spin, see [Mkl] and [OpenBlasGemm].
  private static final long PAUSE_MILLIS = 2;

  /// The form, then m × n × k.
  @Param("Y_W 256x256x256")
  public String shape;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1", "2"})
  public int threads;

  private final Peak peak = new Peak();
  private Turns turns;

  @Setup
  public void prepare() {
    report("mkl", Mkl.version());
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
    turns = new Turns(threads > 1 ? PAUSE_MILLIS : 0,
        turn("lanewise", product, new LanewiseGemm(product)),
        turn("mkl", product, new MklGemm(product)),
        turn("openblas", product, new OpenBlasGemm(product)),
        turn("ejml", product, EjmlGemm.of(product)),
        turn("ojalgo", product, new OjalgoGemm(product)),
        turn("netlib", product, NetlibGemm.of(product)));
  }

  private static Turn turn(String name, Product product, Contestant contestant) {
    return new Turn(contestant::multiply, () -> product.check(name, contestant));
  }

  @Benchmark
  public void round(Round times) {
    times.peakGigaflops = peak.gigaflops(precision);
    turns.take();
    times.lanewise = turns.nanos(0);
    times.mkl = turns.nanos(1);
    times.openblas = turns.nanos(2);
    times.ejml = turns.nanos(3);
    times.ojalgo = turns.nanos(4);
    times.netlib = turns.nanos(5);
  }
}
