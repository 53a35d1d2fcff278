package dev.lanewise.kernel.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The order of exercises, how many calls each gets at a time, and when a kernel is ready. Work is done by whoever
/// calls [#step], one thread at a time.
///
/// Calls made while C2 is at work are wasted, and each of them allocates. So an exercise rests once it has had as many
/// calls as C2 asks for, and an exercise of other code is called.
final class Schedule {

  /// The first calls, after which compiled code that counts calls replaces the interpreter.
  private static final int FIRST = 256;
  /// More calls at a time, if those of [Exercise#calls] were not enough.
  private static final int MORE = 550;
  /// The most calls; a kernel whose code still leaves objects then stays in plain Java.
  private static final int MOST = 30_000;
  /// The most exercises under way; the others wait until one of them ends.
  private static final int FRONT = 32;
  /// One call in so many is a full one.
  private static final int FULL = 32;
  /// How long calls go on at a time: shorter than a caller's period, as a caller may wait for this thread's processor.
  private static final long BURST = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
  /// How long nothing must have been compiled before more calls are made: while compilers are busy, C2 asks for more
  /// calls.
  private static final long CALM = TimeUnit.MILLISECONDS.toNanos(30);
  private static final long MOST_REST = TimeUnit.MILLISECONDS.toNanos(150);
  /// The time that C2 takes for its largest methods while other things are compiled.
  private static final long REST = TimeUnit.MILLISECONDS.toNanos(150);
  private static final long LATE_REST = TimeUnit.MILLISECONDS.toNanos(800);
  /// The longest rest without a few calls: C2 drops methods from its queue that are not called within 50 ms.
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(12);

  private final Observer observer;
  private final CompileTime compiled;
  private final Listener listener;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Exercise> ready = new ArrayList<>();
  private int watched;
  /// When something was last compiled.
  private long busy = System.nanoTime();

  /// Told of the fate of exercises.
  interface Listener {
    void ready(Exercise exercise, int calls, long bytes, long nanos);

    void left(Exercise exercise, int calls);

    void lost(Exercise exercise);
  }

  /// An exercise under way.
  private static final class Task {
    final Exercise exercise;
    final long begin = System.nanoTime();
    int calls;
    int quota;
    /// When its rest began, and when it was last looked at.
    long rest = begin;
    long look = begin - LOOK;
    long bytes;

    Task(Exercise exercise) {
      this.exercise = exercise;
    }
  }

  Schedule(Observer observer, CompileTime compiled, Listener listener) {
    this.observer = observer;
    this.compiled = compiled;
    this.listener = listener;
  }

  void add(Exercise exercise) {
    tasks.add(new Task(exercise));
  }

  /// Whether all exercises added are ready or left in plain Java.
  boolean isDone() {
    return tasks.isEmpty();
  }

  /// The exercises that are not ready yet.
  List<Exercise> waiting() {
    return tasks.stream().map(task -> task.exercise).toList();
  }

  /// Makes the next calls, for about half a millisecond; returns the nanoseconds until there is more to do.
  long step() {
    long now = System.nanoTime();
    if (compiled.hasGrown()) {
      busy = now;
    }
    for (int at = 0; at < front(); at++) {
      Task task = tasks.get(at);
      if (isBlocked(at)) {
        continue;
      }
      if (now - task.look >= LOOK && task.calls == task.quota && !needsOther(task)) {
        look(task, now);
        return PAUSE;
      }
      if (!isResting(task, now)) {
        call(task, now + BURST);
        return PAUSE;
      }
    }
    return LOOK / 4;
  }

  private int front() {
    return Math.min(tasks.size(), FRONT);
  }

  /// Ends all rests now: for tests.
  void skipRests() {
    for (Task task : tasks) {
      task.rest -= LATE_REST;
    }
    busy -= CALM;
  }

  private boolean isResting(Task task, long now) {
    long rest = now - task.rest;
    if (task.calls < task.quota || task.calls == 0) {
      return false;
    }
    return task.calls == FIRST
        ? rest < MOST_REST && now - busy < CALM
        : rest < (task.calls > 2 * task.exercise.calls() ? LATE_REST : REST);
  }

  /// Whether an earlier exercise of its family is not ready.
  private boolean isBlocked(int at) {
    Exercise exercise = tasks.get(at).exercise;
    for (int other = 0; other < at; other++) {
      if (tasks.get(other).exercise.family() == exercise.family()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a kernel that this one needs is not ready: the objects that this one leaves then tell nothing.
  private boolean needsOther(Task task) {
    for (int other = 0; other < front(); other++) {
      if (tasks.get(other).exercise.key() == task.exercise.needs()) {
        return true;
      }
    }
    return false;
  }

  /// Checks whether an exercise is compiled.
  private void look(Task task, long now) {
    long before = observer.bytes();
    boolean compiled = observer.isCompiled(task.exercise);
    task.bytes += observer.bytes() - before;
    task.look = now;
    if (compiled) {
      tasks.remove(task);
      ready.add(task.exercise);
      Ready.add(task.exercise.key());
      listener.ready(task.exercise, task.calls, task.bytes, System.nanoTime() - task.begin);
    } else if (task.calls > MOST) {
      tasks.remove(task);
      listener.left(task.exercise, task.calls);
    }
  }

  private void call(Task task, long end) {
    long before = observer.bytes();
    if (task.calls == task.quota) {
      task.quota += task.calls == 0 ? FIRST : task.calls == FIRST ? task.exercise.calls() : MORE;
    }
    while (task.calls < task.quota && System.nanoTime() - end < 0) {
      if (task.calls % FULL == 0) {
        task.exercise.full(task.calls / FULL % task.exercise.variants());
      } else {
        task.exercise.light(task.calls);
      }
      task.calls++;
    }
    task.rest = System.nanoTime();
    task.bytes += observer.bytes() - before;
  }

  /// Checks whether code of ready kernels was thrown away; these compute in plain Java again until it is back.
  ///
  /// @param most how many kernels to check
  void watch(int most) {
    for (int look = Math.min(most, ready.size()); look > 0 && !ready.isEmpty(); look--) {
      watched = (watched + 1) % ready.size();
      Exercise exercise = ready.get(watched);
      // Twice, as the first call may lose its code and go on in the interpreter.
      if (!observer.isCompiled(exercise) && !observer.isCompiled(exercise)) {
        Ready.remove(exercise.key());
        ready.remove(watched);
        add(exercise);
        listener.lost(exercise);
      }
    }
  }
}
