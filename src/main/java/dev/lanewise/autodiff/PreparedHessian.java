package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Value, gradient and second derivatives of one network for inputs of one shape, prepared once: for loops and
/// services.
///
/// | form         | gives                                                   | multiply-adds at most, E weights |
/// |--------------|---------------------------------------------------------|----------------------------------|
/// | [#at]        | y, J_xᵀ·u, H = ∂²⟨u, f(x, θ)⟩/∂x², D × D                 | 3·E + 3·D·E                      |
/// | [#ofOutputs] | y, J_x, ∂²y_c/∂x² for each output c, `[M, D, D]`         | E + M·(2·E + 3·D·E)              |
///
/// Both by [Hessians]: forward over reverse, a chunk of directions at a time. Of a batch H is that of the whole input,
/// D = x.size(); [SampleHessians] has its blocks alone. A call allocates nothing from its second time on, once the
/// kernels' code for vectors is compiled. Values of θ may change between calls, in the same [Parameters]; where others
/// are at work while θ changes, prepare on [PublishedParameters]. One thread at a time: others take a [#fork]. The
/// forms with a workspace compute in the caller's, with its executor and training's draws.
public final class PreparedHessian {

  private final Layer f;
  private final PublishedParameters theta;
  private final Precision precision;
  private final Shape input;
  private final Shape output;
  private final int chunk;
  private final Workspace own = new Workspace();
  private final AtomicBoolean busy = new AtomicBoolean();

  private PreparedHessian(PublishedParameters theta, Precision precision, Shape input, Shape output, int chunk) {
    this.f = theta.layer();
    this.theta = theta;
    this.precision = precision;
    this.input = input;
    this.output = output;
    this.chunk = chunk;
  }

  /// In θ's precision, [Jacobians#DEFAULT_CHUNK] directions at once.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if the network does not take such an input, θ is another's or has no precision,
  ///     or D·D is past an array's limit
  public static PreparedHessian of(Layer f, Parameters theta, Shape input) {
    PublishedParameters over = PublishedParameters.over(f, theta);
    return of(over, PublishedParameters.requirePrecision(f, theta), input, Jacobians.DEFAULT_CHUNK);
  }

  /// Of θ as it was published last before each call, [Jacobians#DEFAULT_CHUNK] directions at once.
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException as for θ alone
  public static PreparedHessian of(PublishedParameters theta, Shape input) {
    return of(theta, theta.precision(), input, Jacobians.DEFAULT_CHUNK);
  }

  /// In this precision, `chunk` directions at once.
  ///
  /// @param theta the network with its parameters
  /// @param precision θ's, or any for a network without parameters
  /// @param input the shape of x
  /// @param chunk at least 1
  /// @return for one thread at a time
  /// @throws IllegalArgumentException if θ has another precision, `chunk` is below 1, or as for θ alone
  public static PreparedHessian of(PublishedParameters theta, Precision precision, Shape input, int chunk) {
    Door.requirePrecision(theta, precision);
    Objects.requireNonNull(input, "input");
    Layer f = theta.layer();
    Door.requireChunk(f, chunk);
    Shape output = f.outputShape(input);
    Door.requireMatrixSize(f, "Hessian", input.size(), input.size());
    return new PreparedHessian(theta, precision, input, output, Math.clamp(chunk, 1, Math.max(1, input.size())));
  }

  /// The same for another thread: network and θ are shared, the memory is its own. May be called while this one is at
  /// work.
  ///
  /// @return one that may be used beside this one
  public PreparedHessian fork() {
    return new PreparedHessian(theta, precision, input, output, chunk);
  }

  /// Overwrites `y` with f(x, θ), `gradient` with J_xᵀ·u and `hessian` with ∂²⟨u, f(x, θ)⟩/∂x².
  ///
  /// @param x of the shape prepared for
  /// @param u the outputs' weights, of y's shape
  /// @param y of the output's shape
  /// @param gradient of x's shape, or [Tensor#none()] where not wanted
  /// @param hessian `[D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public void at(Tensor x, Tensor u, Tensor y, Tensor gradient, Tensor hessian) {
    at(x, u, own, y, gradient, hessian);
  }

  /// The same, computed in `ws`: with its executor, counted there, and in training drawn as its seed says.
  ///
  /// @param x of the shape prepared for
  /// @param u the outputs' weights, of y's shape
  /// @param ws reset, and held for the call
  /// @param y of the output's shape
  /// @param gradient of x's shape, or [Tensor#none()] where not wanted
  /// @param hessian `[D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public void at(Tensor x, Tensor u, Workspace ws, Tensor y, Tensor gradient, Tensor hessian) {
    Objects.requireNonNull(ws, "ws");
    requireFit(x, y);
    enter();
    try {
      Hessians.valueGradientAndHessian(f, theta.get(), x, u, chunk, ws, y, gradient, hessian);
    } finally {
      busy.setRelease(false);
    }
  }

  /// Overwrites `y` with f(x, θ), `jacobian` with J_x and `hessians` with ∂²y_c/∂x² for each output c.
  ///
  /// @param x of the shape prepared for
  /// @param y of the output's shape
  /// @param jacobian `[M, D]`
  /// @param hessians `[M, D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public void ofOutputs(Tensor x, Tensor y, Tensor jacobian, Tensor hessians) {
    ofOutputs(x, own, y, jacobian, hessians);
  }

  /// The same, computed in `ws`: with its executor, counted there, and in training drawn as its seed says.
  ///
  /// @param x of the shape prepared for
  /// @param ws reset, and held for the call
  /// @param y of the output's shape
  /// @param jacobian `[M, D]`
  /// @param hessians `[M, D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or memory overlaps
  /// @throws IllegalStateException if another thread is in here, or `ws` is held
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public void ofOutputs(Tensor x, Workspace ws, Tensor y, Tensor jacobian, Tensor hessians) {
    Objects.requireNonNull(ws, "ws");
    requireFit(x, y);
    int m = output.size();
    int d = input.size();
    Door.requireMatrix(f, x, m, d, jacobian, "jacobian");
    Door.requireMatrices(f, x, m, d, d, hessians, "hessians");
    enter();
    try {
      Parameters now = theta.get();
      Door.requireApart(f, now, x, y, jacobian, "jacobian");
      Door.requireApart(f, now, x, y, hessians, "hessians");
      Door.requireApart(f, hessians, "hessians", jacobian, "jacobian");
      ws.begin();
      try {
        outputByOutput(f.linearize(x, now, ws), x, ws, y, jacobian, hessians);
      } finally {
        ws.end();
      }
    } finally {
      busy.setRelease(false);
    }
  }

  /// Output by output: its row of the Jacobian, and that row's derivative.
  private void outputByOutput(Linearization at, Tensor x, Workspace ws, Tensor y, Tensor jacobian, Tensor hessians) {
    int d = input.size();
    Tensor one = ws.tensor(precision, 1, output);
    Tensor row = ws.tensor(precision, 1, input);
    one.fill(0);
    for (int c = 0; c < output.size(); c++) {
      one.set(c, 1);
      Hessians.pushIdentity(at, x, one, chunk, ws, hessians, c * d * d);
      at.vjp(one, row, Parameters.none());
      jacobian.copyFrom(row, c * d);
      one.set(c, 0);
    }
    y.copyFrom(at.output());
  }

  private void requireFit(Tensor x, Tensor y) {
    x.require(precision, input, f, "x");
    y.require(precision, output, f, "y");
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(f
          + ": this prepared Hessian is at work in another thread, expected a fork for each");
    }
  }

  /// Network, shape and chunk.
  @Override
  public String toString() {
    return "PreparedHessian[" + f + ", " + input + ", " + chunk + " directions at once]";
  }
}
