package dev.lanewise.report;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.Run;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The runs that are kept: a header, then a line of comma-separated values for each setting that a run judged.
///
/// A value with a comma or a quotation mark is quoted, and its quotation marks are doubled (RFC 4180). Line ends in a
/// value become spaces.
///
/// @param lines oldest first
record RunsFile(List<Line> lines) {

  /// The file in a folder of published figures.
  static final String FILE = "runs.csv";

  private static final String HEAD =
      "machine,vectors,jvm,date,commit,profile,setting,crossover,ci_low,ci_high,slope,forks";
  private static final int VALUES = HEAD.split(",").length;
  private static final Pattern VALUE = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*+)\"|([^\",]*+))(,|$)");

  /// @param slope s of the fit
  record Line(Run run, double slope) {

    /// The key of a line: a setting of one run.
    private List<String> subject() {
      return List.of(run.machine(), run.date(), run.commit(), run.setting());
    }

    private String text() {
      String names = Stream.of(
              run.machine(), run.vectors(), run.jvm(), run.date(), run.commit(), run.profile(), run.setting())
          .map(RunsFile::quoted).reduce((one, other) -> one + "," + other).orElseThrow();
      Estimate crossover = run.crossover();
      return String.format(Locale.ROOT, "%s,%.5f,%.5f,%.5f,%.5f,%d%n",
          names, crossover.ratio(), crossover.lowRatio(), crossover.highRatio(), slope, run.forks());
    }
  }

  private static String quoted(String value) {
    String line = value.replaceAll("\\R", " ");
    return line.contains(",") || line.contains("\"") ? "\"" + line.replace("\"", "\"\"") + "\"" : line;
  }

  /// The runs in a file; none if it does not exist.
  ///
  /// @throws Refusal if it holds anything else
  static RunsFile at(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new RunsFile(List.of());
    }
    List<String> text;
    try {
      text = Files.readAllLines(file);
    } catch (MalformedInputException _) {
      throw new Refusal(file.toString(), "is not text in UTF-8, expected runs");
    }
    if (text.isEmpty() || !text.getFirst().equals(HEAD)) {
      throw new Refusal(file.toString(), "has no header " + HEAD);
    }
    List<Line> lines = new ArrayList<>();
    Set<List<String>> subjects = new HashSet<>();
    for (int number = 1; number < text.size(); number++) {
      Line line = parse(file + ", line " + (number + 1), text.get(number));
      if (!subjects.add(line.subject())) {
        throw new Refusal(file + ", line " + (number + 1),
            "has " + line.run.setting() + " of " + line.run.date() + " twice");
      }
      lines.add(line);
    }
    return new RunsFile(List.copyOf(lines));
  }

  private static Line parse(String where, String text) throws Refusal {
    List<String> values = new ArrayList<>();
    Matcher value = VALUE.matcher(text);
    boolean more = true;
    while (more && value.find()) {
      values.add(value.group(1) == null ? value.group(2) : value.group(1).replace("\"\"", "\""));
      more = value.group(3).equals(",");
    }
    if (more || value.end() != text.length() || values.size() != VALUES) {
      throw new Refusal(where, "is \"" + text + "\", expected " + VALUES + " values");
    }
    try {
      Estimate crossover = new Estimate(log2(values.get(7)), log2(values.get(8)), log2(values.get(9)));
      double slope = Double.parseDouble(values.get(10));
      int forks = Integer.parseInt(values.get(11));
      Instant.parse(values.get(3));
      if (!crossover.contains(crossover.value()) || !Double.isFinite(slope) || forks < 1 || values.get(6).isBlank()) {
        throw new NumberFormatException();
      }
      return new Line(
          new Run(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4), values.get(5),
              values.get(6), crossover, forks),
          slope);
    } catch (NumberFormatException | DateTimeParseException _) {
      throw new Refusal(where,
          "is \"" + text + "\", expected a date, a setting, r* between its limits, a slope and a number of forks");
    }
  }

  private static double log2(String ratio) {
    double value = Double.parseDouble(ratio);
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new NumberFormatException(ratio);
    }
    return Math.log(value) / Math.log(2);
  }

  List<Run> runs() {
    return lines.stream().map(Line::run).toList();
  }

  /// The lines that keep a run: one for each setting that it judged.
  ///
  /// @param machine without a date there are none
  /// @throws Refusal if its date is none
  static List<Line> lines(List<Claim> claims, Machine machine) throws Refusal {
    Map<String, String> facts = machine.facts();
    String date = facts.get("date");
    if (date == null) {
      return List.of();
    }
    try {
      Instant.parse(date);
    } catch (DateTimeParseException _) {
      throw new Refusal(Machine.FILE, "has a date \"" + date + "\", expected one as 2026-01-31T12:00:00Z");
    }
    return claims.stream().filter(claim -> claim.isJudged() && claim.verdict() != Claim.Verdict.EMPTY)
        .map(claim -> new Line(
            new Run(machine.processor(), machine.vectorSpecies(), machine.jvm(claim.setting().collectorFact()), date,
                facts.getOrDefault("commit", "unknown"), facts.getOrDefault("profile", "unknown"),
                claim.setting().key(), claim.crossover(), claim.forks()),
            claim.slope().value()))
        .toList();
  }

  /// With these lines added; they replace lines of the same setting and run.
  RunsFile with(List<Line> more) {
    Set<List<String>> renewed = new HashSet<>(more.stream().map(Line::subject).toList());
    return new RunsFile(
        Stream.concat(lines.stream().filter(line -> !renewed.contains(line.subject())), more.stream()).toList());
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD).append("\n");
    lines.forEach(line -> text.append(line.text().replace("\r", "")));
    return text.toString();
  }
}
