package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.kernel.Deck;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.util.EnumMap;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of the autoencoders 64-128-h-128-64 by FORWARD, REVERSE and MIXED, prepared once: the gain of the
/// best bracketing from a bottleneck of width h.
///
/// A fork measures all widths, one per iteration, in passes of newly drawn order; in an iteration the modes take turns
/// of a millisecond.
public class BottleneckBenchmark extends TimedBenchmark {

  /// Of one width: the median over rounds of the nanoseconds of a call, and the multiply-adds planned for the Jacobian;
  /// for the value both modes take `valueMultiplyAdds` more.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    public double bottleneck;
    public double forward;
    public double reverse;
    public double mixed;
    public double valueMultiplyAdds;
    public double forwardMultiplyAdds;
    public double reverseMultiplyAdds;
    public double mixedMultiplyAdds;
  }

  private record Autoencoder(int bottleneck, PreparedModes modes) {}

  private static final int ENDS = 64;
  private static final int HIDDEN = 128;
  private static final Mode[] CONTESTANTS = {Mode.FORWARD, Mode.REVERSE, Mode.MIXED};

  @Param("1-2-4-8-16-32-64-128")
  public String bottlenecks;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  private final Deck<Autoencoder> subjects = new Deck<>();
  private final Map<Mode, Rounds> rounds = new EnumMap<>(Mode.class);
  private Autoencoder subject;
  private int turn;

  @Setup
  public void prepare() {
    for (String width : bottlenecks.split("-")) {
      int h = Integer.parseInt(width);
      subjects.add(new Autoencoder(h, PreparedModes.ofPerceptron(precision, ENDS, HIDDEN, h, HIDDEN, ENDS)));
    }
    subjects.forEach(each -> each.modes.check());
    SteadyState.reach(() -> subjects.forEach(each -> each.modes.computeAll()));
    subjects.forEach(each -> each.modes.fitTurns());
    for (Mode mode : CONTESTANTS) {
      rounds.put(mode, new Rounds());
    }
    Times untold = new Times();
    moveOn();
    SteadyState.reachAgain(() -> round(untold));
    subjects.restart();
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    subject = subjects.next();
    rounds.values().forEach(Rounds::clear);
  }

  @Benchmark
  public void round(Times times) {
    turn++;
    for (int i = 0; i < CONTESTANTS.length; i++) {
      Mode mode = CONTESTANTS[(turn + i) % CONTESTANTS.length];
      rounds.get(mode).add(subject.modes.turn(mode));
    }
    times.bottleneck = subject.bottleneck;
    times.forward = rounds.get(Mode.FORWARD).median();
    times.reverse = rounds.get(Mode.REVERSE).median();
    times.mixed = rounds.get(Mode.MIXED).median();
    times.valueMultiplyAdds = 2.0 * HIDDEN * (ENDS + subject.bottleneck);
    times.forwardMultiplyAdds = subject.modes.plan(Mode.FORWARD).multiplyAdds();
    times.reverseMultiplyAdds = subject.modes.plan(Mode.REVERSE).multiplyAdds();
    times.mixedMultiplyAdds = subject.modes.plan(Mode.MIXED).multiplyAdds();
  }
}
