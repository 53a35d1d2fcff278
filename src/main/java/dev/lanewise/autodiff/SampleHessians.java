package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The Hessian of every sample of a batch by its own input: H_b = ∂²⟨u_b, f(x_b, θ)⟩/∂x_b², D × D each, `[B, D, D]`
/// together.
///
/// The same direction is seeded in every sample at once, in panels `[chunk, B, …]`: D pushes of the whole batch through
/// its pull, where [Hessians#hessian] takes B·D. The zero blocks between samples are never computed. A layer that
/// declares that it mixes samples is refused. The cost is at most B·(E + 3·D·E) multiply-adds for E weights, and 2·B·E
/// for each chunk.
///
/// A call resets the given workspace, holds it, and once the kernels are compiled allocates nothing from the second
/// call on. All arguments are checked before anything is written. θ must have f's own parameters. A result place that
/// overlaps an argument or another place is refused. In training one draw serves the whole batch, as in
/// [Layer#linearize].
public final class SampleHessians {

  /// The default chunk, counted over all samples.
  private static final int MOST_ROWS = 1024;

  private SampleHessians() {}

  /// Computes H_b for each sample b; D is the number of elements of one input sample.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @param x `[B, …]`
  /// @param u the outputs' weights, of y's shape: row b holds those of sample b
  /// @return `[B, D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, f mixes samples, or B·D·D is more than an
  ///     array holds
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public static Tensor perSampleHessians(Layer f, Parameters theta, Tensor x, Tensor u) {
    Door.requireFit(f, theta, x);
    int batch = Door.requireSamples(f, x);
    return perSampleHessians(f, theta, x, u, Math.clamp(MOST_ROWS / batch, 1, Jacobians.DEFAULT_CHUNK));
  }

  /// Computes H_b for each sample b; D is the number of elements of one input sample.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @param x `[B, …]`
  /// @param u the outputs' weights, of y's shape: row b holds those of sample b
  /// @param chunk how many directions are pushed at once in each of the B samples, at least 1
  /// @return `[B, D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, `chunk` is below 1, f mixes samples, or B·D·D
  ///     is more than an array holds
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public static Tensor perSampleHessians(Layer f, Parameters theta, Tensor x, Tensor u, int chunk) {
    Door.requireFit(f, theta, x);
    Door.requireChunk(f, chunk);
    int batch = Door.requireSamples(f, x);
    int d = x.size() / batch;
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    u.require(x.precision(), y.shape(), f, "u");
    Door.requireBatchSize(f, batch, d, d);
    Tensor hessians = Tensor.zeros(x.precision(), batch, d, d);
    valueGradientsAndHessians(f, theta, x, u, chunk, new Workspace(), y, Tensor.none(), hessians);
    return hessians;
  }

  /// Computes y, the gradient of ⟨u_b, f(x_b, θ)⟩ by x_b and its Hessian for each sample b into the caller's tensors.
  ///
  /// @param f the network
  /// @param theta its parameters
  /// @param x `[B, …]`
  /// @param u the outputs' weights, of y's shape: row b holds those of sample b
  /// @param chunk how many directions are pushed at once in each of the B samples, at least 1
  /// @param ws reset, and held for the call
  /// @param y overwritten with f(x, θ)
  /// @param xBar overwritten with the gradients, of x's shape, or [Tensor#none()] where not wanted
  /// @param hessians overwritten, `[B, D, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, memory overlaps, `chunk` is below 1, or f
  ///     mixes samples
  /// @throws UnsupportedOperationException if a layer has no second derivative
  public static void valueGradientsAndHessians(
      Layer f, Parameters theta, Tensor x, Tensor u, int chunk, Workspace ws, Tensor y, Tensor xBar, Tensor hessians) {
    Door.requireFit(f, theta, x);
    Door.requireChunk(f, chunk);
    int batch = Door.requireSamples(f, x, ws);
    int d = x.size() / batch;
    Door.requireOptional(x, xBar, f, "xBar");
    Door.requireMatrices(f, x, batch, d, d, hessians, "hessians");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(u, "u").argument(theta, "theta")
          .place(y, "y").place(xBar, "xBar").place(hessians, "hessians");
      Linearization at = Jacobians.linearize(f, theta, x, u, "u", y, ws);
      Shape output = at.output().shape();
      Door.requireBatch(f, output, batch);
      Door.requirePanelSize(f, Math.min(chunk, Math.max(1, d)), batch, output.size() / batch, d);
      Tensor yBar = Jacobians.panel(ws, u);
      Hessians.pushIdentity(at, x, yBar, batch, chunk, ws, hessians, 0);
      at.vjp(yBar, Jacobians.panel(ws, xBar), Parameters.none());
      y.copyFrom(at.output());
    } finally {
      ws.end();
    }
  }
}
