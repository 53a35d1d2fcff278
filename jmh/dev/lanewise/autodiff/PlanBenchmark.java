package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.TimedBenchmark;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of a perceptron at one row, prepared once by each mode. All take turns within one invocation,
/// because a shared machine changes its speed within seconds.
public class PlanBenchmark extends TimedBenchmark {

  /// Nanoseconds of one call by each mode, the median over an iteration's rounds.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double forward;
    public double reverse;
    public double mixed;
    public double auto;
    /// The multiply-adds that AUTO plans for the Jacobian, beyond the value.
    public double multiplyAdds;
  }

  /// A trained network, with weights from a file.
  private static final String TRAINED = "digits-autoencoder";
  /// Kernels are compiled on a network of layers no wider than this: a large network would take minutes to compile
  /// them.
  private static final int WARM_UP = 64;

  @Param({"4-64-64-64-2", "64-64-64-64-64", "16-64-64-64-1024", "1024-64-64-64-16", "512-64-64-64-512",
      "4-256-256-256-64",
      "256-256-256-256-256", "16-256-256-256-1024", "1024-256-256-256-16", "1024-256-256-256-1024", TRAINED,
      "784-1000-500-250-30-250-500-1000-784"})
  public String network;

  @Param("FLOAT")
  public Precision precision;

  private final Map<Mode, Rounds> rounds = new EnumMap<>(Mode.class);
  private PreparedModes modes;
  private int turn;

  @Setup
  public void prepare() throws IOException, URISyntaxException {
    if (network.equals(TRAINED)) {
      TrainedNetwork trained = TrainedNetwork.load(network, precision);
      modes = new PreparedModes(trained.layers(), trained.theta(), trained.x());
      PreparedModes.requireClose(trained.jacobian(), modes.compute(Mode.FORWARD),
          precision == Precision.FLOAT ? 1e-5 : 1e-9, network);
    } else {
      int[] widths = Stream.of(network.split("-")).mapToInt(Integer::parseInt).toArray();
      PreparedModes.ofPerceptron(precision, IntStream.of(widths).map(width -> Math.min(width, WARM_UP)).toArray())
          .reachSteadyState();
      modes = PreparedModes.ofPerceptron(precision, widths);
    }
    modes.check();
    modes.reachSteadyState();
    modes.fitTurns();
  }

  @Setup(Level.Iteration)
  public void begin() {
    for (Mode mode : Mode.values()) {
      rounds.put(mode, new Rounds());
    }
  }

  @Benchmark
  public void round(Spent spent) {
    Mode[] all = Mode.values();
    turn++;
    for (int i = 0; i < all.length; i++) {
      Mode mode = all[(turn + i) % all.length];
      rounds.get(mode).add(modes.turn(mode));
    }
    spent.forward = rounds.get(Mode.FORWARD).median();
    spent.reverse = rounds.get(Mode.REVERSE).median();
    spent.mixed = rounds.get(Mode.MIXED).median();
    spent.auto = rounds.get(Mode.AUTO).median();
    spent.multiplyAdds = modes.plan(Mode.AUTO).multiplyAdds();
  }
}
