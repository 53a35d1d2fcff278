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
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.plan.ChainTimes;
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
/// Values of θ may change between calls, in the same [Parameters]; where others are at work while θ changes, prepare on
/// [PublishedParameters]. One thread at a time: others take a [#fork], or borrow one of [PreparedJacobians]. The form of
/// [#at] without a workspace computes in one of its own, in inference and with the calling thread alone; the other one in
/// the caller's, with what it carries: executor, training's draws, the count of multiply-adds. No allocation means: once
/// the kernels' code for vectors is compiled. What a Jacobian is where a unit overflows says [Jacobians].
public final class PreparedJacobian {

  private static final Duration MOST_WARM_UP = Duration.ofSeconds(10);

  private final Layer f;
  private final PublishedParameters theta;
  private final Precision precision;
  private final Shape input;
  private final Shape output;
  private final JacobianOptions options;
  private final Wanted wanted;
  private final JacobianPlan plan;
  private final ChainJacobian program;
  /// Null where the program runs.
  private final SmallChain small;
  private final boolean seeded;
  private final Workspace own = new Workspace();
  /// What program and small chain are over.
  private Snapshot latest;
  private long multiplyAdds;
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedJacobian(PublishedParameters theta, Precision precision, Shape input, JacobianOptions options) {
    long begin = System.nanoTime();
    this.f = theta.layer();
    this.theta = theta;
    this.precision = precision;
    this.input = input;
    this.options = options;
    this.output = f.outputShape(input);
    this.wanted = Door.requireWanted(f, options, output.size(), input.size());
    Door.requireMatrixSize(f, "Jacobian", wanted.rows(), wanted.columns());
    Snapshot now = theta.snapshot();
    Chain chain = new Chain(f, now.theta(), input);
    ChainTimes times = new ChainTimes.Measured(options.costs(), precision);
    this.plan = JacobianPlanner.plan(chain, wanted, options, precision, times, options.costs().source());
    this.program = new ChainJacobian(chain, plan.bracket(), wanted, plan.blocks(), options.elided(), precision);
    this.small = plan.onePass().map(order -> new SmallChain(now.maps(), order == Mode.FORWARD)).orElse(null);
    this.seeded = !options.elided() || !chain.hasMatricesAtBothEnds();
    this.latest = now;
    Flight.prepared(f, input, plan.mode(), plan.multiplyAdds(), options.costs().source(), begin);
  }

  private PreparedJacobian(PreparedJacobian like, PublishedParameters theta) {
    this.f = like.f;
    this.theta = theta;
    this.precision = like.precision;
    this.input = like.input;
    this.output = like.output;
    this.options = like.options;
    this.wanted = like.wanted;
    this.plan = like.plan;
    this.program = like.program.fork();
    this.small = like.small == null ? null : like.small.fork();
    this.seeded = like.seeded;
  }

  /// By the cheapest order, see [JacobianOptions#defaults()].
  ///
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, or M·D is past an array's limit
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input) {
    return of(f, theta, input, JacobianOptions.defaults());
  }

  /// As `options` say, in θ's precision.
  ///
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, M·D is past an array's limit,
  ///     or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input, JacobianOptions options) {
    Objects.requireNonNull(theta, "theta");
    return of(f, theta, PublishedParameters.requirePrecision(f, theta), input, options);
  }

  /// As `options` say, in this precision: for a network without parameters.
  ///
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has another precision, M·D is past an array's
  ///     limit, or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Precision precision, Shape input, JacobianOptions options) {
    return of(PublishedParameters.over(f, theta), precision, input, options);
  }

  /// Of θ as it was published last before each call, by the cheapest order, see [JacobianOptions#defaults()].
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, or M·D is past an array's limit
  public static PreparedJacobian of(PublishedParameters theta, Shape input) {
    return of(theta, theta.precision(), input, JacobianOptions.defaults());
  }

  /// Of θ as it was published last before each call, as `options` say.
  ///
  /// @param theta the network with its parameters
  /// @param precision θ's, or any for a network without parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ has another precision, M·D is past an array's
  ///     limit, or the memory is too small for one direction
  public static PreparedJacobian of(PublishedParameters theta, Precision precision, Shape input, JacobianOptions options) {
    Door.requirePrecision(theta, precision);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(options, "options");
    return new PreparedJacobian(theta, precision, input, options);
  }

  /// {@return the same for another thread, to be used beside this one: network, plan, code and θ are shared, the memory
  /// is its own} Nothing is planned again. May be called while this one is at work.
  public PreparedJacobian fork() {
    return fork(theta);
  }

  /// The same for another θ of the network; for null one that only forks.
  PreparedJacobian fork(PublishedParameters theta) {
    return new PreparedJacobian(this, theta);
  }

  /// {@return in which order the chain is multiplied out, and why; the same for all forks}
  public JacobianPlan plan() {
    return plan;
  }

  /// Whether it takes this x.
  boolean isFor(Tensor x) {
    return precision == x.precision() && input.equals(x.shape());
  }

  /// Whether a fork of this would be what these ask for.
  boolean isFor(PublishedParameters theta, Precision precision, Shape input, JacobianOptions options) {
    return f == theta.layer() && this.precision == precision && this.input.equals(input) && this.options.equals(options)
        && (small == null || small.isOf(theta.snapshot().maps()));
  }

  /// Overwrites `y` with f(x, θ) and `jacobian` with J_x.
  ///
  /// @param x of the shape prepared for
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`, or of the outputs and inputs alone that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  public void at(Tensor x, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    enter();
    try {
      own.reset();
      run(theta.snapshot(), x, own, y, jacobian);
    } finally {
      busy.setRelease(false);
    }
  }

  /// The same, computed in `ws`: with its executor, counted there, and in training drawn as its seed says, in every
  /// mode alike.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held for the call
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`, or of the outputs and inputs alone that the options name
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    Objects.requireNonNull(ws, "ws");
    requireFit(x, y, jacobian);
    enter();
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

  /// The same in a workspace that the caller holds, above what is there, with the θ that the caller has read.
  void compute(Snapshot now, Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    run(now, x, ws, y, jacobian);
  }

  /// The same with θ as it is.
  void compute(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    compute(theta.snapshot(), x, ws, y, jacobian);
  }

  /// A place for what [#at] writes.
  Tensor newJacobian() {
    return Tensor.zeros(precision, wanted.rows(), wanted.columns());
  }

  private void requireFit(Tensor x, Tensor y, Tensor jacobian) {
    x.require(precision, input, f, "x");
    y.require(precision, output, f, "y");
    Door.requireMatrix(f, x, wanted.rows(), wanted.columns(), jacobian, "jacobian");
  }

  /// Computes at x = 0 and waits until all kernels that this takes are compiled and compute by vectors, for ten seconds at most. Before
  /// that, and without this, calls compute in plain Java, with the same bits.
  ///
  /// @return what is ready, and what is not
  /// @throws InterruptedException if this thread is interrupted meanwhile
  /// @throws IllegalStateException if another thread is in here
  public Lanewise.WarmUp warmUp() throws InterruptedException {
    Tensor x = Tensor.zeros(precision, input);
    Tensor y = Tensor.zeros(precision, output);
    Tensor jacobian = newJacobian();
    return Lanewise.warmUp(() -> at(x, y, jacobian), MOST_WARM_UP);
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(f + ": this prepared Jacobian is at work in another thread, expected a fork for each");
    }
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
      Overflows.settle(program.chain(), x, 1, Math.max(1, plan.chunk()), wanted, ws, jacobian);
    }
    y.copyFrom(value);
  }

  /// {@return the multiply-adds of all calls since this was prepared or forked, values included, in whichever workspace}
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
    return "PreparedJacobian[" + f + ", " + input + ", " + plan.mode() + "]";
  }
}
