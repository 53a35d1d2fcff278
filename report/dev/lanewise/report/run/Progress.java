package dev.lanewise.report.run;

import java.io.PrintStream;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how far the run is and how long it will take: a bar on a terminal, otherwise a line now and then.
final class Progress implements AutoCloseable {

  private static final int COLUMNS = 96;
  private static final int TERMINAL_MILLIS = 500;
  private static final int LINE_MILLIS = 10_000;

  private final ProgressBar bar;

  Progress(String name, int steps, PrintStream out) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    ProgressBarConsumer consumer = terminal
        ? new ConsoleProgressBarConsumer(out, COLUMNS)
        : new DelegatingProgressBarConsumer(new Changes(out), COLUMNS);
    bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(terminal ? TERMINAL_MILLIS : LINE_MILLIS).setConsumer(consumer).build();
  }

  /// Prints a line unless it equals the last one.
  private static final class Changes implements Consumer<String> {

    private final PrintStream out;
    private String last = "";

    Changes(PrintStream out) {
      this.out = out;
    }

    @Override
    public void accept(String line) {
      if (!line.equals(last)) {
        out.println(line.stripTrailing());
      }
      last = line;
    }
  }

  void begin(Trial trial) {
    bar.setExtraMessage(" " + trial.suite());
  }

  /// Drops `steps` of those announced, because the time is up.
  void leaveOut(int steps) {
    bar.maxHint(bar.getMax() - steps);
  }

  void end() {
    bar.step();
  }

  @Override
  public void close() {
    bar.close();
  }
}
