package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.ResultsTest;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The runs that are kept.
class RunsFileTest {

  private static final String HEAD =
      "machine,vectors,jvm,date,commit,profile,setting,crossover,ci_low,ci_high,slope,forks\n";
  private static final String LINE = "CPU,\"Species[float, 8]\",\"JDK; \"\"G1\"\"\",2026-11-30T20:00:00Z,abc,quick,"
      + "float,0.90000,0.85000,0.95000,0.88000,6\n";

  @TempDir
  Path folder;

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve(RunsFile.FILE), text);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    RunsFile runs = RunsFile.at(file(HEAD + LINE));
    Run run = runs.runs().getFirst();
    assertEquals("Species[float, 8]", run.vectors());
    assertEquals("JDK; \"G1\"", run.jvm());
    assertEquals(0.9, run.crossover().ratio(), 1e-12);
    assertEquals(0.95, run.crossover().highRatio(), 1e-12);
    assertEquals(HEAD + LINE, runs.text());
    assertTrue(RunsFile.at(folder.resolve("none.csv")).lines().isEmpty());
  }

  @Test
  void aLineBreakInAFactDoesNotBreakTheFile() throws IOException {
    Run run = new Run("a\nb", "v", "j", "2026-11-30T20:00:00Z", "c", "quick", "float", new Estimate(0, -0.1, 0.1), 6);
    RunsFile again = RunsFile.at(file(new RunsFile(List.of(new RunsFile.Line(run, 0.9))).text()));
    assertEquals("a b", again.runs().getFirst().machine());
  }

  @Test
  void aSettingOfARunIsKeptOnce() throws IOException {
    RunsFile runs = RunsFile.at(file(HEAD + LINE));
    assertEquals(runs, runs.with(runs.lines()));
    RunsFile later = RunsFile.at(file(HEAD + LINE.replace("20:00", "21:00")));
    assertEquals(2, runs.with(later.lines()).lines().size());
    assertTrue(refused(HEAD + LINE + LINE).endsWith("line 3: has float of 2026-11-30T20:00:00Z twice"));
  }

  private String refused(String text) throws IOException {
    Path file = file(text);
    String message = assertThrows(Refusal.class, () -> RunsFile.at(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "machine,vectors\n", "a,b,c,d,e,f,g,h,i,j,k,l\n"})
  void withoutItsHeadItIsNoFileOfRuns(String text) throws IOException {
    assertTrue(refused(text).contains("has no header machine,vectors"));
  }

  @Test
  void valuesThatAreNoneAreRefusedWithTheirLine() throws IOException {
    for (String[] change : new String[][] {{"0.90000", "NaN"}, {"0.90000", "0"}, {"0.90000", "-1"},
        {"0.90000", "Infinity"}, {"0.90000", "0.8"}, {"0.95000", "x"}, {"0.88000", "NaN"}, {",6", ",0"}, {",6", ",6.5"},
        {",6", ""}, {",6", ",6,7"}, {"CPU", "\"CPU"}, {"CPU", "C\"PU"}, {"2026-11-30T20:00:00Z", "yesterday"},
        {",float,", ",,"}, {LINE.strip(), ""}}) {
      String message = refused(HEAD + LINE.replace(change[0], change[1]));
      assertTrue(message.contains(", line 2: is "), message);
    }
    Files.write(folder.resolve(RunsFile.FILE), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertTrue(assertThrows(Refusal.class, () -> RunsFile.at(folder.resolve(RunsFile.FILE))).getMessage()
        .contains("is not text in UTF-8"));
  }

  /// The recorded run with each fork three times, so that there are as many as a verdict takes.
  private Path judged(String date) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode all = mapper.readTree(ResultsTest.recorded());
    for (JsonNode entry : all) {
      thrice((ArrayNode) entry.path("primaryMetric").path("rawData"));
      entry.path("secondaryMetrics").forEach(counter -> thrice((ArrayNode) counter.path("rawData")));
    }
    Path from = Files.createDirectories(folder.resolve("from"));
    Files.write(from.resolve(RawResult.FILE), mapper.writeValueAsBytes(all));
    Files.writeString(from.resolve(Machine.FILE),
        "{\"cpu\": \"a CPU\", \"date\": \"" + date + "\", \"commit\": \"abc\", \"profile\": \"quick\"}");
    return from;
  }

  private static void thrice(ArrayNode forks) {
    ArrayNode once = forks.deepCopy();
    forks.addAll(once);
    forks.addAll(once);
  }

  private String publish(int exit, Path from, String... more) throws IOException {
    Path docs = Files.createDirectories(folder.resolve("docs"));
    Files.writeString(docs.resolve("performance.md"), "# Performance\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"--from", from.toString(), "--docs", docs.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    assertEquals(exit, Publish.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments),
        out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void publishingKeepsTheRunOnceAndKeepsEarlierOnes() throws IOException {
    publish(0, judged("2026-11-30T20:00:00Z"));
    Path kept = folder.resolve("docs/performance").resolve(RunsFile.FILE);
    String once = Files.readString(kept);
    assertTrue(once.contains("\na CPU,unknown,unknown,2026-11-30T20:00:00Z,abc,quick,float,"), once);
    publish(0, judged("2026-11-30T20:00:00Z"));
    assertEquals(once, Files.readString(kept));
    String figures = Files.readString(folder.resolve("docs/performance/summary.json"));
    assertTrue(figures.contains("\"runs.float.count\" : 1"), figures);
    String said = publish(0, judged("2026-11-30T21:00:00Z"), "--runs-only");
    assertTrue(said.startsWith("Kept "), said);
    assertTrue(Files.readString(kept).startsWith(once));
    assertEquals(2, RunsFile.at(kept).lines().stream().filter(line -> line.run().setting().equals("float")).count());
    assertEquals(figures, Files.readString(folder.resolve("docs/performance/summary.json")));
  }

  @Test
  void whatJudgesNothingIsNotKept() throws IOException {
    Path from = judged("2026-11-30T20:00:00Z");
    publish(0, from);
    Files.write(from.resolve(RawResult.FILE), ResultsTest.recorded());
    assertTrue(publish(2, from, "--runs-only").contains("judges no setting"));
    Files.delete(from.resolve(Machine.FILE));
    assertTrue(publish(2, judged("").resolve(RawResult.FILE), "--runs-only").contains("has a date"));
  }

  @Test
  void withoutPublishedFiguresThereIsNoPlaceForARun() throws IOException {
    assertTrue(publish(2, judged("2026-11-30T20:00:00Z"), "--runs-only").contains("no such folder"));
    assertFalse(Files.exists(folder.resolve("docs/performance")));
  }

  @Test
  void aReportShowsTheRunsThatAreKept() throws IOException {
    Path from = judged("2026-11-30T20:00:00Z");
    String output = folder.resolve("report").toString();
    Path kept = file(HEAD + LINE + LINE.replace("20:00", "21:00")
        + LINE.replace("20:00", "22:00").replace("0.90000", "0.91000"));
    report(0, from, output, kept);
    String page = Files.readString(folder.resolve("report/index.html"));
    assertTrue(page.contains("<section id=\"runs\">") && page.contains("CPU, Species[float, 8]"), "no runs");
    report(0, from, output, folder.resolve("none.csv"));
    assertFalse(Files.readString(folder.resolve("report/index.html")).contains("<section id=\"runs\">"));
    assertTrue(report(2, from, output, file("x")).contains("has no head"));
  }

  private static String report(int exit, Path from, String output, Path runs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(exit,
        Report.run(new PrintStream(out, true, StandardCharsets.UTF_8),
            "--from", from.toString(), "--output", output, "--runs", runs.toString()),
        out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
