package dev.lanewise.autodiff.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedGradient;
import dev.lanewise.autodiff.PreparedHessian;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Sixteen threads compute while θ is swapped without a pause, far more than a thousand times a second: each result is
/// that of one θ, to the bit.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharingTest {

  private static final int THREADS = 16;
  private static final int SNAPSHOTS = 8;
  /// How many swaps the threads must have seen together.
  private static final int SEEN = 8 * THREADS;

  /// What a thread does again and again, in memory of its own.
  private interface Reader {
    /// Which θ the result is of; negative for none.
    int read() throws InterruptedException;
  }

  @TestFactory
  Stream<DynamicTest> neverAMixedJacobian() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
      for (Precision precision : Precision.values()) {
        tests.add(DynamicTest.dynamicTest(precision + " " + f, () -> {
          Served served = Served.of(f, precision, SNAPSHOTS);
          PublishedParameters published = PublishedParameters.of(f, served.thetas()[0]);
          PreparedJacobian prepared = PreparedJacobian.of(published, Served.INPUT);
          PreparedJacobians pool = PreparedJacobians.of(prepared, 3);
          swapWhileReading(published, served.thetas(), number -> reader(number, served, prepared, pool),
              number -> number % 3 != 0 && number % 2 == 0);
        }));
      }
    }
    return tests.stream();
  }

  /// One of the ways to share.
  private static Reader reader(int number, Served served, PreparedJacobian prepared, PreparedJacobians pool) {
    Served.Result result = Served.Result.place(served.x().precision());
    PreparedJacobian fork = prepared.fork();
    return switch (number % 3) {
      case 0 -> () -> {
        fork.at(served.x(), result.y(), result.jacobian());
        return served.indexOf(result);
      };
      case 1 -> () -> {
        pool.at(served.x(), result.y(), result.jacobian());
        return served.indexOf(result);
      };
      default -> () -> {
        try (PreparedJacobians.Lease lease = pool.borrow()) {
          lease.at(served.x(), result.y(), result.jacobian());
        }
        return served.indexOf(result);
      };
    };
  }

  @Test
  void neverAMixedGradientOrHessian() throws InterruptedException {
    Layer f = Sequential.of(Served.SMALL, new Dense(2, 1));
    Served served = Served.of(Served.SMALL, Precision.FLOAT, 1);
    Parameters[] thetas = new Parameters[SNAPSHOTS];
    Tensor[] gradients = new Tensor[SNAPSHOTS];
    Tensor[] hessians = new Tensor[SNAPSHOTS];
    Tensor one = Tensor.row(1f);
    for (int at = 0; at < SNAPSHOTS; at++) {
      thetas[at] = Parameters.initialize(f.parameters(), Precision.FLOAT, at);
      gradients[at] = Tensor.zeros(Precision.FLOAT, 1, 4);
      hessians[at] = Tensor.zeros(Precision.FLOAT, 4, 4);
      PreparedGradient.of(f, thetas[at], Served.INPUT).at(served.x(), Tensor.row(0f), gradients[at]);
      PreparedHessian.of(f, thetas[at], Served.INPUT).at(served.x(), one, Tensor.row(0f), Tensor.none(), hessians[at]);
    }
    PublishedParameters published = PublishedParameters.of(f, thetas[0]);
    PreparedGradient ofGradients = PreparedGradient.of(published, Served.INPUT);
    PreparedHessian ofHessians = PreparedHessian.of(published, Served.INPUT);
    swapWhileReading(published, thetas, number -> {
      Tensor y = Tensor.row(0f);
      Tensor place = number % 2 == 0 ? Tensor.zeros(Precision.FLOAT, 1, 4) : Tensor.zeros(Precision.FLOAT, 4, 4);
      PreparedGradient gradient = ofGradients.fork();
      PreparedHessian hessian = ofHessians.fork();
      return number % 2 == 0 ? () -> {
        gradient.at(served.x(), y, place);
        return indexOf(place, gradients);
      } : () -> {
        hessian.at(served.x(), one, y, Tensor.none(), place);
        return indexOf(place, hessians);
      };
    }, _ -> false);
  }

  private static int indexOf(Tensor found, Tensor[] legal) {
    for (int at = 0; at < legal.length; at++) {
      if (Served.isSameBits(found, legal[at])) {
        return at;
      }
    }
    return -1;
  }

  private static void swapWhileReading(PublishedParameters published, Parameters[] thetas, IntFunction<Reader> readers,
      IntPredicate virtual)
      throws InterruptedException {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(THREADS);
    CountDownLatch seen = new CountDownLatch(SEEN);
    CountDownLatch ended = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < THREADS; number++) {
      Reader reader = readers.apply(number);
      // Those that go through the pool block there, as virtual threads must that are not to starve each other.
      threads.add((virtual.test(number) ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
        try {
          read(reader, started, seen, ended);
        } catch (Throwable e) {
          failed.compareAndSet(null, e);
          started.countDown();
        }
      }));
    }
    started.await();
    int swaps = 0;
    while (seen.getCount() > 0 && failed.get() == null) {
      if (swaps++ % 2 == 0) {
        published.publish(thetas[swaps % SNAPSHOTS]);
      } else {
        published.handOver(thetas[swaps % SNAPSHOTS]);
      }
    }
    ended.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertNull(failed.get(), () -> failed.get().toString());
    assertEquals(swaps % SNAPSHOTS, readers.apply(0).read());
  }

  private static void read(Reader reader, CountDownLatch started, CountDownLatch seen, CountDownLatch ended)
      throws InterruptedException {
    int before = reader.read();
    assertTrue(before >= 0, "a result of none of the published");
    started.countDown();
    do {
      int index = reader.read();
      assertTrue(index >= 0, "a result of none of the published");
      if (index != before) {
        seen.countDown();
      }
      before = index;
    } while (ended.getCount() > 0);
  }

  /// A θ that begins as one and ends as another gives a result that is none of theirs: the tests above would see it.
  @Test
  void aMixedResultWouldBeSeen() {
    for (Layer f : List.of(Served.SMALL, Served.LARGE)) {
      for (Precision precision : Precision.values()) {
        Served served = Served.of(f, precision, SNAPSHOTS);
        int parameters = served.thetas()[0].count();
        for (int cut = 1; cut < parameters - 1; cut++) { // the last one is a bias that starts from 0 in each
          Parameters mixed = Parameters.zeros(f.parameters(), precision);
          for (int index = 0; index < parameters; index++) {
            mixed.get(index).copyFrom(served.thetas()[index < cut ? 0 : 1].get(index));
          }
          assertEquals(-1, served.indexOf(Served.by(f, mixed, served.x())), f + " cut at " + cut);
        }
      }
    }
  }
}
