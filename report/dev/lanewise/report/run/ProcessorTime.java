package dev.lanewise.report.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The processors' time since Linux was started, in ticks, and the time of this process and of its child processes that
/// have ended.
///
/// @param busy the busy time of all processors, over all processes
/// @param idle of all processors
/// @param stolen the time that a hypervisor gave to others while a process here wanted to run
/// @param processors the number of processors
/// @param own the part of `busy` that this process took
record ProcessorTime(long busy, long idle, long stolen, int processors, long own) {

  private static final Path SYSTEM = Path.of("/proc/stat");
  private static final Path PROCESS = Path.of("/proc/self/stat");

  /// user, nice, system, idle, iowait, irq, softirq, steal.
  private static final Pattern ALL =
      Pattern.compile("(?m)^cpu +(\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\\b");
  private static final Pattern ONE = Pattern.compile("(?m)^cpu\\d+ ");

  /// utime, stime, cutime, cstime, after the name, which may contain spaces and brackets.
  private static final Pattern OWN = Pattern.compile("(?s).*\\) \\S(?: -?\\d+){10} (\\d+) (\\d+) (\\d+) (\\d+) .*");

  /// The times now; empty if there are no such files, or they have another format.
  static Optional<ProcessorTime> now() {
    try {
      return of(Files.readString(SYSTEM), Files.readString(PROCESS));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// @param system the text of `/proc/stat`
  /// @param process the text of `/proc/PID/stat`
  static Optional<ProcessorTime> of(String system, String process) {
    Matcher all = ALL.matcher(system);
    Matcher own = OWN.matcher(process);
    if (!all.find() || !own.matches()) {
      return Optional.empty();
    }
    long[] ticks = numbers(all);
    int processors = (int) ONE.matcher(system).results().count();
    return Optional.of(new ProcessorTime(ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[3] + ticks[4],
        ticks[7], Math.max(1, processors), Arrays.stream(numbers(own)).sum()));
  }

  private static long[] numbers(Matcher matcher) {
    long[] numbers = new long[matcher.groupCount()];
    Arrays.setAll(numbers, group -> Long.parseLong(matcher.group(group + 1)));
    return numbers;
  }

  /// The time passed since `before`.
  ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(busy - before.busy, idle - before.idle, stolen - before.stolen, processors,
        own - before.own);
  }

  /// The stolen share of the time that processes here wanted to run, in percent.
  double stolenPercent() {
    return busy + stolen <= 0 ? 0 : 100.0 * stolen / (busy + stolen);
  }

  /// The time that other processes of this system took, in percent of one processor's time.
  double othersPercent() {
    double one = (double) (busy + idle + stolen) / processors;
    return one <= 0 ? 0 : Math.max(0, 100 * (busy - own) / one);
  }
}
