package dev.lanewise.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An exercise is called until it is seen to be compiled; then its kernel is ready, until it is seen not to be any
/// more.
class ScheduleTest {

  private static final int KEY = 0x1234_5671;

  private final Set<Exercise> compiled = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final Schedule schedule = new Schedule(new Observer() {
    @Override
    boolean isCompiled(Exercise exercise) {
      return compiled.contains(exercise);
    }

    @Override
    long bytes() {
      return 0;
    }
  }, new CompileTime(), new Schedule.Listener() {
    @Override
    public void ready(Exercise exercise, int calls, long bytes, long nanos) {
      told.add(exercise.name() + " ready");
    }

    @Override
    public void left(Exercise exercise, int calls) {
      told.add(exercise.name() + " left");
    }

    @Override
    public void lost(Exercise exercise) {
      told.add(exercise.name() + " lost");
    }
  });

  /// Compiled after so many calls.
  private final class Counted extends Exercise {
    private final String name;
    private final int until;
    private final int needs;
    private final int family;
    private int calls;

    private Counted(String name, int until, int needs, int family) {
      super(KEY + name.hashCode());
      this.name = name;
      this.until = until;
      this.needs = needs;
      this.family = family;
    }

    @Override
    protected String name() {
      return name;
    }

    @Override
    protected int needs() {
      return needs;
    }

    @Override
    protected int family() {
      return family;
    }

    @Override
    protected int calls() {
      return 300;
    }

    @Override
    protected void light(int step) {
      count();
    }

    @Override
    protected void full(int variant) {
      count();
    }

    @Override
    protected void plain(int variant) {
      throw new AssertionError("bytes are counted");
    }

    private void count() {
      if (++calls >= until) {
        compiled.add(this);
      }
    }
  }

  @AfterEach
  void forget() {
    compiled.forEach(exercise -> {
      if (Ready.contains(Ready.keys(), exercise.key())) {
        Ready.remove(exercise.key());
      }
    });
  }

  private void untilDone() {
    while (!schedule.isDone()) {
      LockSupport.parkNanos(schedule.step());
    }
  }

  private static boolean isReady(Exercise exercise) {
    return Ready.contains(Ready.keys(), exercise.key());
  }

  @Test
  void isReadyOnceItIsCompiledAndNotBefore() {
    Counted exercise = new Counted("product", 400, 0, 1);
    schedule.add(exercise);
    while (!schedule.isDone()) {
      assertFalse(isReady(exercise));
      assertEquals(List.of(exercise), schedule.waiting());
      LockSupport.parkNanos(schedule.step());
    }
    assertTrue(isReady(exercise));
    assertTrue(exercise.calls >= 400);
    assertEquals(List.of("product ready"), told);
    assertEquals(List.of(), schedule.waiting());
  }

  @Test
  void whatIsCompiledAlreadyIsNotCalledMuch() {
    Counted exercise = new Counted("product", 400, 0, 1);
    compiled.add(exercise);
    schedule.add(exercise);
    untilDone();
    assertEquals(0, exercise.calls);
    assertTrue(isReady(exercise));
  }

  @Test
  void waitsForWhatItNeedsAndForItsFamily() {
    Counted needed = new Counted("tanh", 300, 0, 1);
    Counted product = new Counted("product", 1, needed.key(), 2);
    Counted other = new Counted("other product", 1, 0, 2);
    schedule.add(product);
    schedule.add(other);
    schedule.add(needed);
    untilDone();
    assertEquals(List.of("tanh ready", "product ready", "other product ready"), told);
  }

  @Test
  void isLeftInPlainJavaWhereItNeverCompiles() {
    Counted exercise = new Counted("product", Integer.MAX_VALUE, 0, 1);
    schedule.add(exercise);
    for (int step = 0; !schedule.isDone(); step++) {
      schedule.step();
      schedule.skipRests();
    }
    assertEquals(List.of("product left"), told);
    assertFalse(isReady(exercise));
  }

  @Test
  void computesInPlainJavaAgainWhileItsCodeIsGone() {
    Counted exercise = new Counted("product", 100, 0, 1);
    schedule.add(exercise);
    untilDone();
    schedule.watch(1);
    assertTrue(isReady(exercise));
    compiled.clear();
    exercise.calls = 0;
    schedule.watch(1);
    assertFalse(isReady(exercise));
    assertFalse(schedule.isDone());
    untilDone();
    assertTrue(isReady(exercise));
    assertEquals(List.of("product ready", "product lost", "product ready"), told);
  }
}
