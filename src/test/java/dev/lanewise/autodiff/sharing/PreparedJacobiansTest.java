package dev.lanewise.autodiff.sharing;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PublishedParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pool lends each member to one thread, makes the others wait in order, and refuses who has none.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PreparedJacobiansTest {

  private static final Parameters THETA = Parameters.initialize(Served.SMALL.parameters(), Precision.FLOAT, 1);
  private static final Tensor X = BatchNet.random(Precision.FLOAT, 5, 1, 4);
  private final Served.Result result = Served.Result.place(Precision.FLOAT);

  private static PreparedJacobians pool(int size) {
    return PreparedJacobians.of(Served.SMALL, THETA, Served.INPUT, size);
  }

  @Test
  void itComputesWhatAPreparedOneDoes() throws InterruptedException {
    Served.Result expected = Served.by(Served.SMALL, THETA, X);
    PreparedJacobian mixed = PreparedJacobian.of(Served.SMALL, THETA, Served.INPUT,
        JacobianOptions.defaults().withMode(Mode.MIXED));
    for (PreparedJacobians pool : List.of(pool(1), PreparedJacobians.of(PublishedParameters.of(Served.SMALL, THETA),
        Served.INPUT, 2),
        PreparedJacobians.of(mixed, 3))) {
      pool.at(X, result.y(), result.jacobian());
      BatchNet.assertClose(expected.jacobian(), result.jacobian(), 8, pool);
      result.jacobian().fill(Double.NaN);
      pool.at(X, new Workspace(), result.y(), result.jacobian());
      BatchNet.assertClose(expected.jacobian(), result.jacobian(), 8, pool);
      try (PreparedJacobians.Lease lease = pool.borrow()) {
        for (int call = 0; call < 3; call++) {
          result.jacobian().fill(Double.NaN);
          lease.at(X, result.y(), result.jacobian());
          BatchNet.assertClose(expected.jacobian(), result.jacobian(), 8, pool);
          lease.at(X, new Workspace(), result.y(), result.jacobian());
          BatchNet.assertClose(expected.jacobian(), result.jacobian(), 8, pool);
        }
      }
    }
    assertEquals(3, PreparedJacobians.of(mixed, 3).size());
    assertEquals(Mode.MIXED, PreparedJacobians.of(mixed, 3).plan().mode());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aPoolWithoutMembersIsRefused(int size) {
    String message = assertThrows(IllegalArgumentException.class, () -> pool(size)).getMessage();
    assertEquals("PreparedJacobians: has " + size + " members, expected at least 1", message);
    PublishedParameters published = PublishedParameters.of(Served.SMALL, THETA);
    assertThrows(IllegalArgumentException.class, () -> PreparedJacobians.of(published, Served.INPUT, size));
    PreparedJacobian prepared = PreparedJacobian.of(published, Served.INPUT);
    assertThrows(IllegalArgumentException.class, () -> PreparedJacobians.of(prepared, size));
  }

  @Test
  void whatWasGivenBackIsRefused() throws InterruptedException {
    PreparedJacobians pool = pool(1);
    PreparedJacobians.Lease lease = pool.borrow();
    lease.close();
    assertThrows(IllegalStateException.class, lease::close);
    assertThrows(IllegalStateException.class, () -> lease.at(X, result.y(), result.jacobian()));
    assertThrows(IllegalStateException.class, () -> lease.at(X, new Workspace(), result.y(), result.jacobian()));
    pool.at(X, result.y(), result.jacobian());
    pool.borrow().close();
  }

  /// The same object is lent again, to another thread: who had it before does not have it.
  @Test
  void aLeaseIsOfOneThread() throws InterruptedException {
    PreparedJacobians pool = pool(1);
    PreparedJacobians.Lease mine = pool.borrow();
    mine.close();
    CountDownLatch lent = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Thread other = Thread.ofVirtual().start(() -> {
      try (PreparedJacobians.Lease theirs = pool.borrow()) {
        theirs.at(X, result.y(), result.jacobian());
        lent.countDown();
        done.await();
      } catch (Throwable e) {
        failed.set(e);
      }
    });
    lent.await();
    assertThrows(IllegalStateException.class, mine::close);
    Served.Result place = Served.Result.place(Precision.FLOAT);
    assertThrows(IllegalStateException.class, () -> mine.at(X, place.y(), place.jacobian()));
    done.countDown();
    other.join();
    assertEquals(null, failed.get());
    pool.at(X, result.y(), result.jacobian());
  }

  @Test
  void aCallThatFailsGivesItsMemberBack() throws InterruptedException {
    PreparedJacobians pool = pool(1);
    for (int call = 0; call < 3; call++) {
      assertThrows(IllegalArgumentException.class, () -> pool.at(X, result.y(), result.y()));
      Workspace held = new Workspace();
      held.begin();
      assertThrows(IllegalStateException.class, () -> pool.at(X, held, result.y(), result.jacobian()));
    }
    pool.at(X, result.y(), result.jacobian());
  }

  @Test
  void eachMemberIsLentOnce() throws InterruptedException, TimeoutException {
    PreparedJacobians pool = pool(3);
    PreparedJacobians.Lease one = pool.borrow();
    PreparedJacobians.Lease two = pool.borrow(Duration.ofSeconds(30));
    PreparedJacobians.Lease three = pool.borrow(Duration.ZERO);
    assertNotSame(one, two);
    assertNotSame(one, three);
    assertNotSame(two, three);
    String message = assertThrows(TimeoutException.class, () -> pool.borrow(Duration.ofNanos(1))).getMessage();
    assertEquals("PreparedJacobians: all 3 members are lent after PT0.000000001S, expected one to be free", message);
    two.close();
    pool.borrow(Duration.ZERO).close();
    one.close();
    three.close();
    assertTrue(pool.toString().startsWith("PreparedJacobians[3 × PreparedJacobian["), pool.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoComesFirstIsServedFirst(boolean virtual) throws InterruptedException {
    PreparedJacobians pool = pool(1);
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    PreparedJacobians.Lease lease = pool.borrow();
    for (int number = 0; number < 8; number++) {
      int me = number;
      Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
        try (PreparedJacobians.Lease _ = pool.borrow()) {
          served.add(me);
        } catch (InterruptedException e) {
          served.add(-1);
        }
      });
      threads.add(thread);
      awaitWaiting(thread);
    }
    lease.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), served);
  }

  @Test
  void waitingCanBeInterrupted() throws InterruptedException {
    PreparedJacobians pool = pool(1);
    PreparedJacobians.Lease lease = pool.borrow();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting = Thread.ofVirtual().start(() -> {
      try {
        pool.at(X, result.y(), result.jacobian());
      } catch (Throwable e) {
        thrown.set(e);
      }
    });
    awaitWaiting(waiting);
    waiting.interrupt();
    waiting.join();
    assertEquals(InterruptedException.class, thrown.get().getClass());
    lease.close();
    pool.at(X, result.y(), result.jacobian());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> pool.at(X, result.y(), result.jacobian()));
    pool.at(X, result.y(), result.jacobian());
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.yield();
    }
  }

  @Test
  void aCallAndALeaseAllocateNothing() throws InterruptedException {
    PreparedJacobians pool = pool(2);
    assertAllocatesNothing("call", () -> {
      try {
        pool.at(X, result.y(), result.jacobian());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    assertAllocatesNothing("lease", () -> {
      try (PreparedJacobians.Lease lease = pool.borrow()) {
        lease.at(X, result.y(), result.jacobian());
        lease.at(X, result.y(), result.jacobian());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
