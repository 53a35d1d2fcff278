package dev.lanewise.graph;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Contestants that take turns, so that a machine that slows down slows all. Each round begins with the next one.
public final class Contest {

  /// The approximate length of a turn.
  private static final double TURN_NANOS = 1e6;

  private final ThreadMXBean thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final Runnable[] works;
  private final int[] calls;
  private final Rounds[] rounds;
  private final long[] bytes;
  private int turn;

  /// Runs all of them until they are compiled.
  public Contest(Runnable... works) {
    this.works = works;
    calls = new int[works.length];
    rounds = new Rounds[works.length];
    bytes = new long[works.length];
    Arrays.setAll(rounds, _ -> new Rounds());
    for (Runnable work : works) {
      SteadyState.reach(work);
    }
    Arrays.fill(calls, 1);
    for (int work = 0; work < works.length; work++) {
      calls[work] = Math.max(1, (int) (TURN_NANOS / turn(work)));
      calls[work] = Math.max(1, (int) (TURN_NANOS / turn(work)));
    }
    SteadyState.reachAgain(this::round);
    begin();
  }

  /// Forgets the rounds so far, before an iteration.
  public void begin() {
    for (Rounds each : rounds) {
      each.clear();
    }
    Arrays.fill(bytes, 0);
  }

  public void round() {
    turn++;
    for (int i = 0; i < works.length; i++) {
      int work = (turn + i) % works.length;
      rounds[work].add(turn(work));
    }
  }

  /// One turn: the time of one run in nanoseconds, the mean over the turn. The first run is not timed: it reloads what
  /// the others have evicted from the cache.
  private double turn(int work) {
    Runnable one = works[work];
    int times = calls[work];
    one.run();
    long before = thread.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      one.run();
    }
    long nanos = System.nanoTime() - begin;
    bytes[work] = Math.max(bytes[work], thread.getCurrentThreadAllocatedBytes() - before);
    return (double) nanos / times;
  }

  public double median(int work) {
    return rounds[work].median();
  }

  public long bytes(int work) {
    return bytes[work];
  }
}
