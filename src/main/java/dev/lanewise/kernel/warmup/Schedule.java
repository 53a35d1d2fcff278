package dev.lanewise.kernel.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// In which order exercises are done, how many calls at a time, and when a kernel is ready: by whoever calls [#step], one thread at a time.
///
/// Calls that come while C2 is at work are lost, and each of them allocates. So an exercise rests once it has had as many calls as C2 asks
/// for, and another one of other code has its turn.
final class Schedule {

  /// The calls after which C2 has been asked to compile.
  private static final int QUOTA = 5_400;
  /// Calls before that are not worth looking at.
  private static final int LEAST = 500;
  /// After so many rests C2 has thought otherwise, as while it has a long queue.
  private static final int RESTS = 40;
  private static final int MORE = 1_200;
  /// Calls after which a kernel is left in plain Java: it never compiled to code without objects.
  private static final int MOST = 60_000;
  /// Every so manieth call is a full one.
  private static final int FULL = 16;
  private static final long BURST = TimeUnit.MICROSECONDS.toNanos(1_500);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long REST = TimeUnit.MILLISECONDS.toNanos(8);

  private final Observer observer;
  private final Listener listener;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Exercise> ready = new ArrayList<>();
  private List<String> names = List.of();
  private int watched;

  /// Is told what becomes of exercises.
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
    int quota = QUOTA;
    int rests;
    long rest = begin;
    long bytes;

    Task(Exercise exercise) {
      this.exercise = exercise;
    }
  }

  Schedule(Observer observer, Listener listener) {
    this.observer = observer;
    this.listener = listener;
  }

  void add(Exercise exercise) {
    tasks.add(new Task(exercise));
    rename();
  }

  private void remove(Task task) {
    tasks.remove(task);
    rename();
  }

  private void rename() {
    names = tasks.stream().map(task -> task.exercise.name()).toList();
  }

  /// Whether all that were added are ready, or left.
  boolean isDone() {
    return tasks.isEmpty();
  }

  /// The names of the exercises that are not ready yet.
  List<String> waiting() {
    return names;
  }

  /// Does the next calls, for a millisecond or two; returns after how many nanoseconds there is more to do.
  long step() {
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    for (int at = 0; at < tasks.size(); at++) {
      Task task = tasks.get(at);
      if (isBlocked(at)) {
        continue;
      }
      if (task.rest - now <= 0) {
        work(task, now);
        return PAUSE;
      }
      next = Math.min(next, task.rest - now);
    }
    return next == Long.MAX_VALUE ? PAUSE : next;
  }

  /// Whether what this one needs, or an earlier one of its family, is not ready.
  private boolean isBlocked(int at) {
    Exercise exercise = tasks.get(at).exercise;
    for (int other = 0; other < tasks.size(); other++) {
      Exercise one = tasks.get(other).exercise;
      if (one.key() == exercise.needs() || other < at && one.family() == exercise.family()) {
        return true;
      }
    }
    return false;
  }

  private void work(Task task, long now) {
    long before = observer.bytes();
    if (task.calls > 0 || !observer.isCompiled(task.exercise)) {
      burst(task, now + BURST);
      task.bytes += observer.bytes() - before;
      boolean rests = task.calls >= task.quota;
      if (task.calls < LEAST || !observer.isCompiled(task.exercise)) {
        if (rests) {
          rest(task);
        }
        return;
      }
    }
    remove(task);
    ready.add(task.exercise);
    Ready.add(task.exercise.key());
    listener.ready(task.exercise, task.calls, task.bytes, System.nanoTime() - task.begin);
  }

  private static void burst(Task task, long end) {
    while (task.calls < task.quota && System.nanoTime() - end < 0) {
      for (int call = 1; call < FULL; call++) {
        task.exercise.light(task.calls + call);
      }
      task.exercise.full(task.calls / FULL % task.exercise.variants());
      task.calls += FULL;
    }
  }

  private void rest(Task task) {
    task.rest = System.nanoTime() + REST;
    if (++task.rests % RESTS != 0) {
      return;
    }
    task.quota += MORE;
    if (task.quota > MOST) {
      remove(task);
      listener.left(task.exercise, task.calls);
    }
  }

  /// Looks whether the code of some kernels that were ready was thrown away; these compute in plain Java again until it is back.
  ///
  /// @param most how many to look at
  void watch(int most) {
    for (int look = Math.min(most, ready.size()); look > 0 && !ready.isEmpty(); look--) {
      watched = (watched + 1) % ready.size();
      Exercise exercise = ready.get(watched);
      // Twice, as the first call may be the one that has its code thrown away and go on in the interpreter.
      if (!observer.isCompiled(exercise) && !observer.isCompiled(exercise)) {
        Ready.remove(exercise.key());
        ready.remove(watched);
        add(exercise);
        listener.lost(exercise);
      }
    }
  }
}
