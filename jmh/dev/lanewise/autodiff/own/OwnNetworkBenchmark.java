package dev.lanewise.autodiff.own;

import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.kernel.Deck;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of a network from a file, by every mode, in chunks, with elided seeds, and of blocks of it.
///
/// Like [JacobianBenchmark]: a fork measures all subjects, one per iteration, in passes of newly drawn order, and in an
/// iteration the contestants take turns.
public class OwnNetworkBenchmark extends TimedBenchmark {

  /// For one subject: the median over rounds of the nanoseconds of a call by each mode, 0 for modes without a turn.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    /// The number of its [OwnSubject.Kind].
    public double kind;
    public double chunk;
    public double inputs;
    public double outputs;
    public double forward;
    public double reverse;
    public double mixed;
    public double auto;
    public double forwardMultiplyAdds;
    public double reverseMultiplyAdds;
    public double mixedMultiplyAdds;
    public double autoMultiplyAdds;
  }

  private record Entry(OwnSubject subject, Map<Mode, OwnContestant> contestants, List<OwnContestant> distinct) {

    void compute() {
      distinct.forEach(OwnContestant::compute);
    }

    double nanos(Mode mode) {
      return contestants.containsKey(mode) ? contestants.get(mode).rounds.median() : 0;
    }

    double multiplyAdds(Mode mode) {
      return contestants.containsKey(mode) ? contestants.get(mode).multiplyAdds() : 0;
    }
  }

  /// The directions on which kernels are compiled first: uncompiled, all directions of a large network would take
  /// minutes.
  private static final int WARM_UP = 64;

  @Param("none")
  public String network;

  private final Deck<Entry> entries = new Deck<>();
  private final Times counted = new Times();
  private Entry entry;
  private int turned;

  @Setup
  public void prepare() throws IOException {
    OwnNetwork own = OwnNetwork.load(Path.of(network));
    compile(own);
    for (OwnSubject subject : OwnSubject.of(own)) {
      Map<Mode, OwnContestant> contestants = subject.contestants(own);
      subject.check(own, contestants);
      entries.add(new Entry(subject, contestants, contestants.values().stream().distinct().toList()));
    }
    SteadyState.reach(() -> entries.forEach(Entry::compute));
  }

  private static void compile(OwnNetwork own) {
    int columns = Math.min(own.inputs(), WARM_UP);
    int rows = Math.min(own.outputs(), WARM_UP);
    JacobianOptions few = JacobianOptions.defaults().withInputs(0, columns).withOutputs(0, rows);
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE, Mode.AUTO}) {
      SteadyState.reach(new OwnContestant(own, few.withMode(mode), rows, columns)::compute);
    }
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    entry = entries.next();
    counted.forwardMultiplyAdds = entry.multiplyAdds(Mode.FORWARD);
    counted.reverseMultiplyAdds = entry.multiplyAdds(Mode.REVERSE);
    counted.mixedMultiplyAdds = entry.multiplyAdds(Mode.MIXED);
    counted.autoMultiplyAdds = entry.multiplyAdds(Mode.AUTO);
    entry.distinct.forEach(OwnContestant::begin);
  }

  @Benchmark
  public void round(Times times) {
    turned++;
    List<OwnContestant> all = entry.distinct;
    for (int i = 0; i < all.size(); i++) {
      all.get((turned + i) % all.size()).turn();
    }
    times.kind = entry.subject.kind().ordinal();
    times.chunk = entry.subject.chunk();
    times.inputs = entry.subject.inputs();
    times.outputs = entry.subject.outputs();
    times.forward = entry.nanos(Mode.FORWARD);
    times.reverse = entry.nanos(Mode.REVERSE);
    times.mixed = entry.nanos(Mode.MIXED);
    times.auto = entry.nanos(Mode.AUTO);
    times.forwardMultiplyAdds = counted.forwardMultiplyAdds;
    times.reverseMultiplyAdds = counted.reverseMultiplyAdds;
    times.mixedMultiplyAdds = counted.mixedMultiplyAdds;
    times.autoMultiplyAdds = counted.autoMultiplyAdds;
  }
}
