package dev.lanewise.report;

import dev.lanewise.report.page.Folder;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Part;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.RawResult;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.run.Experiment;
import dev.lanewise.report.run.OwnNetwork;
import dev.lanewise.report.run.Profile;
import dev.lanewise.report.run.Selection;
import dev.lanewise.report.section.Findings;
import dev.lanewise.report.verdict.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures, judges the claim that forward mode is cheaper iff D < M, and writes the report.
///
/// From a build: `mvn -Preport -Dprofile=smoke|quick|standard|full verify`, with `-DslowForward=1.6` for a planted
/// fault, `-Dsuite=jacobians,gemm` for some suites only, and `-Dnetwork=my.onnx` for one network alone; `mvn
/// -Preport,publish -Dprofile=standard verify` also renews the documentation from the run, see [Publish].
///
/// Exit codes: 0 done, 1 a benchmark failed, 2 bad arguments or an unreadable result file.
@Command(name = "report", mixinStandardHelpOptions = true,
    description =
        "Runs the benchmarks, or reads their earlier result, and writes a page with its pictures and figures.")
public final class Report implements Callable<Integer> {

  @Option(names = "--profile", defaultValue = "quick", description = "How much to measure: ${COMPLETION-CANDIDATES}.")
  private Profile profile;

  @Option(names = "--output", required = true,
      description = "The report's directory; an existing report stays until this one is complete.")
  private Path output;

  @Option(names = "--from",
      description = "Measures nothing; draws the pages of this JMH result, or of the one in this folder.")
  private Path from;

  @Option(names = "--slow-forward", defaultValue = "1",
      description = "Plants a fault: makes forward mode this many times slower, and compares only the modes.")
  private double slowForward;

  @Option(names = "--suite", defaultValue = Selection.ALL,
      description = "Measures only these suites of the profile, separated by commas: jacobians,gemm.")
  private String suite;

  @Option(names = "--network", defaultValue = OwnNetwork.NONE,
      description = "Measures this network alone: a model's .safetensors or an .onnx file.")
  private String network;

  @Option(names = "--runs",
      description = "The file of kept runs to show beside this one; none are shown if it does not exist.")
  private Path runs;

  private static final int MOST_SLOW = 100;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, arguments));
  }

  /// @return the exit code
  static int run(PrintStream out, String... arguments) {
    PrintWriter writer = new PrintWriter(out, true);
    return new CommandLine(new Report(out)).setCaseInsensitiveEnumValuesAllowed(true).setOut(writer).setErr(writer)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    try {
      if (!(slowForward >= 1 && slowForward <= MOST_SLOW)) {
        throw new Refusal("--slow-forward", "is " + slowForward + ", expected a factor from 1 to " + MOST_SLOW);
      }
      if (slowForward > 1 && profile.planting(slowForward).isEmpty()) {
        throw new Refusal("--slow-forward",
            "with the profile " + profile.key() + ", which does not compare the modes by D and M");
      }
      if (isOwn() && (slowForward > 1 || !suite.equalsIgnoreCase(Selection.ALL))) {
        throw new Refusal("--network",
            "with --slow-forward or --suite, expected the network alone, as nothing else is measured then");
      }
      return from == null ? measure() : redraw();
    } catch (Refusal e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private int redraw() throws IOException {
    Parts parts = Parts.at(from);
    Findings findings = Findings.of(parts, kept());
    findings.requireCounts();
    try (Folder folder = folder()) {
      folder.write(parts, findings);
      folder.publish();
    }
    say(findings);
    return 0;
  }

  private Folder folder() throws IOException {
    Folder folder = new Folder(output);
    if (folder.hadHalf) {
      out.println("An earlier run was stopped half-way; its draft is removed, and this run starts clean.");
    }
    return folder;
  }

  private int measure() throws IOException {
    List<Run> kept = kept();
    Machine machine = Machine.here(profile.key());
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    Experiment experiment;
    if (isOwn()) {
      OwnNetwork own = OwnNetwork.at(Path.of(network));
      machine = machine.with(own.said());
      experiment = new Experiment(profile, own.blocks(profile), stream);
    } else {
      machine = suite.equalsIgnoreCase(Selection.ALL) ? machine : machine.with(Map.of("suites", suite));
      var blocks = slowForward > 1 ? profile.planting(slowForward) : profile.blocks();
      experiment = new Experiment(profile, Selection.of(blocks, suite, "--suite"), stream);
    }
    Optional<Parts> last = last(machine);
    try (Folder folder = folder()) {
      Collection<RunResult> measured = logged(experiment, stream);
      judge(measured, machine.with(experiment.facts()).with(log.toString(StandardCharsets.UTF_8)), last, kept, folder);
      return 0;
    } catch (RunnerException e) {
      List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
      lines.subList(Math.max(0, lines.size() - 40), lines.size()).forEach(out::println);
      out.println("The benchmarks stopped: " + e.getMessage());
      return 1;
    }
  }

  private List<Run> kept() throws IOException {
    return runs == null ? List.of() : RunsFile.at(runs).runs();
  }

  private boolean isOwn() {
    return !network.equalsIgnoreCase(OwnNetwork.NONE);
  }

  /// The report that this run is merged into. It is read before measuring, because a refusal an hour later would be
  /// late.
  private Optional<Parts> last(Machine machine) throws Refusal {
    if (!profile.isMerged() || isOwn() || !Files.exists(output.resolve(RawResult.FILE))) {
      return Optional.empty();
    }
    Parts last = Parts.at(output);
    last.requireSameMachine(machine, output);
    return Optional.of(last);
  }

  /// Measuring may have taken hours: the measurements are kept even if they are refused.
  private void judge(
      Collection<RunResult> measured, Machine machine, Optional<Parts> last, List<Run> kept, Folder folder)
      throws IOException {
    Path raw = folder.resolve(RawResult.FILE);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, raw.toString()).writeOut(measured);
    folder.write(Machine.FILE, machine.json());
    try {
      Part now = Part.of(RawResult.at(raw), machine);
      Parts parts = last.isPresent() ? last.get().with(now) : Parts.of(now);
      Findings findings = Findings.of(parts, kept);
      findings.requireCounts();
      folder.write(parts, findings);
      folder.publishKeepingLast();
      say(findings);
      if (parts.all().size() > 1) {
        findings.besideLibraries().forEach(line -> out.println("  beside  " + line));
      }
    } catch (Refusal e) {
      out.println("No report. Until the next run, the measurements are in " + raw);
      throw e;
    }
  }

  /// Runs the experiment. The forks' output goes into the log; JMH would print it on the terminal.
  private Collection<RunResult> logged(Experiment experiment, PrintStream log) throws RunnerException {
    PrintStream terminalOut = System.out;
    PrintStream terminalErr = System.err;
    System.setOut(log);
    System.setErr(log);
    try {
      return experiment.run(out);
    } finally {
      System.setOut(terminalOut);
      System.setErr(terminalErr);
    }
  }

  private void say(Findings findings) {
    out.println();
    findings.verdict().forEach(out::println);
    findings.noise().ifPresent(line -> out.println("  noise   " + line));
    out.println("  page    " + output.resolve(Folder.PAGE));
  }
}
