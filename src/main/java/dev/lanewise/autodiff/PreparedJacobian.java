package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.SmallChain;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.JacobianProgram;
import dev.lanewise.autodiff.chain.Step;
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
/// Values of θ may change between calls, in the same [Parameters]. One thread at a time: others prepare their own, the network
/// and θ are shared. The form of [#at] without a workspace computes in one of its own, in inference and with the
/// calling thread alone; the other one in the caller's, with what it carries: executor, training's draws, the count of
/// multiply-adds. No allocation means: once the kernels' code for vectors is compiled. What a Jacobian is where a unit
/// overflows says [Jacobians].
public final class PreparedJacobian {

  private final Layer f;
  private final Parameters theta;
  private final Precision precision;
  private final Shape input;
  private final Shape output;
  private final Chain chain;
  private final JacobianPlan plan;
  private final boolean elided;
  private final Step.Scene scene;
  private final boolean[] sloped;
  /// Null where a program runs.
  private final SmallChain small;
  private final boolean seeded;
  private final Workspace own = new Workspace();
  private long multiplyAdds;
  private JacobianProgram program;
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedJacobian(Layer f, Parameters theta, Precision precision, Shape input, JacobianOptions options) {
    this.f = f;
    this.theta = theta;
    this.precision = precision;
    this.input = input;
    this.output = f.outputShape(input);
    Door.requireMatrixSize(f, "Jacobian", output.size(), input.size());
    this.chain = new Chain(f, theta, input);
    this.elided = options.elided();
    this.plan = JacobianPlanner.plan(chain, options, precision, new MeasuredTimes(options.costs(), precision), options.costs().source());
    this.small = plan.onePass().map(order -> new SmallChain(chain.affineMaps(), order == Mode.FORWARD)).orElse(null);
    this.seeded = !elided || !chain.hasMatricesAtBothEnds();
    this.scene = new Step.Scene(chain.factors().size());
    this.sloped = new boolean[chain.factors().size()];
  }

  /// By the cheapest order, see [JacobianOptions#defaults()].
  ///
  /// @param input the shape of x
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, or M·D is past an array's limit
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input) {
    return of(f, theta, input, JacobianOptions.defaults());
  }

  /// As `options` say, in θ's precision.
  ///
  /// @throws IllegalArgumentException if the network does not take such an input, θ has no precision, M·D is past an array's limit,
  ///     or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Shape input, JacobianOptions options) {
    Objects.requireNonNull(theta, "theta");
    if (theta.count() == 0) {
      throw new IllegalArgumentException(f + ": theta has no parameters to take the precision from, expected the precision to be given");
    }
    return of(f, theta, theta.precision(), input, options);
  }

  /// As `options` say, in this precision: for a network without parameters.
  ///
  /// @throws IllegalArgumentException if the network does not take such an input, θ has another precision, M·D is past an array's
  ///     limit, or the memory is too small for one direction
  public static PreparedJacobian of(Layer f, Parameters theta, Precision precision, Shape input, JacobianOptions options) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(theta, "theta");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(options, "options");
    theta.requireOf(f, "theta");
    if (theta.count() > 0 && theta.precision() != precision) {
      throw new IllegalArgumentException(f + ": theta has precision " + theta.precision() + ", expected " + precision);
    }
    return new PreparedJacobian(f, theta, precision, input, options);
  }

  /// In which order the chain is multiplied out, and why.
  public JacobianPlan plan() {
    return plan;
  }

  /// Whether this was prepared for these.
  boolean isFor(Layer f, Parameters theta, Tensor x) {
    return this.f == f && this.theta == theta && precision == x.precision() && input.equals(x.shape());
  }

  /// Overwrites `y` with f(x, θ) and `jacobian` with J_x.
  ///
  /// @param x of the shape prepared for
  /// @param y `[…y]`
  /// @param jacobian `[M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  /// @throws IllegalStateException if another thread is in here
  public void at(Tensor x, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    enter();
    try {
      own.reset();
      run(x, own, y, jacobian);
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
  /// @param jacobian `[M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  public void at(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    Objects.requireNonNull(ws, "ws");
    requireFit(x, y, jacobian);
    enter();
    try {
      ws.begin();
      try {
        run(x, ws, y, jacobian);
      } finally {
        ws.end();
      }
    } finally {
      busy.setRelease(false);
    }
  }

  /// The same in a workspace that the caller holds, above what is there.
  void compute(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
    requireFit(x, y, jacobian);
    run(x, ws, y, jacobian);
  }

  private void requireFit(Tensor x, Tensor y, Tensor jacobian) {
    x.require(precision, input, f, "x");
    y.require(precision, output, f, "y");
    Door.requireMatrix(f, x, output.size(), input.size(), jacobian, "jacobian");
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(f + ": this prepared Jacobian is at work in another thread, expected one prepared for each");
    }
  }

  private void run(Tensor x, Workspace ws, Tensor y, Tensor jacobian) {
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
    scene.computeIn(ws);
    Tensor value = chain.linearize(x, ws);
    if (jacobian.size() == 0) {
      y.copyFrom(value);
      return;
    }
    boolean compiled = program != null;
    for (int factor = 0; factor < sloped.length; factor++) {
      Chain.Factor one = chain.factors().get(factor);
      if (elided && one.isDense()) {
        Tensor slope = one.slope(ws);
        scene.setSlope(factor, slope);
        compiled &= sloped[factor] == !slope.isNone();
        sloped[factor] = !slope.isNone();
      }
    }
    if (!compiled) {
      program = JacobianProgram.of(chain, plan.bracket(), plan.blocks(), sloped.clone(), precision, false);
    }
    for (int factor = 0; factor < sloped.length; factor++) {
      Chain.Factor one = chain.factors().get(factor);
      if (elided && one.isDense()) {
        program.point(factor, one.weight(ws));
      }
    }
    program.run(scene, jacobian);
    if (seeded) {
      Overflows.settle(chain, x, 1, Math.max(1, plan.chunk()), ws, jacobian);
    }
    y.copyFrom(value);
  }

  /// The multiply-adds that all calls have taken so far, in whichever workspace, values included.
  public long multiplyAdds() {
    return multiplyAdds;
  }

  /// The bytes of intermediate matrices that are allocated; 0 before the first point.
  long allocatedBytes() {
    return program == null ? 0 : program.bytes();
  }

  /// Network and mode.
  @Override
  public String toString() {
    return "PreparedJacobian[" + f + ", " + input + ", " + plan.mode() + "]";
  }
}
