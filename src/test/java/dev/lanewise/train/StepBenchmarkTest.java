package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That what the benchmark measures is a step: its own check, against the slides' algorithm, passes with either loss.
class StepBenchmarkTest {

  @ParameterizedTest
  @CsvSource({"4-8-6-4-2, 1, FLOAT", "10-9-1, 3, DOUBLE", "cnn-8x8, 2, FLOAT", "lstm-50x2-8, 2, DOUBLE"})
  void itsStepsAreChecked(String network, int batch, Precision precision) {
    StepBenchmark benchmark = new StepBenchmark();
    benchmark.network = network;
    benchmark.batch = batch;
    benchmark.precision = precision;
    benchmark.threads = 1;
    benchmark.prepare();
    double loss = benchmark.step();
    benchmark.end();
    assertTrue(loss >= 0 && loss < 10, "loss " + loss);
  }
}
