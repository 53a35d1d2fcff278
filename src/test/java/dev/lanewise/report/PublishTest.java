package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.page.Folder;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.ResultsTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documentation's figures, renewed from a recorded result.
class PublishTest {

  private static final String BEFORE = """
      # Performance

      Written by hand, of `claim.float.crossover`.

      <!-- figures -->
      | what | figure | keys |
      |---|---|---|
      | equal times | 7.00 (old) | `claim.float.signs_agreeing` of `.signs_decided`, `machine.profile` |
      <!-- /figures -->

      Between.

      <!-- picture: heat-map-float -->
      <!-- /picture -->

      Behind.
      """;

  @TempDir
  Path folder;

  private Path from;
  private Path docs;
  private Path document;

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  @BeforeEach
  void record() throws IOException {
    from = Files.createDirectories(folder.resolve("from"));
    Files.write(from.resolve(RawResult.FILE), ResultsTest.recorded());
    Files.writeString(from.resolve(Machine.FILE), "{\"profile\": \"smoke\"}");
    docs = Files.createDirectories(folder.resolve("docs"));
    document = Files.writeString(docs.resolve("performance.md"), BEFORE);
  }

  private String publish(int exit, String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of("--from", from.toString(), "--docs", docs.toString()));
    arguments.addAll(List.of(more));
    int code = Publish.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    String said = out.toString(StandardCharsets.UTF_8).strip();
    assertEquals(exit, code, said);
    return said;
  }

  /// The document as it was, and no folder.
  private void assertUntouched(String text) throws IOException {
    assertEquals(text, Files.readString(document));
    assertFalse(Files.exists(docs.resolve("performance")));
  }

  @Test
  void whatIsWrittenByHandStays() throws IOException {
    publish(0);
    String text = Files.readString(document);
    assertTrue(text.startsWith("# Performance\n\nWritten by hand, of `claim.float.crossover`.\n\n<!-- figures -->\n| "
        + "what | figure | keys |\n|---|---|---|\n"), text);
    assertTrue(text.contains("| equal times | 2 of 2, smoke | `claim.float.signs_agreeing` of `.signs_decided`, "
        + "`machine.profile` |\n<!-- /figures -->\n\nBetween.\n"), text);
    assertTrue(text.endsWith("<!-- /picture -->\n\nBehind.\n"), text);
  }

  @Test
  void picturesComeInBothShadesWithSentenceAndData() throws IOException {
    publish(0);
    String text = Files.readString(document);
    assertTrue(text.contains("srcset=\"performance/heat-map-float-dark.svg\""), text);
    assertTrue(text.contains("src=\"performance/heat-map-float.svg\""), text);
    assertTrue(text.contains("2 of 2 cells with D and M at least a factor of 2 apart (the nearest: 16) "
        + "have the sign that the claim gives them"), text);
    for (String file : List.of("heat-map-float.svg", "heat-map-float-dark.svg", "heat-map-float.csv", "summary.json",
        Machine.FILE)) {
      assertTrue(Files.size(docs.resolve("performance").resolve(file)) > 0, file);
    }
    assertFalse(Files.exists(docs.resolve("performance").resolve(Folder.PAGE)));
  }

  @Test
  void twiceIsOnce() throws IOException {
    publish(0);
    String once = Files.readString(document);
    byte[] raw = Files.readAllBytes(docs.resolve("performance/jmh-result.json.gz"));
    publish(0);
    assertEquals(once, Files.readString(document));
    assertArrayEquals(raw, Files.readAllBytes(docs.resolve("performance/jmh-result.json.gz")));
  }

  /// The packed raw data give the same figures, and say nothing of where the virtual machine lay.
  @Test
  void publishedRawDataAreDrawnAgain() throws IOException {
    publish(0);
    Path published = docs.resolve("performance");
    Path output = folder.resolve("again");
    assertEquals(0, Report.run(new PrintStream(new ByteArrayOutputStream()), "--from", published.toString(), "--output",
        output.toString()));
    assertEquals(Files.readString(published.resolve("summary.json")), Files.readString(output.resolve("summary.json")));
    String raw = Files.readString(output.resolve(RawResult.FILE));
    assertTrue(raw.contains("\"jvm\":\"java\""), raw.substring(0, 300));
  }

  @Test
  void aFigureThatWasNotMeasuredLeavesAllAsItWas() throws IOException {
    Files.writeString(document, BEFORE.replace(".signs_decided", ".unheard_of"));
    assertTrue(publish(2).startsWith(document + ": shows claim.float.unheard_of, which was not measured"));
    assertUntouched(BEFORE.replace(".signs_decided", ".unheard_of"));
  }

  @Test
  void aPictureThatIsNotThereLeavesAllAsItWas() throws IOException {
    Files.writeString(document, BEFORE.replace("heat-map-float", "roofline-float"));
    assertTrue(publish(2).contains("shows the picture roofline-float, which the report does not have"));
    assertUntouched(BEFORE.replace("heat-map-float", "roofline-float"));
  }

  @Test
  void markersHaveToPair() throws IOException {
    for (String lost : List.of("<!-- figures -->\n", "<!-- /figures -->\n", "<!-- /picture -->\n",
        "<!-- picture: heat-map-float -->\n")) {
      Files.writeString(document, BEFORE.replace(lost, ""));
      assertTrue(publish(2).contains("without its other marker"), lost);
      assertUntouched(BEFORE.replace(lost, ""));
    }
  }

  @Test
  void aPlantedFaultIsNotPublished() throws IOException {
    Files.writeString(from.resolve(RawResult.FILE),
        new String(ResultsTest.recorded(), StandardCharsets.UTF_8)
        .replace("\"chunk\" : \"1\",", "\"chunk\" : \"1\", \"slowForward\" : \"1.6\","));
    assertTrue(publish(2).contains("forward mode was made 1.6 times slower on purpose"));
    assertUntouched(BEFORE);
  }

  @Test
  void aFolderThatIsNoReportIsRefused() throws IOException {
    Files.delete(from.resolve(RawResult.FILE));
    assertTrue(publish(2).startsWith(from + ": holds neither"));
    assertUntouched(BEFORE);
  }

  @Test
  void withoutADocumentNothingIsWritten() throws IOException {
    Files.delete(document);
    assertTrue(publish(2).startsWith(document + ": no such file"));
    assertFalse(Files.exists(docs.resolve("performance")));
  }

  /// README and page quote the run whose data lie beside them: to publish that again changes nothing.
  @Test
  void theProjectsOwnFiguresAreThoseOfTheStoredRun() throws IOException {
    Path stored = Path.of("docs/performance");
    String page = Files.readString(Path.of("docs/performance.md"));
    String front = Files.readString(Path.of("README.md"));
    assertTrue(page.contains("<!-- figures -->") && page.contains("<!-- picture: heat-map-float -->")
        && front.contains("<!-- figures -->"));
    Files.writeString(document, page);
    Path readme = Files.writeString(folder.resolve("README.md"), front);
    Path before = Files.createDirectories(docs.resolve("performance"));
    for (String file : List.of(Machine.FILE, RunsFile.FILE, "history.md")) {
      if (Files.exists(stored.resolve(file))) {
        Files.copy(stored.resolve(file), before.resolve(file));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = Publish.run(new PrintStream(out, true, StandardCharsets.UTF_8),
        "--from", stored.toString(), "--docs", docs.toString(), "--readme", readme.toString());
    assertEquals(0, code, out.toString(StandardCharsets.UTF_8));
    assertEquals(Files.readString(stored.resolve("summary.json")),
        Files.readString(docs.resolve("performance/summary.json")));
    assertEquals(Files.readString(stored.resolve("history.md")),
        Files.readString(docs.resolve("performance/history.md")));
    assertEquals(page, Files.readString(document));
    assertEquals(front, Files.readString(readme));
  }

  @Test
  void theReadmeIsRenewedTooOrNeither() throws IOException {
    Path readme = Files.writeString(folder.resolve("README.md"), BEFORE);
    publish(0, "--readme", readme.toString());
    assertTrue(Files.readString(readme).contains("srcset=\"docs/performance/heat-map-float-dark.svg\""));
    assertTrue(Files.readString(readme).contains("| equal times | 2 of 2, smoke |"));
    String before = Files.readString(document);
    Files.writeString(readme, BEFORE.replace(".signs_decided", ".unheard_of"));
    Files.writeString(document, BEFORE);
    assertTrue(publish(2, "--readme", readme.toString()).startsWith(readme + ": shows claim.float.unheard_of"));
    assertEquals(BEFORE, Files.readString(document));
    assertFalse(before.equals(BEFORE));
  }

  /// A document that cannot be renewed leaves the last figures.
  @Test
  void whatCannotBePublishedLeavesTheLastFigures() throws IOException {
    publish(0);
    String figures = Files.readString(docs.resolve("performance/summary.json"));
    Files.writeString(document, BEFORE.replace(".signs_decided", ".unheard_of"));
    publish(2);
    assertEquals(figures, Files.readString(docs.resolve("performance/summary.json")));
    assertFalse(Files.exists(docs.resolve("performance.draft")));
    assertFalse(Files.exists(docs.resolve("performance.md.draft")));
  }
}
