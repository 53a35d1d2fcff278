package dev.lanewise.autodiff;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Precision;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How far [Mode#AUTO] is from the fastest of the other modes, on random networks: an iteration is a network, the i-th always
/// the same one, so there are no warm-up iterations, and JMH's raw data have a value for each network.
///
/// 1 to 6 layers, tanh between them; each width log-uniform in 1…512; float.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 200, time = 1)
public class RegretBenchmark {

  /// Of one network: the median over rounds of the nanoseconds of a call by each mode. Modes whose plans are the same order are
  /// measured once: two times of one thing would differ by noise, and the lesser of more times is less.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
    public double forward;
    public double reverse;
    public double mixed;
    public double auto;
    public double inputs;
    public double outputs;
    public double layers;
  }

  private static final int MOST_LAYERS = 6;
  private static final int MOST_WIDTH = 512;
  private static final int LEAST_ROUNDS = 5;
  private static final double CONTEST_NANOS = 0.3e9;

  private final SplittableRandom random = new SplittableRandom(2022);
  private int[] widths;
  private PreparedModes modes;

  /// Compiles the kernels on small networks first: uncompiled ones would take minutes for a large network.
  @Setup
  public void compile() {
    SplittableRandom other = new SplittableRandom(7);
    for (int most : new int[] {8, 32, 96}) {
      List<PreparedModes> small = new ArrayList<>();
      for (int network = 0; network < 8; network++) {
        small.add(PreparedModes.ofPerceptron(Precision.FLOAT, widths(other, most)));
      }
      SteadyState.reach(() -> small.forEach(PreparedModes::computeAll));
    }
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    widths = widths(random, MOST_WIDTH);
    modes = PreparedModes.ofPerceptron(Precision.FLOAT, widths);
    modes.check();
    SteadyState.reachAgain(modes::computeAll);
    modes.fitTurns();
  }

  private static int[] widths(SplittableRandom random, int most) {
    int[] widths = new int[random.nextInt(1, MOST_LAYERS + 1) + 1];
    Arrays.setAll(widths, _ -> (int) Math.pow(most + 1, random.nextDouble()));
    return widths;
  }

  @Benchmark
  public void contest(Times times) {
    Map<Mode, Mode> runAs = new EnumMap<>(Mode.class);
    for (Mode mode : Mode.values()) {
      JacobianPlan plan = modes.plan(mode);
      runAs.put(mode, Arrays.stream(Mode.values()).filter(other -> plan.sameOrder(modes.plan(other))).findFirst().orElseThrow());
    }
    List<Mode> contestants = new ArrayList<>(runAs.values().stream().distinct().toList());
    Map<Mode, Rounds> nanos = new EnumMap<>(Mode.class);
    contestants.forEach(mode -> nanos.put(mode, new Rounds()));
    long begin = System.nanoTime();
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() - begin < CONTEST_NANOS; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        Mode mode = contestants.get((round + i) % contestants.size());
        nanos.get(mode).add(modes.turn(mode));
      }
    }
    times.forward = nanos.get(runAs.get(Mode.FORWARD)).median();
    times.reverse = nanos.get(runAs.get(Mode.REVERSE)).median();
    times.mixed = nanos.get(runAs.get(Mode.MIXED)).median();
    times.auto = nanos.get(runAs.get(Mode.AUTO)).median();
    times.inputs = widths[0];
    times.outputs = widths[widths.length - 1];
    times.layers = widths.length - 1;
  }
}
