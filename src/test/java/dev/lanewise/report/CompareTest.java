package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.ResultsTest;
import dev.lanewise.report.verdict.Comparison;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two runs side by side.
class CompareTest {

  @TempDir
  Path folder;

  /// A run of gemms of a hundred sizes, five forks each, those below `slower` 1.3 times slower.
  private static Results run(int slower, Random random) {
    List<Measurement> measurements = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      double[][] nanos = new double[5][1];
      for (double[] fork : nanos) {
        fork[0] = 1000 * (n < slower ? 1.3 : 1) * Math.exp(0.03 * random.nextGaussian());
      }
      measurements.add(new Measurement("kernel.GemmBenchmark.gemm", Map.of("n", "" + n), nanos, Map.of()));
    }
    return new Results(measurements, "VM");
  }

  @Test
  void noiseIsNoChange() {
    Random random = new Random(8);
    int called = 0;
    for (int pair = 0; pair < 50; pair++) {
      called += changed(run(0, random), run(0, random)) > 0 ? 1 : 0;
    }
    assertTrue(called <= 7, called + " of 50 pairs of equal runs were told apart, expected about 5 %");
  }

  @Test
  void aChangeIsFound() {
    Random random = new Random(9);
    long found = changed(run(0, random), run(20, random));
    assertTrue(found >= 19 && found <= 24, "found " + found + " of 20");
  }

  /// Of p-values in ascending order the k-th counts if it, or one behind it, is at most k/n · 5 %.
  @ParameterizedTest
  @CsvSource({"0.024 0.9, 1", "0.026 0.9, 0", "0.04 0.049, 2", "0.04 0.051, 0", "0.016 0.034 0.9, 1",
      "0.017 0.033 0.9, 2", "0.049, 1", "0.051, 0"})
  void changesAreChosenAsBenjaminiAndHochbergDo(String given, int real) throws Refusal {
    double[] p = Arrays.stream(given.split(" ")).mapToDouble(Double::parseDouble).toArray();
    List<Measurement> before = new ArrayList<>();
    List<Measurement> after = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      before.add(forks(i, -0.01, 0.01));
      after.add(forks(i, apart(p[i]) - 0.01, apart(p[i]) + 0.01));
    }
    List<Comparison.Change> changes = Comparison.of(new Results(before, "VM"), new Results(after, "VM")).changes();
    for (int i = 0; i < p.length; i++) {
      String name = before.get(i).params().toString();
      assertEquals(p[i], changes.stream().filter(each -> each.name().endsWith(name)).findFirst().orElseThrow().p(),
          1e-9);
    }
    assertEquals(real, changes.stream().filter(Comparison.Change::real).count());
  }

  /// Between pairs of forks that are 0.02 apart: Student's t with two degrees of freedom has p = 1 − t/√(t² + 2), and
  /// here t = 50·√2 times the distance of their means.
  private static double apart(double p) {
    return Math.sqrt((1 - p) * (1 - p) / (1 - (1 - p) * (1 - p))) / 50;
  }

  /// Forks that do not vary in one run leave Welch's test the other run's one degree of freedom: p = 1 − 2·atan(t)/π,
  /// where t = 1.
  @Test
  void runsThatVaryUnequallyAreComparedAsWelchDoes() throws Refusal {
    Comparison comparison = Comparison.of(new Results(List.of(forks(1, -0.01, 0.01)), "VM"),
        new Results(List.of(forks(1, 0.01, 0.01)), "VM"));
    assertEquals(0.5, comparison.changes().getFirst().p(), 1e-6);
    assertEquals(Math.pow(2, 0.01), comparison.changes().getFirst().factor(), 1e-9);
  }

  /// @param log2 of each fork's time
  private static Measurement forks(int n, double... log2) {
    return new Measurement("kernel.GemmBenchmark.gemm", Map.of("n", "" + n),
        Arrays.stream(log2).mapToObj(time -> new double[] {Math.pow(2, 10 + time)}).toArray(double[][]::new), Map.of());
  }

  private static long changed(Results earlier, Results later) {
    try {
      return Comparison.of(earlier, later).changes().stream().filter(Comparison.Change::real).count();
    } catch (Refusal impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void whatCannotBeComparedIsCounted() throws Refusal {
    Measurement single = new Measurement("a.B.c", Map.of(), new double[][] {{1}}, Map.of());
    Measurement other = new Measurement("a.B.d", Map.of(), new double[][] {{1}, {2}}, Map.of());
    Comparison comparison = Comparison.of(new Results(List.of(single, other), "VM"),
        new Results(List.of(single), "VM"));
    assertEquals(1, comparison.untold());
    assertEquals(1, comparison.unmatched());
    assertTrue(comparison.lines().getFirst().startsWith("0 of 0 times"), comparison.lines().toString());
  }

  private Path report(String name, String cpu) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Path recorded = Files.write(place.resolve("recorded.json"), ResultsTest.recorded());
    Files.writeString(place.resolve(Machine.FILE), "{\"cpu\": \"" + cpu + "\"}");
    assertEquals(0, Report.run(new PrintStream(new ByteArrayOutputStream()), "--from", recorded.toString(), "--output",
        place.resolve("report").toString()));
    return place.resolve("report").resolve("summary.json");
  }

  private String compare(int exit, Path earlier, Path later) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(exit,
        Compare.run(new PrintStream(out, true, StandardCharsets.UTF_8), earlier.toString(), later.toString()));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void reportsAreComparedAsTheyLie() throws IOException {
    String said = compare(0, report("one", "fast"), report("other", "slow"));
    assertTrue(said.contains("different cpu: fast, then slow"), said);
    assertTrue(said.contains("claim.float.crossover: ") && said.contains("NOT_JUDGED): too few forks to tell"), said);
    assertFalse(said.contains("relu.elided"), "where the claim says nothing there is no crossover: " + said);
    assertTrue(said.contains("0 of 8 times have changed by more than the spread of forks; 12 have a single fork"),
        said);
  }

  @Test
  void reportsFoldersAreComparedAsTheirSummaries() throws IOException {
    Path one = report("one", "fast");
    Path other = report("other", "slow");
    assertEquals(compare(0, one, other), compare(0, one.getParent(), other.getParent()));
    assertEquals(compare(0, one, other), compare(0, one.getParent(), other));
    assertTrue(compare(2, one, folder)
        .startsWith(folder.resolve("summary.json") + ": no such file, expected a report's folder"));
  }

  /// The claim's interval in a report, and a verdict.
  private Path judged(String name, double low, double high) throws IOException {
    Path summary = report(name, "fast");
    return Files.writeString(summary, Files.readString(summary)
        .replace("\"claim.float.verdict\" : \"NOT_JUDGED\"", "\"claim.float.verdict\" : \"VERIFIED\"")
        .replaceFirst("\"claim.float.ci_low\" : [^,]*", "\"claim.float.ci_low\" : " + low)
        .replaceFirst("\"claim.float.ci_high\" : [^,]*", "\"claim.float.ci_high\" : " + high));
  }

  @Test
  void crossoversHaveChangedWhereTheirIntervalsDoNotMeet() throws IOException {
    Path one = judged("judged", 0.9, 0.95);
    assertTrue(compare(0, one, judged("apart", 0.951, 1)).contains("(0.951 to 1.0, VERIFIED): a change"));
    assertTrue(compare(0, judged("apart", 0.951, 1), one).contains("(0.9 to 0.95, VERIFIED): a change"));
    assertTrue(compare(0, one, judged("meeting", 0.949, 1)).contains("(0.949 to 1.0, VERIFIED): no change visible"));
    assertTrue(compare(0, one, report("few", "fast")).contains("NOT_JUDGED): too few forks to tell"));
  }

  @Test
  void whatIsNoReportIsRefused() throws IOException {
    Path whole = report("one", "fast");
    Path bad = Files.writeString(folder.resolve("bad.json"), "{");
    assertTrue(compare(2, whole, bad).startsWith(bad + ": truncated"));
    assertTrue(compare(2, Files.writeString(folder.resolve("other.json"), "{}"), whole).contains("no machine.jvm"));
    assertTrue(compare(2, folder.resolve("none.json"), whole).contains("no such file"));
    Files.delete(whole.resolveSibling(RawResult.FILE));
    assertTrue(compare(2, whole, whole).contains("holds neither jmh-result.json nor jmh-result.json.gz"));
  }
}
