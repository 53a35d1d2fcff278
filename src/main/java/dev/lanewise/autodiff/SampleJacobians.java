package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.MatrixOps;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.chain.Seeds;
import java.util.Objects;

/// The Jacobian of every sample of a batch by its own input: J_b = ∂y_b/∂x_b, M × D each, `[B, M, D]` together.
///
/// The same direction is seeded in every sample at once, in panels `[chunk, B, …]`: one push or pull is one pass of the whole
/// batch, and the blocks ∂y_b/∂x_c of different samples, all zero, are never computed. That is sound for a layer that
/// does not mix samples; one that says that it does is refused. B·(E + D·E) multiply-adds forward, B·(E + M·E) reverse,
/// for a network of E weights. Slides, equations [13] and [14], sample by sample.
///
/// [PreparedSampleJacobians] chooses between these two and the sample by sample orders of [PreparedJacobian].
///
/// A call resets the workspace that it is given, holds it, and once the kernels' code is compiled allocates nothing
/// from the second time on; all arguments are checked before anything is written; θ must have f's own parameters; a
/// place for a result that overlaps an argument is refused. In training one draw serves all samples of the batch, as in
/// [Layer#linearize]. Where a unit overflows in a sample, both modes give the same, as [Jacobians] says.
///
/// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
/// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
public final class SampleJacobians {

  private SampleJacobians() {}

  /// {@return J_b for every sample b, `[B, M, D]`, D and M being the elements of one input and of one output sample}
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @throws IllegalArgumentException if shapes or precisions do not fit, `chunk` is below 1, f mixes samples, the mode is
  ///     another, or B·M·D is more than an array holds
  public static Tensor perSampleJacobians(Layer f, Parameters theta, Tensor x, Mode mode, int chunk) {
    Door.requireFit(f, theta, x);
    int batch = Door.requireSamples(f, x);
    Shape output = f.outputShape(x.shape());
    Door.requireBatch(f, output, batch);
    int m = output.size() / batch;
    int d = x.size() / batch;
    Door.requireBatchSize(f, batch, m, d);
    Tensor jacobians = Tensor.zeros(x.precision(), batch, m, d);
    valueAndPerSampleJacobians(f, theta, x, mode, chunk, new Workspace(), Tensor.zeros(x.precision(), output), jacobians);
    return jacobians;
  }

  /// y and J_b for every sample b, into the caller's tensors.
  ///
  /// @param x `[B, …]`
  /// @param mode [Mode#FORWARD] or [Mode#REVERSE]
  /// @param chunk how many directions are pushed or pulled at once in each of the B samples, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param jacobians overwritten, `[B, M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, memory overlaps, `chunk` is below 1, f mixes samples,
  ///     or the mode is another
  public static void valueAndPerSampleJacobians(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Workspace ws, Tensor y, Tensor jacobians) {
    Door.requireFit(f, theta, x);
    requireMode(f, mode);
    Door.requireChunk(f, chunk);
    int batch = Door.requireSamples(f, x, ws);
    ws.begin();
    try {
      compute(f, theta, x, mode, chunk, batch, ws, y, jacobians);
    } finally {
      ws.end();
    }
  }

  private static void compute(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, int batch, Workspace ws, Tensor y, Tensor jacobians) {
    Linearization at = f.linearize(x, theta, ws);
    Shape output = at.output().shape();
    Door.requireBatch(f, output, batch);
    int m = output.size() / batch;
    int d = x.size() / batch;
    y.require(x.precision(), output, f, "y");
    Door.requireMatrices(f, x, batch, m, d, jacobians, "jacobians");
    Door.requireApart(f, theta, x, y, jacobians, "jacobians");
    Door.requirePanelSize(f, Math.min(chunk, mode == Mode.FORWARD ? d : m), batch, m, d);
    seed(at, x, mode, chunk, batch, ws, jacobians);
    y.copyFrom(at.output());
  }

  /// The Jacobians by pushes or pulls of the same direction in each of `batch` parts of x.
  ///
  /// @param jacobians `[B, M, D]`, or `[M, D]` for one
  static void seed(Linearization at, Tensor x, Mode mode, int chunk, int batch, Workspace ws, Tensor jacobians) {
    Shape output = at.output().shape();
    int directions = (mode == Mode.FORWARD ? x.size() : output.size()) / batch;
    int before = -1;
    for (int first = 0; directions - first > 0; ) {
      int width = Math.min(chunk, directions - first);
      int mark = ws.mark();
      Tensor inputs = ws.tensor(x.precision(), width, x.shape());
      Tensor outputs = ws.tensor(x.precision(), width, output);
      if (mode == Mode.FORWARD) {
        push(at, inputs, outputs, before, first, batch, jacobians);
      } else {
        pull(at, inputs, outputs, before, first, batch, jacobians);
      }
      ws.release(mark);
      before = first;
      first += width;
    }
    Overflows.settle(at, x, batch, chunk, ws, jacobians);
  }

  /// One panel of tangents: row (b, i) of `[B·M, D]` is output i of sample b, so that ẏ, read as rows of B·M, becomes columns.
  static void push(
      Linearization at, Tensor xDot, Tensor yDot, int before, int first, int batch, Tensor jacobians) {
    Seeds.seed(xDot, before, first, batch);
    at.jvp(xDot, Parameters.none(), yDot);
    MatrixOps.transposeInto(yDot, xDot.shape().dim(0), jacobians, first);
  }

  /// One panel of cotangents: x̄ of direction r in sample b is row `first` + r of J_b.
  private static void pull(
      Linearization at, Tensor xBar, Tensor yBar, int before, int first, int batch, Tensor jacobians) {
    Seeds.seed(yBar, before, first, batch);
    at.vjp(yBar, xBar, Parameters.none());
    if (batch == 1) {
      jacobians.copyFrom(xBar, first * jacobians.shape().last());
      return;
    }
    int m = jacobians.shape().dim(1);
    int d = jacobians.shape().last();
    int chunk = xBar.shape().dim(0);
    for (int direction = 0; direction < chunk; direction++) {
      for (int b = 0; b < batch; b++) {
        copy(xBar, (direction * batch + b) * d, jacobians, (b * m + first + direction) * d, d);
      }
    }
  }

  /// Overwrites `length` elements of `to` with those of `from`, of the same precision.
  static void copy(Tensor from, int position, Tensor to, int toPosition, int length) {
    if (from.precision() == Precision.FLOAT) {
      System.arraycopy(from.floats(), from.offset() + position, to.floats(), to.offset() + toPosition, length);
    } else {
      System.arraycopy(from.doubles(), from.offset() + position, to.doubles(), to.offset() + toPosition, length);
    }
  }

  private static void requireMode(Layer f, Mode mode) {
    switch (Objects.requireNonNull(mode, "mode")) {
      case FORWARD, REVERSE -> { }
      default -> throw new IllegalArgumentException(f + ": mode is " + mode + ", expected FORWARD or REVERSE; others are for prepared Jacobians");
    }
  }
}
