package dev.lanewise.report.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs a profile's blocks with JMH, each fork in a new virtual machine.
///
/// The forks of a trial do not run in a row but in rounds, with the blocks of a round in random order: a machine that
/// slows down during the run then shows as spread between forks, not as a difference between modes. Trials that are
/// compared are in one block, and run one right after the other, also in random order.
public final class Experiment {

  private static final int SEED = 25;

  private final Profile profile;
  private final List<Block> blocks;
  private final OutputFormat log;
  private final Neighbours neighbours = new Neighbours(ProcessorTime::now);

  /// @param blocks the blocks of `profile`, or those of them that are to be measured
  /// @param log receives all output of JMH
  public Experiment(Profile profile, List<Block> blocks, PrintStream log) {
    this.profile = profile;
    this.blocks = blocks;
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
  }

  /// Runs everything.
  ///
  /// @param out where the progress is shown
  public Collection<RunResult> run(PrintStream out) throws RunnerException {
    List<List<Trial>> order = order(blocks, new Random(SEED));
    Map<Trial, List<RunResult>> forks = new LinkedHashMap<>();
    long begin = System.nanoTime();
    try (Progress progress = new Progress(profile.key(), order.stream().mapToInt(List::size).sum(), out)) {
      for (List<Trial> trials : order) {
        boolean late = System.nanoTime() - begin > profile.time.toNanos();
        if (late
            && trials.stream().allMatch(trial -> forks.getOrDefault(trial, List.of()).size() >= trial.leastForks())) {
          progress.leaveOut(trials.size());
          continue;
        }
        for (Trial trial : trials) {
          progress.begin(trial);
          neighbours.begin();
          forks.computeIfAbsent(trial, _ -> new ArrayList<>()).add(new Runner(options(trial), log).runSingle());
          neighbours.end();
          progress.end();
        }
      }
    }
    return forks.values().stream().map(Experiment::join).sorted(RunResult.DEFAULT_SORT_COMPARATOR).toList();
  }

  /// The rounds: each block's trials once per fork, where the first round has all blocks.
  static List<List<Trial>> order(List<Block> blocks, Random random) {
    int rounds = blocks.stream().mapToInt(Block::forks).max().orElse(0);
    return IntStream.range(0, rounds).boxed().flatMap(round -> {
      List<Block> shuffled = new ArrayList<>(blocks.stream().filter(block -> block.forks() > round).toList());
      Collections.shuffle(shuffled, random);
      return shuffled.stream().map(block -> {
        List<Trial> trials = new ArrayList<>(block.trials());
        Collections.shuffle(trials, random);
        return trials;
      });
    }).toList();
  }

  /// The forks' collectors, and the other load while they ran, as facts about the machine.
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>(Flags.facts(blocks));
    facts.putAll(neighbours.facts());
    return facts;
  }

  private Options options(Trial trial) {
    int warmups = trial.subjects() > 0 ? 0 : profile.warmups;
    int iterations = trial.subjects() > 0 ? trial.subjects() : profile.iterations;
    TimeValue time = TimeValue.milliseconds(trial.millis() > 0 ? trial.millis() : profile.millis);
    ChainedOptionsBuilder options = new OptionsBuilder().include(trial.pattern()).forks(1).shouldFailOnError(true)
        .warmupIterations(warmups).warmupTime(time)
        .measurementIterations(iterations).measurementTime(time)
        .jvmArgs(Flags.arguments(trial.jvm()).toArray(String[]::new));
    trial.params().forEach(options::param);
    return options.build();
  }

  /// One result for all forks, as if JMH had run them in a row.
  private static RunResult join(List<RunResult> forks) {
    BenchmarkParams p = forks.getFirst().getParams();
    WorkloadParams workload = new WorkloadParams();
    int position = 0;
    for (String name : p.getParamsKeys()) {
      workload.put(name, p.getParam(name), position++);
    }
    BenchmarkParams joined = new BenchmarkParams(p.getBenchmark(), p.generatedBenchmark(), p.shouldSynchIterations(),
        p.getThreads(), p.getThreadGroups(), p.getThreadGroupLabels(), forks.size(), p.getWarmupForks(), p.getWarmup(),
        p.getMeasurement(), p.getMode(), workload, p.getTimeUnit(), p.getOpsPerInvocation(), p.getJvm(), p.getJvmArgs(),
        p.getJdkVersion(), p.getVmName(), p.getVmVersion(), p.getJmhVersion(), p.getTimeout());
    List<BenchmarkResult> results = forks.stream().flatMap(fork -> fork.getBenchmarkResults().stream()).toList();
    return new RunResult(joined, results);
  }
}
