package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/// Every part is done once, whatever the executor does.
class TeamTest {

  private static final int CALLS = 20_000;

  @Test
  void everyPartIsDoneOnceAndNoMemberDoesTwoAtATime() {
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      Team team = new Team(pool, 4);
      AtomicIntegerArray busy = new AtomicIntegerArray(4);
      for (int call = 0; call < CALLS; call++) {
        int parts = 1 + call % 7;
        AtomicIntegerArray done = new AtomicIntegerArray(parts);
        team.run(parts, (part, member) -> {
          assertEquals(1, busy.incrementAndGet(member), "member " + member + " does two parts at a time");
          done.incrementAndGet(part);
          busy.decrementAndGet(member);
        });
        for (int part = 0; part < parts; part++) {
          assertEquals(1, done.get(part), "part " + part + " of " + parts);
        }
      }
    }
  }

  @Test
  void manyCallersShareOneExecutor() {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      ExecutorService callers = Executors.newFixedThreadPool(4);
      AtomicIntegerArray done = new AtomicIntegerArray(4);
      for (int caller = 0; caller < 4; caller++) {
        int number = caller;
        callers.execute(() -> {
          Team team = new Team(pool, 3);
          for (int call = 0; call < CALLS / 10; call++) {
            team.run(5, (part, member) -> done.incrementAndGet(number));
          }
        });
      }
      callers.close();
      for (int caller = 0; caller < 4; caller++) {
        assertEquals(CALLS / 10 * 5, done.get(caller));
      }
    }
  }

  @Test
  void anExecutorThatNeverRunsOrRefusesLeavesAllToTheCaller() {
    Executor refusing = task -> {
      throw new RejectedExecutionException("full");
    };
    Deque<Runnable> queue = new ArrayDeque<>();
    for (Executor executor : new Executor[] {refusing, queue::add}) {
      Team team = new Team(executor, 3);
      int[] done = new int[6];
      team.run(6, (part, member) -> {
        assertEquals(0, member);
        done[part]++;
      });
      for (int count : done) {
        assertEquals(1, count);
      }
    }
    assertTrue(queue.size() <= 2, "a helper stands in the queue once");
    queue.forEach(Runnable::run);
  }

  @Test
  void whatAPartThrowsReachesTheCallerAfterTheOthersAreDone() {
    try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
      Team team = new Team(pool, 2);
      AtomicIntegerArray done = new AtomicIntegerArray(8);
      IllegalStateException thrown = new IllegalStateException("part 3");
      IllegalStateException caught = assertThrows(IllegalStateException.class, () -> team.run(8, (part, member) -> {
        done.incrementAndGet(part);
        if (part == 3) {
          throw thrown;
        }
      }));
      assertSame(thrown, caught);
      for (int part = 0; part < 8; part++) {
        assertEquals(1, done.get(part));
      }
      team.run(2, (part, member) -> { });
    }
  }
}
