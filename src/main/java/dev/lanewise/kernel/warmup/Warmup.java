package dev.lanewise.kernel.warmup;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Gets vector code compiled beside the callers, who compute in plain Java meanwhile.
///
/// ```
/// kernel called, key not ready ──▶ plain Java, and once for each key: want(exercise)
///                                                   │
///            this thread: Schedule: light and full calls until a full one leaves no objects ──▶ Ready.add(key)
///                                                   │
/// kernel called, key ready     ──▶ vectors          └── looks again now and then: thrown away ──▶ Ready.remove(key)
/// ```
///
/// One daemon thread, started when the first kernel is wanted, or the executor of [#runOn].
public final class Warmup {

  private static final Queue<Exercise> REQUESTS = new ConcurrentLinkedQueue<>();
  private static final long LEAST_WATCH = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MOST_WATCH = TimeUnit.SECONDS.toNanos(1);
  /// How long the first caller has the machine to itself.
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(40);
  private static final int WATCHED = 64;

  private static final Object LOCK = new Object();
  private static final Object FORCED = new Object();
  /// Exercises that are wanted, and neither ready nor left in plain Java.
  private static final AtomicInteger UNDONE = new AtomicInteger();

  private static int[] wanted = new int[64];
  private static int wantedCount;
  private static volatile boolean open = Kernels.CHOICE == Kernels.SWITCHING;
  private static Thread thread;
  private static Executor executor;
  private static boolean running;
  /// Whether somebody waits for all ready kernels to be checked again.
  private static volatile boolean doubted;
  /// Used only by the thread at work.
  private static Schedule schedule;
  private static volatile List<Exercise> waiting = List.of();

  private Warmup() {}

  /// The kernels that are ready, and those that are not yet.
  ///
  /// @param ready how many kernels compute by vectors, each for arguments of a kind
  /// @param waiting the names of those that are not compiled
  public record Report(int ready, List<String> waiting) {}

  /// Loads this class and the thread's.
  public static void load() {
    new Worker();
    Thread.ofPlatform();
  }

  /// Whether a kernel that is not ready is asked for the first time, true once for each key: the caller then calls
  /// [#want].
  public static boolean isNew(int key) {
    return open && !Ready.contains(wanted, key) && insert(key);
  }

  private static boolean insert(int key) {
    synchronized (LOCK) {
      if (Ready.contains(wanted, key)) {
        return false;
      }
      wantedCount++;
      wanted = Ready.with(wanted, wantedCount, key);
      return true;
    }
  }

  /// Gets a kernel's vector code compiled.
  public static void want(Exercise exercise) {
    UNDONE.incrementAndGet();
    REQUESTS.add(exercise);
    start();
  }

  /// Has this executor do the work from now on, in one task at a time, which ends when there is nothing left to do.
  ///
  /// @return false if a thread is at work already
  public static boolean runOn(Executor other) {
    synchronized (LOCK) {
      if (thread != null) {
        return false;
      }
      executor = other;
      return true;
    }
  }

  /// Starts the work; a failure to do so must not fail the caller's computation.
  private static void start() {
    try {
      synchronized (LOCK) {
        if (thread != null) {
          LockSupport.unpark(thread);
        } else if (executor == null) {
          startThread();
        } else if (!running) {
          running = true; // before, as an executor may run it at once
          executor.execute(Warmup::untilDone);
        }
      }
    } catch (RuntimeException | OutOfMemoryError refused) {
      log().log(System.Logger.Level.WARNING, "Lanewise stays on its portable kernels: nobody warms up vectors",
          refused);
      close();
    }
  }

  private static void startThread() {
    Thread worker = Thread.ofPlatform().daemon().name("lanewise-warmup").priority(Thread.MIN_PRIORITY)
        .inheritInheritableThreadLocals(false).unstarted(new Worker());
    worker.setContextClassLoader(null);
    worker.start();
    thread = worker;
  }

  /// Has all ready kernels checked again, since code may have been thrown away, and waits until they are.
  private static void look(long end) throws InterruptedException {
    doubted = thread != null;
    LockSupport.unpark(thread);
    while (doubted && open && System.nanoTime() - end < 0) {
      TimeUnit.MICROSECONDS.sleep(500);
    }
  }

  /// Waits until all exercises are ready or left in plain Java, or time is over.
  public static Report await(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (UNDONE.get() > 0 && System.nanoTime() - end < 0) {
      TimeUnit.MICROSECONDS.sleep(500);
    }
    return report();
  }

  /// Calls until all kernels that are called compute in compiled code, or time is over.
  ///
  /// Kernels that compute by vectors from the first call on are compiled by these calls alone, which then go on until
  /// no compiler has had anything to do for a while.
  public static Report await(Runnable call, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    call.run();
    if (Kernels.CHOICE == Kernels.VECTORS && VirtualMachine.hasVectors()) {
      new CompileTime().callUntilCalm(call, end);
      return report();
    }
    Report report = await(Duration.ofNanos(end - System.nanoTime()));
    // What was called in plain Java may call other kernels by vectors.
    for (int before = -1; report.ready() != before && System.nanoTime() - end < 0; ) {
      before = report.ready();
      call.run();
      look(end);
      report = await(Duration.ofNanos(end - System.nanoTime()));
    }
    return report;
  }

  /// Runs `work`. Kernels that switch compute by vectors meanwhile, compiled or not, in all threads.
  public static void byVectors(Runnable work) {
    boolean switches = Kernels.CHOICE == Kernels.SWITCHING && VirtualMachine.hasVectors();
    if (!switches) {
      work.run();
      return;
    }
    synchronized (FORCED) {
      Ready.all(true);
      try {
        work.run();
      } finally {
        Ready.all(false);
      }
    }
  }

  /// The kernels that are ready now.
  public static Report report() {
    if (UNDONE.get() == 0) {
      return new Report(Ready.count(), List.of());
    }
    List<String> names = Stream.concat(waiting.stream(), REQUESTS.stream()).distinct().map(Exercise::name).toList();
    return new Report(Ready.count(), names);
  }

  /// Not a lambda, whose class a new process would make while the caller waits.
  private static final class Worker implements Runnable {
    @Override
    public void run() {
      long end = System.nanoTime() + FIRST_PAUSE;
      for (long left = FIRST_PAUSE; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left); // whoever wants another kernel wakes it
      }
      forever();
    }
  }

  /// The library's only thread.
  private static void forever() {
    CompileTime compiled = new CompileTime();
    long period = LEAST_WATCH;
    while (open) {
      period = workOff() ? LEAST_WATCH : Math.min(MOST_WATCH, 2 * period);
      LockSupport.parkNanos(period);
      if (open && schedule != null && (compiled.hasGrown() || doubted)) {
        int most = doubted ? Integer.MAX_VALUE : WATCHED;
        guarded(() -> {
          schedule.watch(most);
          return 0;
        });
      }
      doubted = false;
    }
  }

  private static void untilDone() {
    boolean more = true;
    while (more) {
      workOff();
      synchronized (LOCK) {
        more = open && UNDONE.get() > 0;
        running = more;
      }
    }
  }

  /// Whether there was anything to do.
  private static boolean workOff() {
    boolean worked = false;
    while (open && UNDONE.get() > 0) {
      worked = true;
      long pause = guarded(Warmup::step);
      if (pause > 0) {
        LockSupport.parkNanos(pause);
      }
    }
    return worked;
  }

  /// A kernel must never fail on numbers; if one does, all stay in plain Java, which computes the same.
  private static long guarded(LongSupplier work) {
    try {
      return work.getAsLong();
    } catch (RuntimeException | LinkageError | AssertionError failed) {
      log().log(System.Logger.Level.WARNING,
          "Lanewise stays on its portable kernels: vectors failed as they were warmed up", failed);
      close();
      return 0;
    }
  }

  private static long step() {
    if (schedule == null) {
      // Finds out whether there are vectors at all, which takes some ten milliseconds.
      if (!VirtualMachine.hasVectors()) {
        close();
        return 0;
      }
      Ready.open();
      schedule = new Schedule(Observer.best(), new CompileTime(), new Switches(log(), UNDONE));
    }
    List<Exercise> requested = List.copyOf(REQUESTS);
    requested.forEach(schedule::add);
    waiting = schedule.waiting(); // first, so that each is always in one of the two lists
    requested.forEach(_ -> REQUESTS.poll());
    return schedule.step();
  }

  /// Not asked for on a caller's thread: it takes a new process ten milliseconds.
  private static System.Logger log() {
    return System.getLogger("dev.lanewise");
  }

  /// All kernels stay in plain Java.
  private static void close() {
    open = false;
    Ready.clear();
    REQUESTS.clear();
    UNDONE.set(0);
    waiting = List.of();
  }
}
