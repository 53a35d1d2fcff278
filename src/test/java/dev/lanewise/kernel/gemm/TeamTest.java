package dev.lanewise.kernel.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  /// Such as a pool that cannot make a thread: before it has queued the helper, after that, or for some helpers only.
  @Test
  void anExecutorThatThrowsLeavesTheRestToTheOthers() {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Error noThread = new InternalError("no thread can be made");
      AtomicInteger calls = new AtomicInteger();
      Executor never = task -> {
        throw noThread;
      };
      Executor afterwards = task -> {
        pool.execute(task);
        throw new IllegalStateException("queued all the same");
      };
      Executor now = task -> {
        task.run();
        throw noThread;
      };
      Executor now2ndFails = task -> {
        if (calls.incrementAndGet() % 2 == 0) {
          throw noThread;
        }
        pool.execute(task);
      };
      for (Executor executor : new Executor[] {never, afterwards, now, now2ndFails}) {
        doesEveryPartOnce(new Team(executor, 3));
      }
    }
  }

  private static void doesEveryPartOnce(Team team) {
    AtomicIntegerArray busy = new AtomicIntegerArray(team.size());
    for (int call = 0; call < 400; call++) {
      AtomicIntegerArray done = new AtomicIntegerArray(5);
      AtomicBoolean ended = new AtomicBoolean();
      AtomicInteger faults = new AtomicInteger();
      team.run(5, (part, member) -> {
        if (busy.incrementAndGet(member) != 1 || ended.get()) {
          faults.incrementAndGet();
        }
        done.incrementAndGet(part);
        busy.decrementAndGet(member);
      });
      ended.set(true);
      for (int part = 0; part < 5; part++) {
        assertEquals(1, done.get(part));
      }
      assertEquals(0, faults.get());
    }
  }

  /// Helpers that the executor starts after the call has ended, some of them twice, and while the next one runs.
  @Test
  void lateHelpersTouchNoWorkThatHasEnded() {
    List<Runnable> queue = new ArrayList<>();
    Team team = new Team(task -> {
      queue.add(task);
      queue.add(task);
    }, 3);
    int[] done = new int[4];
    team.run(4, (part, _) -> done[part]++);
    queue.forEach(Runnable::run);
    List<Runnable> late = List.copyOf(queue);
    AtomicInteger calls = new AtomicInteger();
    team.run(4, (part, _) -> {
      done[part]++;
      if (calls.getAndIncrement() == 0) {
        late.forEach(Runnable::run);
      }
    });
    late.forEach(Runnable::run);
    assertArrayEquals(new int[] {2, 2, 2, 2}, done);
  }

  @Test
  void theCallersFailureIsThrownAndTheHelpersIsSuppressed() {
    try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
      CyclicBarrier bothAtWork = new CyclicBarrier(2);
      for (int last = 0; last < 2; last++) {
        int waits = last;
        // A new one: a helper that is just leaving would not come again.
        Team team = new Team(pool, 2);
        CountDownLatch otherHasThrown = new CountDownLatch(1);
        AssertionError caught = assertThrows(AssertionError.class, () -> team.run(2, (_, member) -> {
          await(bothAtWork);
          if (member == waits) {
            await(otherHasThrown);
            throw new AssertionError(member == 0 ? "caller" : "helper");
          }
          otherHasThrown.countDown();
          throw new AssertionError(member == 0 ? "caller" : "helper");
        }));
        assertEquals("caller", caught.getMessage());
        assertEquals(1, caught.getSuppressed().length);
        assertEquals("helper", caught.getSuppressed()[0].getMessage());
      }
    }
  }

  /// What no `catch (RuntimeException | Error)` sees, thrown by each in turn, and one failure thrown by several.
  @Test
  void anyThrowableOfAnyMemberIsCounted() {
    Team team = new Team(Runnable::run, 3);
    IOException checked = new IOException("no disk");
    for (int failing = 0; failing < 2; failing++) {
      int number = failing;
      Throwable caught = assertThrows(IOException.class, () -> team.run(4, (part, _) -> {
        if (part >= number) {
          throw TeamTest.<RuntimeException>unchecked(checked);
        }
      }));
      assertSame(checked, caught);
      assertEquals(0, caught.getSuppressed().length);
    }
    int[] done = new int[4];
    team.run(4, (part, _) -> done[part]++);
    assertArrayEquals(new int[] {1, 1, 1, 1}, done);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
