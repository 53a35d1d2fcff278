package dev.lanewise.train;

import dev.lanewise.examples.Diabetes;
import dev.lanewise.examples.Digits;
import dev.lanewise.examples.Iris;
import dev.lanewise.kernel.TimedBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/// The accuracy of the examples' models on held-out rows, and how long each example takes in a new virtual machine.
/// They are counters, so that they are in the same file as all other figures of the report; the time means nothing.
public class TrainedModelsBenchmark extends TimedBenchmark {

  /// Accuracies, R², and seconds.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Figures extends Counters {
    public double iris;
    public double diabetes;
    public double digits;
    public double irisSeconds;
    public double diabetesSeconds;
    public double digitsSeconds;
  }

  private interface Example {
    double run(Path folder) throws IOException;
  }

  private final double[] reached = new double[3];
  private final double[] seconds = new double[3];

  @Setup
  public void runExamples() throws IOException {
    Path folder = Files.createTempDirectory("examples");
    List<Example> examples = List.of(Iris::run, Diabetes::run, Digits::run);
    for (int example = 0; example < reached.length; example++) {
      long begin = System.nanoTime();
      reached[example] = examples.get(example).run(folder);
      seconds[example] = (System.nanoTime() - begin) * 1e-9;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Benchmark
  public void report(Figures figures) {
    figures.iris = reached[0];
    figures.diabetes = reached[1];
    figures.digits = reached[2];
    figures.irisSeconds = seconds[0];
    figures.diabetesSeconds = seconds[1];
    figures.digitsSeconds = seconds[2];
  }
}
