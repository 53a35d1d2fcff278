package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Seeds;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Second derivatives of the scalar g(x, θ) = ⟨u, f(x, θ)⟩, forward over reverse: the tangent of a pull.
///
/// | operator                | gives                                  | multiply-adds at most, E weights    |
/// |-------------------------|----------------------------------------|-------------------------------------|
/// | [#hvp]                  | H·v, H = ∂²g/∂x²                       | 6·E                                 |
/// | [#hessian]              | H, D × D                               | E + 3·D·E, and 2·E for each chunk   |
/// | [#parameterHvp]         | ∂²g/∂θ²·θ̇                              | 11·E                                |
/// | [#valueGradientAndHvp]  | any block of ∂²g/∂(x, θ)² times (ẋ, θ̇) | 11·E, and 2·E for x̄ and θ̄           |
/// | [#gaussNewton]          | JᵀJ·v, J = J_x                         | 3·E                                 |
/// | [#parameterGaussNewton] | J_θᵀ·H_𝓛·J_θ·θ̇, H_𝓛 of a loss by y       | 5·E                                 |
///
/// u weighs the outputs, and has y's shape: a one-hot u gives the Hessian of one output, all ones that of their sum. H
/// is symmetric. It belongs to the flattened input, D = x.size(), so several samples have a block each.
///
/// An operator without a workspace makes one and returns new tensors. In a loop use the form that takes a [Workspace]
/// and the places for the results: it resets the workspace, holds it for the call, and once the kernels are compiled
/// allocates nothing from its second call on. All check their arguments before they write; θ must have f's own
/// parameters; a result place that overlaps an argument or another place is refused. Layers without a second derivative
/// ([Linearization#vjpDot]) throw [UnsupportedOperationException]; the Gauss-Newton products need none.
///
/// Where a batch's samples do not affect each other, only B blocks are not zero: [SampleHessians] computes only these.
/// [PreparedHessian] is for loops and for services.
public final class Hessians {

  private Hessians() {}

  /// {@return H·v for H = ∂²⟨u, f(x, θ)⟩/∂x², in x's shape}
  ///
  /// @param u the outputs' weights, of y's shape
  /// @param v the direction, of x's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Tensor hvp(Layer f, Parameters theta, Tensor x, Tensor u, Tensor v) {
    Door.requireFit(f, theta, x);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor hvp = Tensor.zeros(x.precision(), x.shape());
    valueGradientAndHvp(f, theta, x, u, v, Parameters.none(), new Workspace(),
        y, Tensor.none(), Parameters.none(), hvp, Parameters.none());
    return hvp;
  }

  /// {@return H·θ̇ for H = ∂²⟨u, f(x, θ)⟩/∂θ², summed over the samples of x}
  ///
  /// @param u the outputs' weights, of y's shape
  /// @param thetaDot the direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Parameters parameterHvp(Layer f, Parameters theta, Tensor x, Tensor u, Parameters thetaDot) {
    Door.requireFit(f, theta, x);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Parameters hvp = Parameters.zeros(theta.spec(), x.precision());
    valueGradientAndHvp(f, theta, x, u, Tensor.none(), thetaDot, new Workspace(),
        y, Tensor.none(), Parameters.none(), Tensor.none(), hvp);
    return hvp;
  }

  /// Computes y, the gradient x̄, θ̄ of ⟨u, f(x, θ)⟩, and the gradient's derivative in the direction (ẋ, θ̇) into the
  /// caller's tensors. The derivative is the direction times the Hessian by x and θ together, off-diagonal blocks
  /// included.
  ///
  /// @param u the outputs' weights, of y's shape
  /// @param xDot the direction, of x's shape, or [Tensor#none()] for zero
  /// @param thetaDot the direction of the parameters, or [Parameters#none()] for zero
  /// @param y overwritten with f(x, θ)
  /// @param xBar overwritten with J_xᵀ·u, or [Tensor#none()] where not wanted
  /// @param thetaBar J_θᵀ·u is added to it, or [Parameters#none()] where not wanted
  /// @param xBarDot overwritten with x̄'s derivative, or [Tensor#none()] where not wanted
  /// @param thetaBarDot θ̄'s derivative is added to it, or [Parameters#none()] where not wanted
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void valueGradientAndHvp(
      Layer f, Parameters theta, Tensor x, Tensor u, Tensor xDot, Parameters thetaDot, Workspace ws,
      Tensor y, Tensor xBar, Parameters thetaBar, Tensor xBarDot, Parameters thetaBarDot) {
    Door.requireFit(f, theta, x);
    Door.requireOptional(x, xDot, f, "xDot");
    thetaDot.requireOptional(theta, 1, f, "thetaDot");
    Door.requireOptional(x, xBar, f, "xBar");
    thetaBar.requireOptional(theta, 1, f, "thetaBar");
    Door.requireOptional(x, xBarDot, f, "xBarDot");
    thetaBarDot.requireOptional(theta, 1, f, "thetaBarDot");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(u, "u").argument(xDot, "xDot").argument(theta, "theta")
          .argument(thetaDot, "thetaDot").place(y, "y").place(xBar, "xBar").place(thetaBar, "thetaBar")
          .place(xBarDot, "xBarDot").place(thetaBarDot, "thetaBarDot");
      Linearization at = Jacobians.linearize(f, theta, x, u, "u", y, ws);
      Tensor yBar = Jacobians.panel(ws, u);
      Tensor yBarDot = zeros(ws, x, 1, u.shape());
      at.vjpDot(Jacobians.panel(ws, xDot), thetaDot, yBar, yBarDot, Jacobians.panel(ws, xBarDot), thetaBarDot);
      at.vjp(yBar, Jacobians.panel(ws, xBar), thetaBar);
      y.copyFrom(at.output());
    } finally {
      ws.end();
    }
  }

  /// {@return H = ∂²⟨u, f(x, θ)⟩/∂x², D × D, in chunks of [Jacobians#DEFAULT_CHUNK] directions}
  ///
  /// @param u the outputs' weights, of y's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or D·D elements are more than an array holds
  public static Tensor hessian(Layer f, Parameters theta, Tensor x, Tensor u) {
    return hessian(f, theta, x, u, Jacobians.DEFAULT_CHUNK);
  }

  /// {@return H = ∂²⟨u, f(x, θ)⟩/∂x², D × D, in chunks of `chunk` directions}
  ///
  /// @param u the outputs' weights, of y's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit, D·D elements are more than an array holds, or
  ///     `chunk` is below 1
  public static Tensor hessian(Layer f, Parameters theta, Tensor x, Tensor u, int chunk) {
    Door.requireFit(f, theta, x);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Door.requireChunk(f, chunk);
    u.require(x.precision(), y.shape(), f, "u");
    Tensor hessian = Tensor.zeros(x.precision(), x.size(), x.size());
    valueGradientAndHessian(f, theta, x, u, chunk, new Workspace(), y, Tensor.none(), hessian);
    return hessian;
  }

  /// Computes y, the gradient of ⟨u, f(x, θ)⟩ by x, and its Hessian into the caller's tensors.
  ///
  /// @param u the outputs' weights, of y's shape
  /// @param chunk how many directions are pushed at once, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param xBar overwritten with J_xᵀ·u, or [Tensor#none()] where not wanted
  /// @param hessian overwritten with H, `[D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `chunk` is below 1
  public static void valueGradientAndHessian(
      Layer f, Parameters theta, Tensor x, Tensor u, int chunk, Workspace ws, Tensor y, Tensor xBar, Tensor hessian) {
    Door.requireFit(f, theta, x);
    Door.requireChunk(f, chunk);
    Door.requireOptional(x, xBar, f, "xBar");
    Door.requireMatrix(f, x, x.size(), x.size(), hessian, "hessian");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(u, "u").argument(theta, "theta")
          .place(y, "y").place(xBar, "xBar").place(hessian, "hessian");
      Linearization at = Jacobians.linearize(f, theta, x, u, "u", y, ws);
      Tensor yBar = Jacobians.panel(ws, u);
      pushIdentity(at, x, yBar, 1, chunk, ws, hessian, 0);
      at.vjp(yBar, Jacobians.panel(ws, xBar), Parameters.none());
      y.copyFrom(at.output());
    } finally {
      ws.end();
    }
  }

  /// Makes D pushes through the pull of `yBar`: row (direction, b) of a panel is a column of H_b, and also its row.
  ///
  /// @param batch B, in each of which the same direction is seeded; 1 for the Hessian of the whole
  /// @param position where the first Hessian begins in `hessians`
  static void pushIdentity(
      Linearization at, Tensor x, Tensor yBar, int batch, int chunk, Workspace ws, Tensor hessians, int position) {
    int d = x.size() / batch;
    int before = -1;
    for (int first = 0; d - first > 0; ) {
      int width = Math.min(chunk, d - first);
      int mark = ws.mark();
      Tensor xDot = ws.tensor(x.precision(), width, x.shape());
      Tensor xBarDot = ws.tensor(x.precision(), width, x.shape());
      Tensor yBarDot = zeros(ws, x, width, at.output().shape());
      Seeds.seed(xDot, before, first, batch);
      at.vjpDot(xDot, Parameters.none(), yBar, yBarDot, xBarDot, Parameters.none());
      SampleJacobians.putRows(xBarDot, width, batch, 0, d, hessians, position + first * d, d);
      ws.release(mark);
      before = first;
      first += width;
    }
  }

  /// {@return JᵀJ·v for J = J_x, in x's shape: one push and one pull}
  ///
  /// @param v the direction, of x's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Tensor gaussNewton(Layer f, Parameters theta, Tensor x, Tensor v) {
    Door.requireFit(f, theta, x);
    Tensor product = Tensor.zeros(x.precision(), x.shape());
    gaussNewton(f, theta, x, UnaryOperator.identity(), v, Parameters.none(), new Workspace(), product,
        Parameters.none());
    return product;
  }

  /// {@return J_θᵀ·J_θ·θ̇, summed over the samples of x: the product for half the squared error}
  ///
  /// @param thetaDot the direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Parameters parameterGaussNewton(Layer f, Parameters theta, Tensor x, Parameters thetaDot) {
    return parameterGaussNewton(f, theta, x, UnaryOperator.identity(), thetaDot);
  }

  /// {@return J_θᵀ·H_𝓛·J_θ·θ̇, summed over the samples of x: one push, the loss's own Hessian, one pull}
  ///
  /// @param lossHessian ẏ ↦ H_𝓛·ẏ, both of y's shape, at y = f(x, θ); it may overwrite its argument and return it
  /// @param thetaDot the direction
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Parameters parameterGaussNewton(
      Layer f, Parameters theta, Tensor x, UnaryOperator<Tensor> lossHessian, Parameters thetaDot) {
    Door.requireFit(f, theta, x);
    Parameters product = Parameters.zeros(theta.spec(), x.precision());
    gaussNewton(f, theta, x, lossHessian, Tensor.none(), thetaDot, new Workspace(), Tensor.none(), product);
    return product;
  }

  /// Computes Jᵀ·H_𝓛·J·(ẋ, θ̇), for J by x and θ together, into the caller's tensors.
  ///
  /// @param lossHessian ẏ ↦ H_𝓛·ẏ, both of y's shape, at y = f(x, θ); it may overwrite its argument and return it
  /// @param xDot the direction, of x's shape, or [Tensor#none()] for zero
  /// @param thetaDot the direction of the parameters, or [Parameters#none()] for zero
  /// @param xProduct overwritten, of x's shape, or [Tensor#none()] where not wanted
  /// @param thetaProduct added to, or [Parameters#none()] where not wanted
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void gaussNewton(
      Layer f, Parameters theta, Tensor x, UnaryOperator<Tensor> lossHessian, Tensor xDot, Parameters thetaDot,
      Workspace ws, Tensor xProduct, Parameters thetaProduct) {
    Door.requireFit(f, theta, x);
    Objects.requireNonNull(lossHessian, "lossHessian");
    Door.requireOptional(x, xDot, f, "xDot");
    thetaDot.requireOptional(theta, 1, f, "thetaDot");
    Door.requireOptional(x, xProduct, f, "xProduct");
    thetaProduct.requireOptional(theta, 1, f, "thetaProduct");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(xDot, "xDot").argument(theta, "theta")
          .argument(thetaDot, "thetaDot").place(xProduct, "xProduct").place(thetaProduct, "thetaProduct");
      Linearization at = f.linearize(x, theta, ws);
      Shape output = at.output().shape();
      Tensor yDot = ws.tensor(x.precision(), output);
      at.jvp(Jacobians.panel(ws, xDot), thetaDot, ws.view(yDot, 0, 1, output));
      Tensor yBar = lossHessian.apply(yDot);
      yBar.require(x.precision(), output, f, "lossHessian's result");
      at.vjp(ws.view(yBar, 0, 1, output), Jacobians.panel(ws, xProduct), thetaProduct);
    } finally {
      ws.end();
    }
  }

  static Tensor zeros(Workspace ws, Tensor x, int chunk, Shape shape) {
    Tensor zeros = ws.tensor(x.precision(), chunk, shape);
    zeros.fill(0);
    return zeros;
  }
}
