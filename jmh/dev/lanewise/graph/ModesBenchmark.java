package dev.lanewise.graph;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedModes;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of a network from an expression at one sample, prepared once by each mode; all take turns within
/// one invocation.
public class ModesBenchmark extends TimedBenchmark {

  /// Nanoseconds of one call by each mode, the median over an iteration's rounds; modes of the same order have one
  /// time. Multiply-adds are those planned for the Jacobian, and those of a value by itself.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double forward;
    public double reverse;
    public double mixed;
    public double auto;
    public double valueMultiplyAdds;
    public double forwardMultiplyAdds;
    public double reverseMultiplyAdds;
    public double mixedMultiplyAdds;
  }

  /// Kernels are compiled on a network of at most this many features: a large network would take minutes to compile
  /// them.
  private static final int WARM_UP = 16;

  /// Names of [Expressions].
  @Param({"residual.256-16-256", "residual.64-64", "attention"})
  public String network;

  @Param("FLOAT")
  public Precision precision;

  private final Map<Mode, Rounds> rounds = new EnumMap<>(Mode.class);
  private final Map<Mode, Mode> runAs = new EnumMap<>(Mode.class);
  private List<Mode> contestants;
  private PreparedModes modes;
  private double valueMultiplyAdds;
  private int turn;

  @Setup
  public void prepare() {
    modes(Expressions.scaled(network, WARM_UP)).reachSteadyState();
    Expressions whole = Expressions.of(network);
    modes = modes(whole);
    modes.check();
    SteadyState.reachAgain(modes::computeAll);
    modes.fitTurns();
    Workspace ws = new Workspace();
    whole.layer().forward(whole.x(precision), theta(whole), ws);
    valueMultiplyAdds = ws.multiplyAdds();
    for (Mode mode : Mode.values()) {
      runAs.put(mode, Arrays.stream(Mode.values())
          .filter(other -> modes.plan(mode).sameOrder(modes.plan(other))).findFirst().orElseThrow());
    }
    contestants = new ArrayList<>(runAs.values().stream().distinct().toList());
  }

  private PreparedModes modes(Expressions of) {
    Tensor x = of.x(precision);
    return new PreparedModes(of.layer(), theta(of), x);
  }

  private Parameters theta(Expressions of) {
    return Parameters.initialize(of.layer().parameters(), precision, 5);
  }

  @Setup(Level.Iteration)
  public void begin() {
    contestants.forEach(mode -> rounds.put(mode, new Rounds()));
  }

  @Benchmark
  public void round(Spent spent) {
    turn++;
    for (int i = 0; i < contestants.size(); i++) {
      Mode mode = contestants.get((turn + i) % contestants.size());
      rounds.get(mode).add(modes.turn(mode));
    }
    spent.forward = median(Mode.FORWARD);
    spent.reverse = median(Mode.REVERSE);
    spent.mixed = median(Mode.MIXED);
    spent.auto = median(Mode.AUTO);
    spent.valueMultiplyAdds = valueMultiplyAdds;
    spent.forwardMultiplyAdds = modes.plan(Mode.FORWARD).multiplyAdds();
    spent.reverseMultiplyAdds = modes.plan(Mode.REVERSE).multiplyAdds();
    spent.mixedMultiplyAdds = modes.plan(Mode.MIXED).multiplyAdds();
  }

  private double median(Mode mode) {
    return rounds.get(runAs.get(mode)).median();
  }
}
