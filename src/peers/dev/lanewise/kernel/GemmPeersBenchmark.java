package dev.lanewise.kernel;

import dev.lanewise.Precision;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Products by this library and by its rivals, interleaved: a shared machine changes its speed within seconds, so only
/// times from the same few milliseconds are compared.
///
/// An invocation is one round of one product. The counters hold its times; the time that JMH takes itself means
/// nothing. Several products share a fork, because compiling all contestants takes far longer than a product's rounds.
/// The rounds of different products alternate, so that a disturbance does not hit all rounds of one.
public class GemmPeersBenchmark extends PeersBenchmark {

  /// Nanoseconds of one product in this round, by contestant; 0 if it sat the round out, [#ABSENT] if it takes no part.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Round extends Counters {
    public double lanewise;
    public double mkl;
    public double openblas;
    public double ejml;
    public double ojalgo;
    public double netlib;
    public double peakGigaflops;

    /// Which of the products, counted from 0.
    public double product;
  }

  public enum Rivals {
    /// MKL and OpenBLAS.
    NATIVE,
    /// EJML, ojAlgo and netlib as well.
    ALL
  }

  /// Code is compiled on a small product first: interpreted, a large one takes minutes.
  private static final int WARM_UP = 128;

  /// More than the natives' idle threads spin, see [Mkl] and [OpenBlasGemm].
  private static final long PAUSE_MILLIS = 2;

  /// The form, then m × n × k; of several products with slashes between them.
  @Param("Y_W 256x256x256")
  public String shape;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1", "2"})
  public int threads;

  @Param("ALL")
  public Rivals rivals;

  /// How many of each product the report asks for: it refuses a result with fewer.
  @Param("15")
  public int rounds;

  private final Peak peak = new Peak();
  private final List<Turns> products = new ArrayList<>();
  private int round;
  private boolean isPlayed;

  @Setup
  public void prepare() {
    report("mkl", Mkl.version());
    report("openblas", OpenBlasGemm.version());
    if (rivals == Rivals.ALL) {
      report("netlib", NetlibGemm.BLAS.getClass().getSimpleName());
    }
    peak.warmUp(precision);
    for (String one : shape.split("/")) {
      Product product = Product.of(one, precision, threads);
      Product small = product.atMost(WARM_UP);
      if (products.isEmpty() && !small.sameShape(product)) {
        turns(small);
      }
      products.add(turns(product));
    }
    if (products.size() > 1) {
      // A later product's shape may have made the compiler throw away code of an earlier one.
      SteadyState.reachAgain(() -> products.forEach(Turns::take));
      products.forEach(Turns::beginRounds);
    }
  }

  private Turns turns(Product product) {
    List<Turn> turns = new ArrayList<>(List.of(
        turn("lanewise", product, new LanewiseGemm(product)).inEveryRound(),
        turn("mkl", product, new MklGemm(product)).inEveryRound(),
        turn("openblas", product, new OpenBlasGemm(product)).inEveryRound()));
    if (rivals == Rivals.ALL) {
      turns.add(turn("ejml", product, EjmlGemm.of(product)));
      turns.add(turn("ojalgo", product, new OjalgoGemm(product)));
      turns.add(turn("netlib", product, NetlibGemm.of(product)));
    }
    return new Turns(threads > 1 ? PAUSE_MILLIS : 0, turns.toArray(Turn[]::new));
  }

  private static Turn turn(String name, Product product, Contestant contestant) {
    return new Turn(contestant::multiply, () -> product.check(name, contestant));
  }

  @Setup(Level.Iteration)
  public void begin() {
    isPlayed = false;
  }

  /// Plays one round an iteration: JMH ends an iteration from another thread, which may be late, and the first of two
  /// rounds would be lost.
  @Benchmark
  public void round(Round times) {
    if (isPlayed) {
      return;
    }
    isPlayed = true;
    times.product = round++ % products.size();
    Turns turns = products.get((int) times.product);
    times.peakGigaflops = peak.gigaflops(precision);
    turns.take();
    times.lanewise = turns.nanos(0);
    times.mkl = turns.nanos(1);
    times.openblas = turns.nanos(2);
    boolean all = rivals == Rivals.ALL;
    times.ejml = all ? turns.nanos(3) : ABSENT;
    times.ojalgo = all ? turns.nanos(4) : ABSENT;
    times.netlib = all ? turns.nanos(5) : ABSENT;
  }
}
