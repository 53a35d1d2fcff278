package dev.lanewise.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Starts [ControlLoop] in new processes, ten of each kind one after the other, and prints the table of
/// `docs/embedding.md`.
///
/// `mvn -Pstartup verify`; the median of the runs, followed by the worst. [WarmUpCurve] is drawn into
/// `target/start-up`.
final class StartUp {

  static final String MARK = "loop:";

  private static final String FLAG = "--add-modules=jdk.incubator.vector";
  private static final List<String> CALLS = List.of("jacobian", "value", "step");
  private static final List<List<String>> STARTS = List.of(
      List.of("as it is", FLAG),
      List.of("`-Dlanewise.warmup=off`", FLAG, "-Dlanewise.warmup=off"),
      List.of("`-Dlanewise.kernels=portable`", FLAG, "-Dlanewise.kernels=portable"));

  private static final List<String> COLUMNS = List.of("call", "start", "first call, ms", "over 1 ms", "the last at, s",
      "p50, µs", "p99.9, µs", "allocated, MB", "by the caller, kB", "steady, µs");

  private StartUp() {}

  /// @param arguments runs with default options, runs of each other kind, seconds per run, and the folder for the
  ///     drawings
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("java.awt.headless", "true");
    int runs = Integer.parseInt(arguments[0]);
    int others = Integer.parseInt(arguments[1]);
    String seconds = arguments[2];
    System.out.println("| " + String.join(" | ", COLUMNS) + " |");
    System.out.println("|---".repeat(COLUMNS.size()) + "|");
    for (String call : CALLS) {
      List<List<double[]>> found = new ArrayList<>();
      STARTS.forEach(_ -> found.add(new ArrayList<>()));
      for (int run = 0; run < runs; run++) {
        // In turn, because the machine's speed changes.
        for (int start = 0; start < STARTS.size(); start++) {
          if (start == 0 || run < others) {
            found.get(start).add(run(STARTS.get(start).subList(1, STARTS.get(start).size()), call, seconds));
          }
        }
      }
      for (int start = 0; start < STARTS.size(); start++) {
        if (!found.get(start).isEmpty()) {
          System.out.println("| " + call + " | " + STARTS.get(start).getFirst() + " | " + row(found.get(start)));
        }
      }
      if (call.equals(CALLS.getFirst()) && others > 0) {
        WarmUpCurve.draw(STARTS.stream().map(List::getFirst).toList(), found, Path.of(arguments[3]));
      }
    }
  }

  private static double[] run(List<String> options, String call, String seconds)
      throws IOException, InterruptedException {
    String printed = JavaProcess.run(options, ControlLoop.class, List.of(call, seconds));
    String line = printed.lines().filter(one -> one.startsWith(MARK)).findFirst()
        .orElseThrow(() -> new IOException(printed));
    return Arrays.stream(line.substring(MARK.length()).trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static String row(List<double[]> runs) {
    return String.join(" | ", cell(runs, 0, 1e6, 1), cell(runs, 1, 1, 0), cell(runs, 2, 1e3, 1), cell(runs, 3, 1e3, 1),
        cell(runs, 5, 1e3, 0), cell(runs, 7, 1e6, 0), cell(runs, 8, 1e3, 0), cell(runs, 10, 1e3, 2)) + " |";
  }

  /// The median, and the worst.
  private static String cell(List<double[]> runs, int column, double unit, int digits) {
    double[] sorted = runs.stream().mapToDouble(run -> run[column] / unit).sorted().toArray();
    String form = "%." + digits + "f";
    return String.format(Locale.ROOT, form + " (" + form + ")", sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }
}
