package dev.lanewise.onnx;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs [InferenceBenchmark] under the default collector, and prints its part of the table.
final class InferenceTable {

  private InferenceTable() {}

  /// @param forks processes for each network, at least 1
  static void print(List<String> networks, int forks) throws RunnerException {
    System.out.println("| one sample, µs | Lanewise | ONNX Runtime | ratio |");
    System.out.println("|---|---|---|---|");
    Options options = new OptionsBuilder().include(InferenceBenchmark.class.getSimpleName())
        .param("network", networks.toArray(String[]::new)).forks(forks).verbosity(VerboseMode.SILENT)
        .warmupIterations(1).warmupTime(TimeValue.seconds(1))
        .measurementIterations(1).measurementTime(TimeValue.seconds(3))
        .jvmArgs("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC").build();
    for (RunResult run : new Runner(options).run()) {
      double ours = median(run, "ours");
      double theirs = median(run, "onnxRuntime");
      System.out.printf(Locale.ROOT, "| `%s` | %.2f | %.2f | %.2f |%n", run.getParams().getParam("network"), ours / 1e3,
          theirs / 1e3, ours / theirs);
    }
  }

  private static double median(RunResult run, String counter) {
    double[] nanos = run.getBenchmarkResults().stream().map(BenchmarkResult::getIterationResults)
        .flatMap(Collection::stream).mapToDouble(each -> each.getSecondaryResults().get(counter).getScore())
        .sorted().toArray();
    return nanos.length == 0 ? Double.NaN : Arrays.stream(nanos).skip(nanos.length / 2).findFirst().orElseThrow();
  }
}
