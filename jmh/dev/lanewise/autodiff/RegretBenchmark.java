package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/// How far [Mode#AUTO] is from the fastest of the other modes, by predicted times and by the clock ([#BUDGET]). Each
/// iteration measures one network, determined by the iteration's number, so there are no warm-up iterations, and JMH's
/// raw data hold one value for each network.
///
/// Every second network is one of [PlanBenchmark]'s perceptrons until these ten have had their turn. The others are
/// random: 1 to 6 layers with tanh between them, each width log-uniform in 1…512, in float.
///
/// ```
/// mvn -Preport -Dprofile=jacobians verify                            # all of it, in target/report
/// java -cp target/classes:target/test-classes:JMH org.openjdk.jmh.Main RegretBenchmark -rf json -jvmArgs \
///     "--add-modules jdk.incubator.vector -Dlanewise.kernels=vectors -Xbatch"
/// ```
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 210, time = 1)
public class RegretBenchmark extends TimedBenchmark {

  /// For one network: the median over rounds of the nanoseconds of a call by each mode. Modes with the same order are
  /// measured once: two times of one order would differ by noise, and the minimum of more times is smaller.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    public double forward;
    public double reverse;
    public double mixed;
    public double auto;
    public double timed;
    /// 1 for one of PlanBenchmark's, 0 for a random one.
    public double named;
    public double inputs;
    public double outputs;
    public double layers;
  }

  /// AUTO's time for timing.
  static final Duration BUDGET = Duration.ofSeconds(1);
  private static final int NAMED = 10;
  private static final int MOST_LAYERS = 6;
  private static final int MOST_WIDTH = 512;
  private static final int LEAST_ROUNDS = 5;
  private static final double CONTEST_NANOS = 0.3e9;

  private final SplittableRandom random = new SplittableRandom(2022);
  private int[] widths;
  private boolean isNamed;
  private int iteration;
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
  public void moveOn() throws NoSuchFieldException {
    isNamed = iteration % 2 == 1 && iteration < 2 * NAMED;
    widths = isNamed ? named(iteration / 2) : widths(random, MOST_WIDTH);
    iteration++;
    modes = PreparedModes.ofPerceptron(Precision.FLOAT, widths);
    modes.check();
    SteadyState.reachAgain(modes::computeAll);
    modes.addTimed(BUDGET);
    SteadyState.reachAgain(modes::computeAll);
    modes.fitTurns();
  }

  private static int[] named(int at) throws NoSuchFieldException {
    String network = PlanBenchmark.class.getField("network").getAnnotation(Param.class).value()[at];
    return Stream.of(network.split("-")).mapToInt(Integer::parseInt).toArray();
  }

  private static int[] widths(SplittableRandom random, int most) {
    int[] widths = new int[random.nextInt(1, MOST_LAYERS + 1) + 1];
    Arrays.setAll(widths, _ -> (int) Math.pow(most + 1, random.nextDouble()));
    return widths;
  }

  @Benchmark
  public void contest(Times times) {
    Map<String, String> runAs = modes.sameOrders();
    List<String> contestants = runAs.values().stream().distinct().toList();
    Map<String, Rounds> nanos = new HashMap<>();
    contestants.forEach(name -> nanos.put(name, new Rounds()));
    long begin = System.nanoTime();
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() - begin < CONTEST_NANOS; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        String name = contestants.get((round + i) % contestants.size());
        nanos.get(name).add(modes.turn(name));
      }
    }
    times.forward = nanos.get(runAs.get("FORWARD")).median();
    times.reverse = nanos.get(runAs.get("REVERSE")).median();
    times.mixed = nanos.get(runAs.get("MIXED")).median();
    times.auto = nanos.get(runAs.get("AUTO")).median();
    times.timed = nanos.get(runAs.get(PreparedModes.TIMED)).median();
    times.named = isNamed ? 1 : 0;
    times.inputs = widths[0];
    times.outputs = widths[widths.length - 1];
    times.layers = widths.length - 1;
  }
}
