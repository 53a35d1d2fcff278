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
/// Both go forward over reverse as in [Hessians], a chunk of directions at a time. H belongs to the whole flattened
/// input, D = x.size(); for a batch, [SampleHessians] computes only the samples' blocks. Once the vector kernels are
/// compiled, calls allocate nothing from the second one on. Values of θ may change between calls, in the same
/// [Parameters]. Prepare on [PublishedParameters] where other threads compute while θ changes. One thread at a time:
/// others take a [#fork]. The forms with a workspace use its executor and training draws.
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

  /// Prepares in θ's precision, for [Jacobians#DEFAULT_CHUNK] directions at once.
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

  /// Prepares for the θ published last before each call, and [Jacobians#DEFAULT_CHUNK] directions at once.
  ///
  /// @param theta the network with its parameters
  /// @param input the shape of x
  /// @return for one thread at a time
  /// @throws IllegalArgumentException as for θ alone
  public static PreparedHessian of(PublishedParameters theta, Shape input) {
    return of(theta, theta.precision(), input, Jacobians.DEFAULT_CHUNK);
  }

  /// Prepares in this precision, for the θ published last before each call, and `chunk` directions at once.
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

  /// A fork for another thread, which shares network and θ, and has its own memory. May be called while this one is at
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

  /// Does the same in `ws`: with its executor, its count of multiply-adds, and in training its seed's draws.
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
    Door.enter(busy, f, "this prepared Hessian is", "a fork");
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

  /// Does the same in `ws`: with its executor, its count of multiply-adds, and in training its seed's draws.
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
    Door.enter(busy, f, "this prepared Hessian is", "a fork");
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

  /// Computes for one output after the other its row of the Jacobian, and that row's derivative.
  private void outputByOutput(Linearization at, Tensor x, Workspace ws, Tensor y, Tensor jacobian, Tensor hessians) {
    int d = input.size();
    Tensor one = ws.tensor(precision, 1, output);
    Tensor row = ws.tensor(precision, 1, input);
    one.fill(0);
    for (int c = 0; c < output.size(); c++) {
      one.set(c, 1);
      Hessians.pushIdentity(at, x, one, 1, chunk, ws, hessians, c * d * d);
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

  /// Network, shape and chunk.
  @Override
  public String toString() {
    return "PreparedHessian[" + f + ", " + input + ", " + chunk + " directions at once]";
  }
}
