package dev.lanewise.report;

import dev.lanewise.report.page.Folder;
import dev.lanewise.report.result.Parts;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.verdict.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Compares two reports: which crossovers of the claim and which times have changed by more than noise.
///
/// From a build: `mvn -Pcompare -Dold=DIR -Dnew=DIR verify`; without folders, the report in `target/report` is compared
/// with the one before.
///
/// Exit codes: 0 done, 2 bad arguments or an unreadable file.
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Tells changes between two reports from noise.")
public final class Compare implements Callable<Integer> {

  @Parameters(index = "0",
      description = "The earlier report's folder, or its summary.json, with JMH's result beside it.")
  private Path earlier;

  @Parameters(index = "1", description = "The later report's folder, or its summary.json.")
  private Path later;

  private final PrintStream out;

  Compare(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
  }

  /// @return the exit code
  static int run(PrintStream out, String... arguments) {
    PrintWriter writer = new PrintWriter(out, true);
    return new CommandLine(new Compare(out)).setOut(writer).setErr(writer).execute(arguments);
  }

  @Override
  public Integer call() {
    try {
      Map<String, Object> before = summary(file(earlier));
      Map<String, Object> after = summary(file(later));
      Comparison comparison = Comparison.of(results(earlier), results(later));
      List<String> lines = new ArrayList<>(places(before, after));
      lines.addAll(claims(before, after));
      lines.addAll(comparison.lines());
      lines.forEach(out::println);
      return 0;
    } catch (Refusal e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private static Path file(Path place) {
    return Files.isDirectory(place) ? place.resolve(Folder.SUMMARY) : place;
  }

  private static Results results(Path place) throws Refusal {
    return Parts.at(file(place).toAbsolutePath().getParent()).results();
  }

  private static Map<String, Object> summary(Path file) throws Refusal {
    if (!Files.isRegularFile(file)) {
      throw new Refusal(file.toString(), "no such file, expected a report's folder or its " + Folder.SUMMARY);
    }
    try {
      Map<String, Object> figures = JsonMapper.builder().build()
          .readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, Object>>() {});
      if (!figures.containsKey("machine.jvm")) {
        throw new Refusal(file.toString(), "not a report's summary.json: has no machine.jvm");
      }
      return figures;
    } catch (JacksonException _) {
      throw new Refusal(file.toString(), "truncated or not JSON, expected a report's summary.json");
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw new Refusal(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /// How the two machines differ: if they do, a change of time need not come from the code.
  private static List<String> places(Map<String, Object> before, Map<String, Object> after) {
    return List.of("machine.cpu", "machine.vectors", "machine.jdk", "machine.jvm").stream()
        .filter(key -> !String.valueOf(before.get(key)).equals(String.valueOf(after.get(key))))
        .map(key -> "different " + key.substring("machine.".length()) + ": " + before.get(key) + ", then "
        + after.get(key)).toList();
  }

  /// The crossovers of both reports. One has changed if its intervals do not meet; too few forks have no interval.
  private static List<String> claims(Map<String, Object> before, Map<String, Object> after) {
    List<String> lines = new ArrayList<>();
    for (String key : before.keySet()) {
      String claim = key.replaceFirst("ci_low$", "");
      if (!claim.equals(key) && after.containsKey(key) && !"EMPTY".equals(before.get(claim + "verdict"))) {
        boolean apart = number(before, claim + "ci_low") > number(after, claim + "ci_high")
            || number(after, claim + "ci_low") > number(before, claim + "ci_high");
        boolean told = !List.of(before, after).stream()
            .anyMatch(figures -> "NOT_JUDGED".equals(figures.get(claim + "verdict")));
        lines.add(claim + "crossover: " + figure(before, claim) + ", then " + figure(after, claim)
            + (!told ? ": too few forks to tell" : apart ? ": a change" : ": no change visible"));
      }
    }
    return lines;
  }

  private static double number(Map<String, Object> figures, String key) {
    return figures.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String figure(Map<String, Object> figures, String claim) {
    return figures.get(claim + "crossover") + " (" + figures.get(claim + "ci_low") + " to "
        + figures.get(claim + "ci_high") + ", " + figures.get(claim + "verdict") + ")";
  }
}
