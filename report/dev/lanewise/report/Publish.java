package dev.lanewise.report;

import dev.lanewise.file.Draft;
import dev.lanewise.report.page.Document;
import dev.lanewise.report.page.Folder;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Part;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.section.Findings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Renews the documentation's figures of speed from a report: the folder `performance` (`summary.json`, pictures, their
/// data and the packed raw data), and the figures and pictures between the markers of `performance.md` and the README,
/// see [Document].
///
/// From a build, `mvn -Preport,publish -Dprofile=standard verify` measures and publishes; `mvn -Ppublish verify`
/// publishes the report that is in `target/report`. The run's results for each setting that it judges are added to
/// `performance/runs.csv`, once however often it is published; with `--runs-only` (`mvn -Ppublish -DrunsOnly=true
/// verify`) nothing else is renewed. Nothing is written if something that the document shows was not measured, or if a
/// fault was planted.
///
/// Exit codes: 0 done, 2 bad arguments or an unreadable file.
@Command(name = "publish", mixinStandardHelpOptions = true,
    description = "Renews the documentation's figures and pictures from a report.")
public final class Publish implements Callable<Integer> {

  private static final String DOCUMENT = "performance.md";
  private static final String FOLDER = "performance";
  /// Written by hand, and carried over from one publishing to the next.
  private static final String HISTORY = "history.md";

  @Option(names = "--from", required = true, description = "The report's folder, or a JMH result.")
  private Path from;

  @Option(names = "--docs", required = true, description = "The folder with " + DOCUMENT + " in it.")
  private Path docs;

  @Option(names = "--readme", description = "A text beside that folder, whose figures are renewed as well.")
  private Path readme;

  @Option(names = "--runs-only", arity = "0..1", fallbackValue = "true", defaultValue = "false",
      description = "Keeps the run's settings in " + FOLDER + "/" + RunsFile.FILE + " and renews nothing else.")
  private boolean runsOnly;

  private final PrintStream out;

  Publish(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
  }

  /// @return the exit code
  static int run(PrintStream out, String... arguments) {
    PrintWriter writer = new PrintWriter(out, true);
    return new CommandLine(new Publish(out)).setOut(writer).setErr(writer).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    try {
      publish();
      return 0;
    } catch (Refusal e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private void publish() throws IOException {
    Parts parts = Parts.at(from);
    RawResult raw = parts.all().getFirst().raw();
    Path file = docs.resolve(FOLDER).resolve(RunsFile.FILE);
    List<RunsFile.Line> lines = new ArrayList<>();
    for (Part part : parts.all()) {
      lines.addAll(RunsFile.lines(Findings.claims(part.results()), part.machine()));
    }
    RunsFile runs = RunsFile.at(file).with(lines);
    Findings findings = Findings.of(parts, runs.runs());
    findings.requireCounts();
    if (findings.slowForward() > 1) {
      throw new Refusal(raw.file().toString(),
          "forward mode was made " + findings.slowForward() + " times slower on purpose: not published");
    }
    if (runsOnly) {
      keep(raw, lines, runs, file);
    } else {
      publish(parts, findings, runs);
    }
  }

  private void keep(RawResult raw, List<RunsFile.Line> lines, RunsFile runs, Path file) throws IOException {
    if (lines.isEmpty()) {
      throw new Refusal(raw.file().toString(),
          "judges no setting, or has no date in " + Machine.FILE + " beside it: nothing to keep");
    }
    if (!Files.isDirectory(file.getParent())) {
      throw new Refusal(file.getParent().toString(),
          "no such folder, expected published figures to keep the run beside");
    }
    Draft.replace(file, runs.text());
    out.println("Kept " + lines.size() + " settings of this run in " + file
        + ", which has " + runs.lines().size() + " lines now");
  }

  private void publish(Parts parts, Findings findings, RunsFile runs) throws IOException {
    Map<Path, String> renewed = new LinkedHashMap<>();
    renewed.put(docs.resolve(DOCUMENT), FOLDER);
    if (readme != null) {
      renewed.put(readme, docs.getFileName() + "/" + FOLDER);
    }
    for (Map.Entry<Path, String> document : renewed.entrySet()) {
      document.setValue(renewed(document.getKey(), document.getValue(), findings));
    }
    try (Folder folder = new Folder(docs.resolve(FOLDER))) {
      folder.writeFigures(findings);
      for (int number = 2; number <= parts.all().size(); number++) {
        Path place = Files.createDirectories(folder.resolve(Parts.folder(number)));
        Files.write(place.resolve(RawResult.FILE + RawResult.PACKED), packed(parts.all().get(number - 1).raw().json()));
        Files.writeString(place.resolve(Machine.FILE), parts.all().get(number - 1).machine().json());
      }
      Files.write(folder.resolve(RawResult.FILE + RawResult.PACKED), packed(parts.all().getFirst().raw().json()));
      folder.write(Machine.FILE, parts.all().getFirst().machine().json());
      if (!runs.lines().isEmpty()) {
        folder.write(RunsFile.FILE, runs.text());
      }
      Path history = docs.resolve(FOLDER).resolve(HISTORY);
      if (Files.isRegularFile(history)) {
        Files.copy(history, folder.resolve(HISTORY));
      }
      folder.publish();
    }
    for (Map.Entry<Path, String> document : renewed.entrySet()) {
      Draft.replace(document.getKey(), document.getValue());
      out.println("Renewed " + document.getKey());
    }
  }

  private static String renewed(Path document, String pictures, Findings findings) throws IOException {
    if (!Files.isRegularFile(document)) {
      throw new Refusal(document.toString(), "no such file, expected the document whose figures are to be renewed");
    }
    return new Document(document.toString(), Files.readString(document), pictures).renewed(findings);
  }

  /// The JSON without white space, and with the virtual machine's name instead of its path.
  private static byte[] packed(byte[] json) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode entries = mapper.readTree(json);
    for (JsonNode entry : entries) {
      if (entry instanceof ObjectNode object && object.has("jvm")) {
        object.put("jvm", object.get("jvm").asString().replaceAll(".*[/\\\\]", ""));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(mapper.writeValueAsBytes(entries));
    }
    return bytes.toByteArray();
  }
}
