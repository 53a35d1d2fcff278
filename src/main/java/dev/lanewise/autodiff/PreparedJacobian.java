package dev.lanewise.autodiff;

import dev.lanewise.Lanewise;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.SmallChain;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PublishedParameters.Snapshot;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.ChainJacobian;
import dev.lanewise.flight.Flight;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// y and J_x = ∂y/∂x of one network for inputs of one shape, planned once: for loops.
///
/// ```java
/// PreparedJacobian prepared = PreparedJacobian.of(net, theta, x.shape());
/// for (…) {
///   prepared.at(x, y, jacobian);          // no allocation, no planning
/// }
/// System.out.println(prepared.plan().explain());
/// ```
///
/// Values of θ may change between calls, in the same [Parameters]. Prepare on [PublishedParameters] where other threads
/// compute while θ changes. One thread at a time: others take a [#fork], or borrow one of [PreparedJacobians]. Without
/// a workspace, [#at] computes in its own, in inference, on the calling thread alone; with one, it uses that
/// workspace's executor, training draws and count of multiply-adds. Calls allocate nothing once the vector kernels are
/// compiled. [Jacobians] says what a Jacobian is where a unit overflows.
public final class PreparedJacobian {

  private static final Duration MOST_WARM_UP = Duration.ofSeconds(10);

  private final Preparation of;
  private final Layer f;
  private final PublishedParameters theta;
  private final JacobianPlan plan;
  private final ChainJacobian program;
  /// Null where the program runs.
  private final SmallChain small;
  private final boolean seeded;
  private final Workspace own = new Workspace();
  /// The parameters that the program and the small chain use.
  private Snapshot latest;
  private long multiplyAdds;
  private final AtomicBoolean busy = new AtomicBoolean();

  /// @param now θ as `chain` has it, which belongs to this from now on
  PreparedJacobian(Preparation of, PublishedParameters theta, Snapshot now, Chain chain, JacobianPlan plan) {
    this.of = of;
    this.f = of.f();
    this.theta = theta;
    this.plan = plan;
    this.program = new ChainJacobian(chain, plan.bracket(), of.wanted(), plan.blocks(), of.options().elided(),
        of.precision());
    this.small = plan.onePass().map(order -> new SmallChain(now.maps(), order == Mode.FORWARD)).orElse(null);
    this.seeded = !of.options().elided() || !chain.hasMatricesAtBothEnds();
    this.latest = now;
  }

  private PreparedJacobian(PreparedJacobian like, PublishedParameters theta, JacobianPlan plan) {
    this.of = like.of;
    this.f = like.f;
    this.theta = theta;
    this.plan = plan;
    this.program = like.program.fork();
    this.small = like.small == null ? null : like.small.fork();
    this.seeded = like.seeded;
  }

  /// Prepares the cheapest order, see [JacobianOptions#defaults()].
  ///
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, or M·D is past an
  ///     array's limit
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input) {
    return of(f, theta, input, JacobianOptions.defaults());
  }

  /// Prepares as `options` say, in θ's precision.
  ///
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, M·D is past an
  ///     array's limit, or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input, JacobianOptions options) {
    Objects.requireNonNull(theta, "theta");
    return of(f, theta, PublishedParameters.requirePrecision(f, theta), input, options);
  }

  /// Prepares as `options` say, in this precision: for a network without parameters.
  ///
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has another precision, M·D is past
  ///     an array's limit, or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Precision precision, Shape input,
      JacobianOptions options) {
    return of(PublishedParameters.over(f, theta), precision, input, options);
  }

  /// Prepares the cheapest order, see [JacobianOptions#defaults()], for the θ published last before each call.
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, or M·D is past an
  ///     array's limit
  public static PreparedJacobian of(PublishedParameters theta, Shape input) {
    return of(theta, theta.precision(), input, JacobianOptions.defaults());
  }

  /// Prepares as `options` say, for the θ published last before each call.
  ///
  /// @param theta the network with its parameters
  /// @param precision θ's, or any for a network without parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has another precision, M·D is past
  ///     an array's limit, or the memory is too small for one direction
  public static PreparedJacobian of(PublishedParameters theta, Precision precision, Shape input,
      JacobianOptions options) {
    Door.requirePrecision(theta, precision);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(options, "options");
    long begin = System.nanoTime();
    PreparedJacobian made = Preparation.of(theta.layer(), precision, input, options).prepared(theta);
    Flight.prepared(made.f, input, options.mode(), made.plan.multiplyAdds(), options.costs().source(), begin);
    return made;
  }

  /// {@return a prepared Jacobian for another thread: network, plan, code and θ are shared, the memory is its own}
  /// Nothing is planned again. It may be called while this one is at work.
  public PreparedJacobian fork() {
    return fork(theta);
  }

  /// A fork for another θ of the network; for null, one that only forks.
  PreparedJacobian fork(PublishedParameters theta) {
    return new PreparedJacobian(this, theta, plan);
  }

  /// A fork with another description of its plan.
  PreparedJacobian as(JacobianPlan explained) {
    return new PreparedJacobian(this, theta, explained);
  }

  /// {@return the order in which the chain is multiplied out, and why; the same for all forks}
  public JacobianPlan plan() {
    return plan;
  }

  boolean isFor(Tensor x) {
    return of.precision() == x.precision() && of.input().equals(x.shape());
  }

  /// Whether a fork of this would match these arguments.
  boolean isFor(PublishedParameters theta, Precision precision, Shape input, JacobianOptions options) {
    return f == theta.layer() && of.precision() == precision && of.input().equals(input) && of.options().equals(options)
        && (small == null || small.isOf(theta.snapshot().maps()));
  }

  /// Overwrites `y` with f(x, θ) and `jacobian` with J_x.
  ///
  /// @param x of the shape prepared for
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`, or only the outputs and inputs that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  public void at(Tensor x, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    Door.enter(busy, f, "this prepared Jacobian is", "a fork");
    try {
      own.reset();
      run(theta.snapshot(), x, own, y, jacobian);
    } finally {
      busy.setRelease(false);
    }
  }

  /// Does the same in `ws`, in every mode: with its executor, its count of multiply-adds, and in training its seed's
  /// draws.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held for the call
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`, or only the outputs and inputs that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    Objects.requireNonNull(ws, "ws");
    requireFit(x, y, jacobian);
    Door.enter(busy, f, "this prepared Jacobian is", "a fork");
    try {
      ws.begin();
      try {
        run(theta.snapshot(), x, ws, y, jacobian);
      } finally {
        ws.end();
      }
    } finally {
      busy.setRelease(false);
    }
  }

  /// Does the same in a workspace that the caller holds, above its contents, with the θ that the caller has read.
  void compute(Snapshot now, Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    run(now, x, ws, y, jacobian);
  }

  /// Does the same with the present θ.
  void compute(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    compute(theta.snapshot(), x, ws, y, jacobian);
  }

  /// A place for the results of [#at].
  Tensor newJacobian() {
    return Tensor.zeros(of.precision(), of.wanted().rows(), of.wanted().columns());
  }

  private void requireFit(Tensor x, Tensor y, Tensor jacobian) {
    x.require(of.precision(), of.input(), f, "x");
    y.require(of.precision(), of.output(), f, "y");
    Door.requireMatrix(f, x, of.wanted().rows(), of.wanted().columns(), jacobian, "jacobian");
  }

  /// Computes at x = 0 and waits, for at most ten seconds, until all kernels that this takes are compiled and use
  /// vectors. Until then, and without this, calls compute in plain Java, with the same bits.
  ///
  /// @return which kernels are ready, and which are not
  /// @throws InterruptedException if this thread is interrupted meanwhile
  /// @throws IllegalStateException if another thread is in here
  public Lanewise.WarmUp warmUp() throws InterruptedException {
    return Lanewise.warmUp(atZero(), MOST_WARM_UP);
  }

  /// A call at x = 0, to be repeated.
  Runnable atZero() {
    Tensor x = Tensor.zeros(of.precision(), of.input());
    Tensor y = Tensor.zeros(of.precision(), of.output());
    Tensor jacobian = newJacobian();
    return () -> at(x, y, jacobian);
  }

  private void run(Snapshot now, Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    Door.requireApart(f, now.theta(), x, y, jacobian, "jacobian");
    if (latest != now) {
      program.chain().over(now.theta());
      if (small != null) {
        small.over(now.maps());
      }
      latest = now;
    }
    if (small != null && !ws.isTraining()) { // in training a layer may be another than its affine map
      small.valueAndJacobian(x, y, jacobian, ws);
      multiplyAdds += small.multiplyAdds();
    } else {
      long before = ws.multiplyAdds();
      multiplyOut(x, ws, y, jacobian);
      multiplyAdds += ws.multiplyAdds() - before;
    }
  }

  private void multiplyOut(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    Tensor value = program.at(x, ws, jacobian);
    if (seeded && jacobian.size() > 0) {
      Overflows.settle(program.chain(), x, 1, Math.max(1, plan.chunk()), of.wanted(), ws, jacobian);
    }
    y.copyFrom(value);
  }

  /// {@return the multiply-adds of all calls since this was prepared or forked, values included, in any workspace}
  public long multiplyAdds() {
    return multiplyAdds;
  }

  /// The bytes of intermediate matrices that are allocated; 0 before the first point.
  long allocatedBytes() {
    return program.bytes();
  }

  /// Network and mode.
  @Override
  public String toString() {
    return "PreparedJacobian[" + f + ", " + of.input() + ", " + plan.mode() + "]";
  }
}
