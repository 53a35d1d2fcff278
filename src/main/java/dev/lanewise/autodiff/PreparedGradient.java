package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PublishedParameters.Snapshot;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// y and ∇_x f of a network with one output for each sample, for inputs of one shape, prepared once: for loops and
/// services.
///
/// | x, y | what is done |
/// |---|---|
/// | one output in all | the Jacobian's only row, planned as [PreparedJacobian] does |
/// | `[B, …]`, B outputs | row b is ∂y_b/∂x_b: one pull of ones through the whole batch, 2·E multiply-adds a sample |
///
/// Once the vector kernels are compiled, calls allocate nothing from the second one on. Values of θ may change between
/// calls, in the same [Parameters]. Prepare on [PublishedParameters] where other threads compute while θ changes. One
/// thread at a time: others take a [#fork]. One form of [#at] computes in the caller's workspace, with its executor and
/// training draws.
public final class PreparedGradient {

  private final Layer f;
  private final PublishedParameters theta;
  private final Precision precision;
  private final Shape input;
  private final Shape output;
  /// Null if there is one output for each sample.
  private final PreparedJacobian row;
  private final Shape rowShape;
  /// The cotangent of a batch, which nothing writes to.
  private final Tensor ones;
  private final Workspace own = new Workspace();
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedGradient(PublishedParameters theta, Precision precision, Shape input, Shape output,
      PreparedJacobian row, Tensor ones) {
    this.f = theta.layer();
    this.theta = theta;
    this.precision = precision;
    this.input = input;
    this.output = output;
    this.row = row;
    this.rowShape = Shape.of(input.size());
    this.ones = ones;
  }

  /// Prepares in θ's precision.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input or has more outputs than samples, θ is
  ///     another's or has no precision, or the network mixes several samples
  public static PreparedGradient of(Layer f, Parameters theta, Shape input) {
    return of(PublishedParameters.over(f, theta), PublishedParameters.requirePrecision(f, theta), input);
  }

  /// Prepares for the θ published last before each call.
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException as for θ alone
  public static PreparedGradient of(PublishedParameters theta, Shape input) {
    return of(theta, theta.precision(), input);
  }

  /// Prepares in this precision: for a network without parameters too.
  ///
  /// @param theta the network with its parameters
  /// @param precision θ's, or any for a network without parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if θ has another precision, or as for θ alone
  public static PreparedGradient of(PublishedParameters theta, Precision precision, Shape input) {
    Door.requirePrecision(theta, precision);
    Objects.requireNonNull(input, "input");
    Layer f = theta.layer();
    Shape output = f.outputShape(input);
    if (output.size() == 1) {
      PreparedJacobian row = PreparedJacobian.of(theta, precision, input, JacobianOptions.defaults());
      return new PreparedGradient(theta, precision, input, output, row, Tensor.none());
    }
    int batch = input.rank() == 0 ? 0 : input.dim(0);
    if (output.rank() == 0 || output.dim(0) != batch || output.size() != batch) {
      throw new IllegalArgumentException(f + ": gradient of output " + output
          + ", expected 1 number, or 1 for each of " + batch + " samples");
    }
    Door.requireSamples(f, input);
    Tensor ones = Tensor.zeros(precision, output);
    ones.fill(1);
    return new PreparedGradient(theta, precision, input, output, null, ones);
  }

  /// A fork for another thread, which shares network and θ, and has its own memory. May be called while this one is at
  /// work.
  ///
  /// @return one that may be used beside this one
  public PreparedGradient fork() {
    return new PreparedGradient(theta, precision, input, output, row == null ? null : row.fork(), ones);
  }

  /// Overwrites `y` with f(x, θ) and `gradient` with ∇_x f.
  ///
  /// @param x of the shape prepared for
  /// @param y of the output's shape
  /// @param gradient of x's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  public void at(Tensor x, Tensor y, Tensor gradient) {
    at(x, own, y, gradient);
  }

  /// Does the same in `ws`: with its executor, its count of multiply-adds, and in training its seed's draws.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held for the call
  /// @param y of the output's shape
  /// @param gradient of x's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit, memory overlaps, or several samples are mixed
  ///     in training
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  public void at(Tensor x, Workspace ws, Tensor y, Tensor gradient) {
    Objects.requireNonNull(ws, "ws");
    x.require(precision, input, f, "x");
    y.require(precision, output, f, "y");
    gradient.require(precision, input, f, "gradient");
    if (row == null) {
      Door.requireSamples(f, x, ws);
    }
    Door.enter(busy, f, "this prepared gradient is", "a fork");
    try {
      Snapshot now = theta.snapshot();
      Door.requireApart(f, now.theta(), x, y, gradient, "gradient");
      if (row == null) {
        Jacobians.valueAndVjp(f, now.theta(), x, ones, ws, y, gradient, Parameters.none());
      } else {
        computeRow(now, x, ws, y, gradient);
      }
    } finally {
      busy.setRelease(false);
    }
  }

  private void computeRow(Snapshot now, Tensor x, Workspace ws, Tensor y, Tensor gradient) {
    ws.begin();
    try {
      row.compute(now, x, ws, y, ws.view(gradient, 0, 1, rowShape));
    } finally {
      ws.end();
    }
  }

  /// Network and shape.
  @Override
  public String toString() {
    return "PreparedGradient[" + f + ", " + input + "]";
  }
}
