package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A pool of forks of one [PreparedJacobian] for the threads of a service: at most one Jacobian for each member is
/// computed at a time, and a thread waits while all are lent.
///
/// ```java
/// PreparedJacobians pool = PreparedJacobians.of(published, x.shape(), Runtime.getRuntime().availableProcessors());
/// pool.at(x, y, jacobian);                        // borrows for the call
/// try (PreparedJacobians.Lease lease = pool.borrow()) {
///   for (…) {
///     lease.at(x, y, jacobian);                   // the same memory for several calls
///   }
/// }
/// ```
///
/// Waiting is first come, first served, for platform threads and virtual ones alike; it can be interrupted, and blocks
/// no carrier of virtual threads. Threads that compute should not outnumber the processors, so a pool of more members
/// than processors is no faster. A call allocates nothing once its member is warm and none waits.
public final class PreparedJacobians {

  private final Lease[] members;
  private final Semaphore free;
  /// The first [#idle] of these are free. The member given back last is lent next, since its memory is in cache.
  private final Lease[] stack;
  private int idle;

  private PreparedJacobians(PreparedJacobian first, int size) {
    this.members = new Lease[size];
    for (int at = 0; at < size; at++) {
      members[at] = new Lease(this, at == 0 ? first : first.fork());
    }
    this.stack = members.clone();
    this.idle = size;
    this.free = new Semaphore(size, true);
  }

  /// Prepares the cheapest order, see [JacobianOptions#defaults()].
  ///
  /// @param f the network
  /// @param theta its parameters, not to be changed while a member is lent
  /// @param input the shape of x
  /// @param size how many members, at least 1
  /// @return for any number of threads
  /// @throws IllegalArgumentException as [PreparedJacobian#of(Layer, Parameters, Shape)] does, or if `size` is below 1
  public static PreparedJacobians of(Layer f, Parameters theta, Shape input, int size) {
    requireSize(size);
    return new PreparedJacobians(PreparedJacobian.of(f, theta, input), size);
  }

  /// Prepares the cheapest order, see [JacobianOptions#defaults()], for the θ published last before each call.
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @param size how many members, at least 1
  /// @return for any number of threads
  /// @throws IllegalArgumentException as [PreparedJacobian#of(PublishedParameters, Shape)] does, or if `size` is below
  ///     1
  public static PreparedJacobians of(PublishedParameters theta, Shape input, int size) {
    requireSize(size);
    return new PreparedJacobians(PreparedJacobian.of(theta, input), size);
  }

  /// Makes a pool of forks of `prepared`, which stays the caller's.
  ///
  /// @param prepared may be at work
  /// @param size how many members, at least 1
  /// @return for any number of threads
  /// @throws IllegalArgumentException if `size` is below 1
  public static PreparedJacobians of(PreparedJacobian prepared, int size) {
    requireSize(size);
    return new PreparedJacobians(prepared.fork(), size);
  }

  private static void requireSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("PreparedJacobians: has " + size + " members, expected at least 1");
    }
  }

  /// How many threads compute at a time.
  ///
  /// @return the number of members
  public int size() {
    return members.length;
  }

  /// The order in which the chain is multiplied out, and why.
  ///
  /// @return the plan of all members
  public JacobianPlan plan() {
    return members[0].prepared.plan();
  }

  /// Overwrites `y` with f(x, θ) and `jacobian` with J_x, in a member borrowed for the call.
  ///
  /// @param x of the shape prepared for
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws InterruptedException if the thread is interrupted before a member is free; nothing is written then
  public void at(Tensor x, Tensor y, Tensor jacobian) throws InterruptedException {
    Lease lease = borrow();
    try {
      lease.prepared.at(x, y, jacobian);
    } finally {
      lease.close();
    }
  }

  /// Does the same in the caller's workspace, see [PreparedJacobian#at(Tensor, Workspace, Tensor, Tensor)]: with its
  /// executor for large products.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held for the call
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if `ws` is held
  /// @throws InterruptedException if the thread is interrupted before a member is free; nothing is written then
  public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobian) throws InterruptedException {
    Lease lease = borrow();
    try {
      lease.prepared.at(x, ws, y, jacobian);
    } finally {
      lease.close();
    }
  }

  /// A member for several calls of this thread; waits while none is free.
  ///
  /// @return to be given back by [Lease#close()], by the same thread
  /// @throws InterruptedException if the thread is interrupted before a member is free
  public Lease borrow() throws InterruptedException {
    free.acquire();
    return take();
  }

  /// A member for several calls of this thread; waits for at most `atMost`.
  ///
  /// @param atMost zero for not at all
  /// @return to be given back by [Lease#close()], by the same thread
  /// @throws TimeoutException if none was free in that time
  /// @throws InterruptedException if the thread is interrupted before a member is free
  public Lease borrow(Duration atMost) throws InterruptedException, TimeoutException {
    if (!free.tryAcquire(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("PreparedJacobians: all " + members.length + " members are lent after " + atMost
          + ", expected one to be free");
    }
    return take();
  }

  private Lease take() {
    Lease lease;
    synchronized (stack) {
      lease = stack[--idle];
    }
    lease.borrower = Thread.currentThread();
    return lease;
  }

  private void giveBack(Lease lease) {
    synchronized (stack) {
      stack[idle++] = lease;
    }
    free.release();
  }

  /// Network, mode and size.
  @Override
  public String toString() {
    return "PreparedJacobians[" + members.length + " × " + members[0].prepared + "]";
  }

  /// A member of the pool that is lent to one thread.
  ///
  /// The object is lent again after it is given back, so do not keep it. A thread that no longer holds it is refused.
  public static final class Lease implements AutoCloseable {

    private final PreparedJacobians pool;
    private final PreparedJacobian prepared;
    /// Null while it is not lent. It needs no synchronization: a thread compares it only with itself, and no other
    /// thread ever writes that.
    private Thread borrower;

    private Lease(PreparedJacobians pool, PreparedJacobian prepared) {
      this.pool = pool;
      this.prepared = prepared;
    }

    /// Overwrites `y` with f(x, θ) and `jacobian` with J_x.
    ///
    /// @param x of the shape prepared for
    /// @param y `[…y]`
    /// @param jacobian `[M, D]`
    /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
    /// @throws IllegalStateException if it was given back, or lent to another thread
    public void at(Tensor x, Tensor y, Tensor jacobian) {
      requireLent();
      prepared.at(x, y, jacobian);
    }

    /// Does the same in the caller's workspace.
    ///
    /// @param x of the shape prepared for
    /// @param ws reset, and held for the call
    /// @param y `[…y]`
    /// @param jacobian `[M, D]`
    /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
    /// @throws IllegalStateException if it was given back, or lent to another thread, or `ws` is held
    public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
      requireLent();
      prepared.at(x, ws, y, jacobian);
    }

    /// Gives the member back.
    ///
    /// @throws IllegalStateException if it was given back, or lent to another thread
    @Override
    public void close() {
      requireLent();
      borrower = null;
      pool.giveBack(this);
    }

    private void requireLent() {
      if (borrower != Thread.currentThread()) {
        throw new IllegalStateException(pool
            + ": this lease was given back, or is another thread's, expected one that this thread has borrowed");
      }
    }
  }
}
