package dev.lanewise.kernel;

import dev.lanewise.Precision;
import java.util.function.IntToDoubleFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// An elementwise function by this library and by all its rivals, interleaved in rounds as in [GemmPeersBenchmark].
public class ElementwisePeersBenchmark extends PeersBenchmark {

  /// Nanoseconds of one pass in this round, by contestant; 0 if it sat the round out.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Round extends Counters {
    public double value;
    public double vml;
    public double jdk;
    public double scalar;
  }

  @Param({"EXP", "TANH"})
  public ElementwiseFunction function;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1024", "65536", "16777216"})
  public int n;

  private Turns turns;

  @Setup
  public void prepare() {
    if (n > ElementwisePasses.WARM_UP) {
      enter(ElementwisePasses.WARM_UP);
    }
    enter(n);
    report("mkl", Mkl.version());
    report("vml", Mkl.vmlKernels());
  }

  private void enter(int size) {
    ElementwisePasses passes = new ElementwisePasses(function, precision, size);
    VmlFunction vml = new VmlFunction(precision == Precision.FLOAT, passes.arguments());
    turns = new Turns(0,
        turn("lanewise", passes.value(), passes, passes::result), turn("vml", vml.pass(function), passes, vml::result),
        turn("jdk", passes.jdk(), passes, passes::result), turn("scalar", passes.scalar(), passes, passes::result));
  }

  private static Turn turn(String name, Runnable pass, ElementwisePasses passes, IntToDoubleFunction results) {
    return new Turn(pass, () -> passes.check(name, results));
  }

  @Benchmark
  public void round(Round times) {
    turns.take();
    times.value = turns.nanos(0);
    times.vml = turns.nanos(1);
    times.jdk = turns.nanos(2);
    times.scalar = turns.nanos(3);
  }
}
