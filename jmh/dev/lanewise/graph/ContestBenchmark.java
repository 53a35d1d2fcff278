package dev.lanewise.graph;

import dev.lanewise.kernel.TimedBenchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/// Contestants that take turns in a [Contest], anew in each iteration.
public abstract class ContestBenchmark extends TimedBenchmark {

  /// Set by the subclass before the first iteration.
  protected Contest contest;

  @Setup(Level.Iteration)
  public void begin() {
    contest.begin();
  }
}
